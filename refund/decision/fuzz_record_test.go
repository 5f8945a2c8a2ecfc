package decision_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// decidedAgain makes the decision that another one says it is, by the method of its
// kind.
func decidedAgain(p refund.Policy, c refund.Case, d decision.Decision) (decision.Decision, error) {
	switch g, _ := d.Goodwill(); d.Kind() {
	case decision.KindApproved:
		return decision.Approve(p, c, d.OutcomeDigest(), decision.Approval{By: d.Officer(), At: d.At(), Amount: d.Amount(), Reason: d.Reason()})
	case decision.KindGoodwill:
		return decision.Grant(p, c, d.OutcomeDigest(), g)
	default:
		return decision.Decline(p, c, d.OutcomeDigest(), decision.Denial{By: d.Officer(), At: d.At(), Reason: d.Reason()})
	}
}

// Whatever bytes stand in a record, signed with the host's key or not: Replay gives
// back nothing that could not be decided as well, and that has this very record.
func FuzzReplay(f *testing.F) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	key := hostKey(f, 1)
	for _, d := range oneOfEach(f) {
		record := recorded(f, d, key)
		f.Add(record)                       // as it was made
		f.Add([]byte(textOfRecord(record))) // its text, which gets its last line below
		f.Add(bytes.TrimSpace(record))      // without the last line break
		f.Add(recorded(f, d, hostKey(f, 2)))
	}
	for _, h := range hostileTexts(f) {
		f.Add([]byte(h.text)) // see its reason there
	}
	f.Add([]byte("refundpolicy decision 1\nkind 8 approved\namount 999999999999 1\n")) // a length far beyond the text
	f.Add([]byte("refundpolicy decision 1\n\xff 1 \x00\n"))                            // no text at all
	f.Add([]byte("hmac-sha256 \n"))                                                    // a last line alone, without its digits

	f.Fuzz(func(t *testing.T, data []byte) {
		for _, record := range [][]byte{data, signed(1, string(data))} {
			before := bytes.Clone(record)
			d, err := decision.Replay(p, c, record, hostKey(t, 3), key)
			if !bytes.Equal(record, before) {
				t.Fatal("the record is written to")
			}
			if err != nil {
				var invalid *refund.InvalidError
				var refused *decision.GatesError
				if !d.IsZero() {
					t.Fatalf("%v beside %v", d, err)
				}
				if err != decision.ErrForged && !errors.Is(err, decision.ErrStale) && !errors.As(err, &invalid) && !errors.As(err, &refused) {
					t.Fatalf("an error of no kind: %v", err)
				}
				continue
			}
			if again, err := decidedAgain(p, c, d); err != nil || !again.Equal(d) {
				t.Fatalf("%v cannot be decided: %v", d, err)
			}
			if got, err := d.Record(key); err != nil || !bytes.Equal(got, record) {
				t.Fatalf("%v has the record\n%q, %v, and not\n%q", d, got, err, record)
			}
		}
	})
}
