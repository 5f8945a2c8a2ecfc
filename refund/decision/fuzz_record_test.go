package decision_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// decidedAgain makes a decision again, with the function of its kind.
func decidedAgain(p refund.Policy, c refund.Case, d decision.Decision) (decision.Decision, error) {
	switch g, _ := d.Goodwill(); d.Kind() {
	case decision.KindApproved:
		return decision.Approve(p, c, d.OutcomeDigest(), decision.Approval{By: d.Officer(), At: d.At(), Amount: d.Amount(), Acknowledged: d.Acknowledged(), Reason: d.Reason()})
	case decision.KindGoodwill:
		return decision.Grant(p, c, d.OutcomeDigest(), g)
	default:
		return decision.Decline(p, c, d.OutcomeDigest(), decision.Denial{By: d.Officer(), At: d.At(), Grounds: d.Grounds(), Reason: d.Reason()})
	}
}

// For any bytes of a record, signed with the host's key or not, a decision that Replay
// returns can be made again and has exactly this record. Verify accepts every record that
// Replay accepts.
func FuzzRecord(f *testing.F) {
	p, c := anyPart(), objectedCase()
	key, other := hostKey(f, 1), publicKey(3)
	objection := anApproval("100.00")
	objection.Acknowledged = []refund.Clause{refund.ClauseLogReview}
	denial := aDenial()
	denial.Grounds = objection.Acknowledged
	for _, d := range append(oneOfEach(f), approved(f, p, c, objection), declined(f, p, c, denial)) {
		record := recorded(f, d, key)
		f.Add(record)                        // as it was made
		f.Add([]byte(textOfRecord(record)))  // its text, which gets its last line below
		f.Add(bytes.TrimSpace(record))       // without the last line break
		f.Add(recorded(f, d, hostKey(f, 2))) // under a key that is not accepted
	}
	for _, h := range hostileTexts(f) {
		f.Add([]byte(h.text)) // see its reason there
	}
	f.Add([]byte("refundpolicy decision 1\nkind 8 approved\namount 999999999999 1\n")) // a length far beyond the text
	f.Add([]byte("refundpolicy decision 1\n\xff 1 \x00\n"))                            // not UTF-8
	f.Add([]byte("ed25519 " + decision.KeyID(publicKey(1)) + " "))                     // a last line that ends after the key
	f.Add([]byte("ed25519 " + decision.KeyID(publicKey(1)) + " \n"))                   // a last line without its digits
	f.Add([]byte("ed25519 \n"))                                                        // a last line without its key

	f.Fuzz(func(t *testing.T, data []byte) {
		for _, record := range [][]byte{data, signed(1, string(data))} {
			before := bytes.Clone(record)
			facts, verifying := decision.Verify(record, other, publicKey(1))
			d, err := decision.Replay(p, c, record, other, publicKey(1))
			if !bytes.Equal(record, before) {
				t.Fatal("the record was modified")
			}
			if verifying != nil && (verifying != decision.ErrForged || facts.Kind != 0 || facts.KeyID != "" || err != decision.ErrForged) {
				t.Fatalf("verified %+v, %v; replayed %v", facts, verifying, err)
			}
			if err != nil {
				var invalid *refund.InvalidError
				var refused *decision.GatesError
				if !d.IsZero() {
					t.Fatalf("%v comes with the error %v", d, err)
				}
				if err != decision.ErrForged && !errors.Is(err, decision.ErrStale) && !errors.As(err, &invalid) && !errors.As(err, &refused) {
					t.Fatalf("an error of an unknown kind: %v", err)
				}
				continue
			}
			if facts.Kind != d.Kind() || !facts.Amount.Equal(d.Amount()) || facts.Outcome != d.OutcomeDigest() {
				t.Fatalf("%v has the facts %+v", d, facts)
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
