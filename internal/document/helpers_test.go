package document_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

const validText = testkit.CaseText

var documentText = testkit.DocumentText

// Pieces of documentText, for the rows of tables.
const (
	id         = `"id": "SUB-1"`
	account    = `"account": "ACC-7"`
	start      = `"start": "2026-03-01T10:00:00-05:00"`
	at         = `"at": "2026-03-10T12:00:00-04:00"`
	calledBack = `"called_back": "2026-03-10T18:00:00-04:00"`
)

func edit(t testing.TB, text string, pairs ...string) string {
	t.Helper()
	return testkit.Edit(t, text, pairs...)
}

// decodeDocument reads a text without spare capacity, so that reading beyond its end panics.
func decodeDocument(text string) error {
	_, err := document.Decode(slices.Clip([]byte(text)))
	return err
}

func documentOf(t testing.TB, text string) document.Document {
	t.Helper()
	d, err := document.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func validCase(t testing.TB) (c refund.Case) {
	t.Helper()
	if err := c.UnmarshalJSON([]byte(validText)); err != nil {
		t.Fatal(err)
	}
	return c
}

// ok holds the paths of a text without faults, and whole those of a text that is not JSON.
var ok, whole = []string(nil), []string{""}

// named fails a row of a table without a reason.
func named(t testing.TB, why string) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without its reason")
	}
}

// A row edits a text and lists the paths of the faults.
type row struct {
	why   string
	edits []string
	paths []string
}

func runRows(t *testing.T, text string, rows []row, decoders ...func(string) error) {
	t.Helper()
	for _, r := range rows {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			edited := edit(t, text, r.edits...)
			for _, decode := range decoders {
				testkit.WantPaths(t, decode(edited), r.paths...)
			}
		})
	}
}

func appendOutcome(o refund.Outcome) []byte {
	b, err := o.AppendJSON(nil)
	if err != nil {
		panic(err)
	}
	return b
}

const hour = time.Hour

func TestAppend(t *testing.T) {
	berlin := documentOf(t, documentText)
	whole := berlin
	whole.Policy = refund.Policy{
		Version: "acme", Effective: berlin.Case.Subscription.Start, WindowDays: 20, Location: berlin.Policy.Location,
		Hours:         refund.Hours{1: {{Opens: 0, Closes: hour}, {Opens: hour, Closes: 24 * hour}}, 2: {}},
		SpecialDays:   refund.SpecialDays{refund.MustDate("2026-12-25"): {}, refund.MustDate("2026-12-24"): {{Opens: 8 * hour, Closes: 13 * hour}}},
		CallbackAfter: 1, CallbackWithin: 2, Readings: berlin.Policy.Readings, Required: []refund.Clause{},
	}
	for _, d := range []document.Document{berlin, whole} {
		text, err := d.Append([]byte("before"))
		if err != nil || !strings.HasPrefix(string(text), "before{") {
			t.Fatalf("%v: %s", err, text)
		}
		back := documentOf(t, strings.TrimPrefix(string(text), "before"))
		if diff := cmp.Diff(d, back); diff != "" {
			t.Errorf("written -, read +:\n%s", diff)
		}
	}
}

func TestAppendRefuses(t *testing.T) {
	for _, r := range []struct {
		why    string
		change func(*document.Document)
		paths  []string
	}{
		{"a case that is not valid", func(d *document.Document) { d.Case.Subscription.ID = "" }, []string{"subscription.id"}},
		{"a policy that is not valid", func(d *document.Document) { d.Policy.WindowDays = 0 }, []string{"policy.window_days"}},
		{"a policy without a location", func(d *document.Document) { d.Policy.Location = nil }, []string{"policy.location"}},
		{"a case of more than 1 MiB", func(d *document.Document) { d.Case.Request.Reason = strings.Repeat("x", 1<<20) }, whole},
		{"a document of more than 1 MiB", func(d *document.Document) { d.Case.Request.Reason = strings.Repeat("x", 1<<20-1200) }, whole},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			d := documentOf(t, documentText)
			r.change(&d)
			got, err := d.Append([]byte("before"))
			testkit.WantPaths(t, err, r.paths...)
			if string(got) != "before" {
				t.Errorf("an error comes with %d bytes", len(got))
			}
		})
	}
}

// A document may have any field of a policy. The other fields, including the required
// clauses, are those of the published policy.
func TestPolicyOfADocument(t *testing.T) {
	with := func(policy string) string {
		return edit(t, validText, `"issues"`, `"policy": `+policy+`, "issues"`)
	}
	published := documentOf(t, validText).Policy
	if len(published.Required) != 3 {
		t.Fatalf("published requires %v", published.Required)
	}
	for _, r := range []struct {
		why, policy string
		change      func(*refund.Policy)
	}{
		{"a version", `{"version": "2"}`, func(p *refund.Policy) { p.Version = "2" }},
		{"hours replace those of all days", `{"hours": {"sunday": [{"opens": "10:00", "closes": "12:00"}, {"opens": "12:30", "closes": "24:00"}]}}`,
			func(p *refund.Policy) {
				p.Hours = refund.Hours{0: {{Opens: 10 * hour, Closes: 12 * hour}, {Opens: 12*hour + hour/2, Closes: 24 * hour}}}
			}},
		{"a holiday", `{"special_days": {"2026-12-25": []}}`, func(p *refund.Policy) { p.SpecialDays = refund.SpecialDays{refund.MustDate("2026-12-25"): {}} }},
		{"an early closing", `{"special_days": {"2026-12-24": [{"opens": "08:00", "closes": "13:00"}]}}`, func(p *refund.Policy) {
			p.SpecialDays = refund.SpecialDays{refund.MustDate("2026-12-24"): {{Opens: 8 * hour, Closes: 13 * hour}}}
		}},
		{"an empty object of special days", `{"special_days": {}}`, func(*refund.Policy) {}},
		{"a desk in another zone", `{"desk_location": "America/Chicago"}`, func(p *refund.Policy) { p.DeskLocation = testkit.Zone("America/Chicago") }},
		{"a desk location equal to the policy's", `{"desk_location": "America/New_York"}`, func(*refund.Policy) {}},
		{"the second alternative of each reading", `{"readings": {"one_time": "refunded_if_unresolved", "released_amount": "any_part", "goodwill_after": "in_addition"}}`, func(p *refund.Policy) {
			p.Readings.OneTime, p.Readings.ReleasedAmount, p.Readings.GoodwillAfter = refund.OneTimeRefundedIfUnresolved, refund.ReleasedAmountAnyPart, refund.GoodwillAfterInAddition
		}},
		{"a call back", `{"callback_after": "1h", "callback_within": "2h"}`, func(p *refund.Policy) { p.CallbackAfter, p.CallbackWithin = hour, 2*hour }},
		{"a list of required clauses", `{"required": ["callback"]}`, func(p *refund.Policy) { p.Required = []refund.Clause{refund.ClauseCallback} }},
		{"an empty list of required clauses", `{"required": []}`, func(p *refund.Policy) { p.Required = []refund.Clause{} }},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			want := published
			r.change(&want)
			if got := documentOf(t, with(r.policy)).Policy; !got.Equal(want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
	late := documentOf(t, with(`{"effective": "2099-01-01T00:00:00Z"}`))
	if _, err := late.Evaluate(); err != nil {
		t.Errorf("a policy that is not in effect yet: %v", err)
	}
	testkit.WantPaths(t, decodeDocument(with(`{"required": ["cap"], "holidays": [1], "special_days": {"x": 1}, "hours": {"x": 1}}`)),
		"policy.holidays", "policy.hours.x", "policy.required[0]", "policy.special_days.x")
}
