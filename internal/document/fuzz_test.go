package document_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The plain structs are documents as encoding/json reads them. A nil pointer is a missing
// field.
type (
	plainMoney struct {
		Amount   string `json:"amount"`
		Currency string `json:"currency"`
	}
	plainOpening struct {
		Opens  string `json:"opens"`
		Closes string `json:"closes"`
	}
	plainDocument struct {
		Subscription struct {
			ID      string `json:"id"`
			Account string `json:"account"`
			Service struct {
				Code        string      `json:"code"`
				Billing     string      `json:"billing"`
				PerInstance *plainMoney `json:"per_instance"`
			} `json:"service"`
			Start    string      `json:"start"`
			Price    *plainMoney `json:"price"`
			Paid     *plainMoney `json:"paid"`
			Refunded *plainMoney `json:"refunded"`
			Disputed *plainMoney `json:"disputed"`
		} `json:"subscription"`
		Issues []struct {
			ID           string `json:"id"`
			Subscription string `json:"subscription"`
			Opened       string `json:"opened"`
			Resolved     string `json:"resolved"`
		} `json:"issues"`
		Request struct {
			At         string `json:"at"`
			Channel    string `json:"channel"`
			By         string `json:"by"`
			RecordedBy string `json:"recorded_by"`
			Reason     string `json:"reason"`
			CalledBack string `json:"called_back"`
		} `json:"request"`
		Findings []struct {
			Clause   string `json:"clause"`
			Severity string `json:"severity"`
			Subject  string `json:"subject"`
			Detail   string `json:"detail"`
		} `json:"findings"`
		Policy struct {
			Location       *string                   `json:"location"`
			WindowDays     *int                      `json:"window_days"`
			Version        *string                   `json:"version"`
			Effective      string                    `json:"effective"`
			Desk           *string                   `json:"desk_location"`
			Hours          map[string][]plainOpening `json:"hours"`
			SpecialDays    map[string][]plainOpening `json:"special_days"`
			CallbackAfter  *string                   `json:"callback_after"`
			CallbackWithin *string                   `json:"callback_within"`
			Required       []string                  `json:"required"`
			Readings       struct {
				DayCount       *string `json:"day_count"`
				DeductFrom     *string `json:"deduct_from"`
				ResolvedUntil  *string `json:"resolved_until"`
				CallbackClock  *string `json:"callback_clock"`
				OneTime        *string `json:"one_time"`
				ReleasedAmount *string `json:"released_amount"`
				GoodwillAfter  *string `json:"goodwill_after"`
			} `json:"readings"`
		} `json:"policy"`
	}
)

// plainly reads a document with encoding/json only.
func plainly(text []byte) (d document.Document, err error) {
	var p plainDocument
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		return d, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return d, errors.New("text after the object")
	}

	note := func(e error) { err = errors.Join(err, e) }
	amount := func(m *plainMoney) refund.Money {
		if m == nil {
			return refund.Money{}
		}
		money, e := refund.ParseMoney(m.Amount, m.Currency)
		note(e)
		return money
	}
	instant := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		at, e := time.Parse(time.RFC3339, s)
		note(e)
		return at
	}
	clock := func(s string) time.Duration {
		hours, minutes, _ := strings.Cut(s, ":")
		d, e := time.ParseDuration(hours + "h" + minutes + "m")
		note(e)
		return d
	}
	type code interface{ UnmarshalText([]byte) error }
	set := func(c code, s string) { note(c.UnmarshalText([]byte(s))) }

	d.Case.Subscription = refund.Subscription{
		ID: p.Subscription.ID, Account: p.Subscription.Account,
		Service:  refund.ServiceType{Code: p.Subscription.Service.Code, PerInstance: amount(p.Subscription.Service.PerInstance)},
		Start:    instant(p.Subscription.Start),
		Price:    amount(p.Subscription.Price),
		Paid:     amount(p.Subscription.Paid),
		Refunded: amount(p.Subscription.Refunded),
		Disputed: amount(p.Subscription.Disputed),
	}
	set(&d.Case.Subscription.Service.Billing, p.Subscription.Service.Billing)
	if p.Issues != nil {
		d.Case.Issues = refund.IssueLog{}
	}
	for _, i := range p.Issues {
		d.Case.Issues = append(d.Case.Issues, refund.Issue{ID: i.ID, Subscription: i.Subscription, Opened: instant(i.Opened), Resolved: instant(i.Resolved)})
	}
	d.Case.Request = refund.Request{
		At: instant(p.Request.At), By: p.Request.By, RecordedBy: p.Request.RecordedBy,
		Reason: p.Request.Reason, CalledBack: instant(p.Request.CalledBack),
	}
	set(&d.Case.Request.Channel, p.Request.Channel)
	for _, f := range p.Findings {
		finding := refund.Finding{Subject: f.Subject, Detail: f.Detail}
		set(&finding.Clause, f.Clause)
		set(&finding.Severity, f.Severity)
		d.Case.Findings = append(d.Case.Findings, finding)
	}

	location := "America/New_York"
	if p.Policy.Location != nil {
		location = *p.Policy.Location
	}
	zone, e := time.LoadLocation(location)
	note(e)
	d.Policy = refund.Published(zone)
	if p.Policy.WindowDays != nil {
		d.Policy.WindowDays = *p.Policy.WindowDays
	}
	if p.Policy.Version != nil {
		d.Policy.Version = *p.Policy.Version
	}
	d.Policy.Effective = instant(p.Policy.Effective)
	if p.Policy.Desk != nil {
		d.Policy.DeskLocation, e = time.LoadLocation(*p.Policy.Desk)
		note(e)
	}
	openings := func(plain []plainOpening) []refund.Opening {
		list := []refund.Opening{}
		for _, o := range plain {
			list = append(list, refund.Opening{Opens: clock(o.Opens), Closes: clock(o.Closes)})
		}
		return list
	}
	if p.Policy.Hours != nil {
		d.Policy.Hours = refund.Hours{}
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if list, open := p.Policy.Hours[strings.ToLower(day.String())]; open {
			d.Policy.Hours[day] = openings(list)
		}
	}
	if p.Policy.SpecialDays != nil {
		d.Policy.SpecialDays = refund.SpecialDays{}
	}
	for s, list := range p.Policy.SpecialDays {
		day, e := refund.ParseDate(s)
		note(e)
		d.Policy.SpecialDays[day] = openings(list)
	}
	for _, duration := range []struct {
		given *string
		into  *time.Duration
	}{{p.Policy.CallbackAfter, &d.Policy.CallbackAfter}, {p.Policy.CallbackWithin, &d.Policy.CallbackWithin}} {
		if duration.given != nil {
			var e error
			*duration.into, e = time.ParseDuration(*duration.given)
			note(e)
		}
	}
	if p.Policy.Required != nil {
		d.Policy.Required = []refund.Clause{}
	}
	for _, s := range p.Policy.Required {
		var clause refund.Clause
		set(&clause, s)
		d.Policy.Required = append(d.Policy.Required, clause)
	}
	for _, reading := range []struct {
		given *string
		code  code
	}{
		{p.Policy.Readings.DayCount, &d.Policy.Readings.DayCount},
		{p.Policy.Readings.DeductFrom, &d.Policy.Readings.DeductFrom},
		{p.Policy.Readings.ResolvedUntil, &d.Policy.Readings.ResolvedUntil},
		{p.Policy.Readings.CallbackClock, &d.Policy.Readings.CallbackClock},
		{p.Policy.Readings.OneTime, &d.Policy.Readings.OneTime},
		{p.Policy.Readings.ReleasedAmount, &d.Policy.Readings.ReleasedAmount},
		{p.Policy.Readings.GoodwillAfter, &d.Policy.Readings.GoodwillAfter},
	} {
		if reading.given != nil {
			set(reading.code, *reading.given)
		}
	}
	return d, err
}

// conformanceCases returns the cases of the conformance vectors.
func conformanceCases(tb testing.TB) (cases [][]byte) {
	for _, name := range []string{"public.jsonl", "invalid.jsonl"} {
		text, err := os.ReadFile("testdata/conformance/" + name)
		if err != nil {
			tb.Fatal(err)
		}
		for line := range bytes.Lines(text) {
			var v struct{ Case json.RawMessage }
			if err := json.Unmarshal(line, &v); err != nil {
				tb.Fatal(err)
			}
			cases = append(cases, v.Case)
		}
	}
	return cases
}

// seeds adds the seed corpus.
func seeds(f *testing.F) {
	// Every field, and characters of every kind.
	f.Add([]byte(documentText))
	// A document in the form that this package writes.
	text, err := documentOf(f, documentText).Append(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	// No policy: every field has its default.
	f.Add([]byte(validText))
	// No optional fields.
	f.Add([]byte(`{"subscription":{"id":"S","service":{"code":"x","billing":"one_time"},"start":"2026-03-01T10:00:00Z","price":{"amount":"0","currency":"JPY"},"paid":{"amount":"0","currency":"JPY"}},"issues":[],"request":{"at":"2026-03-01T10:00:00Z","channel":"other"}}`))
	// An escaped name, which equals the plain one.
	f.Add([]byte(edit(f, documentText, `"account"`, `"\u0061ccount"`)))
	// A name in another case, which encoding/json would take.
	f.Add([]byte(edit(f, documentText, `"paid"`, `"PAID"`)))
	// A field given twice, of which encoding/json would take the last.
	f.Add([]byte(edit(f, documentText, `"account"`, `"account": "A", "account"`)))
	// Half of a surrogate pair, and invalid UTF-8, which encoding/json would replace.
	f.Add([]byte(edit(f, documentText, `\ude00`, ``)))
	f.Add([]byte(edit(f, documentText, `closed`, "\xff")))
	// Instants that time.Parse accepts but RFC 3339 does not allow.
	f.Add([]byte(edit(f, documentText, `2026-03-10T12:00:00-04:00`, `2026-03-10T12:00:00,5-04:00`)))
	// Amounts of many digits, one of them with all decimals zero.
	f.Add([]byte(edit(f, documentText, `199.99`, `9999999999999999999999999999999999.00`, `25.00`, `92233720368547758.08`)))
	// The end of the years that RFC 3339 can write.
	f.Add([]byte(strings.ReplaceAll(documentText, "2026-", "9999-")))
	// Places where days have unusual lengths or are missing.
	f.Add([]byte(strings.ReplaceAll(strings.ReplaceAll(documentText, "Europe/Berlin", "Pacific/Apia"), "2026-03", "2011-12")))
	f.Add([]byte(edit(f, documentText, "Europe/Berlin", "America/Havana")))
	// A shift over midnight, and openings that touch.
	f.Add([]byte(edit(f, documentText, `"closes": "13:00"`, `"closes": "14:00"`, `18:30`, `24:00`, `"hours": {`, `"hours": {"tuesday": [{"opens": "00:00", "closes": "06:00"}], `)))
	// A desk that follows the policy's location, and a date given twice in two spellings.
	f.Add([]byte(edit(f, documentText, `"desk_location": "America/Chicago",`, ``, `"2026-12-25": []`, `"2026-12-2\u0034": []`)))
	// Numbers that are not integers.
	f.Add([]byte(edit(f, documentText, `"window_days": 30`, `"window_days": 3e1`)))
	// Text after the object, and an object that does not end.
	f.Add([]byte(documentText + "{}"))
	f.Add([]byte(documentText[:len(documentText)-1]))
	// Levels.
	f.Add([]byte(`{"x":` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + `}`))
	// The conformance vectors.
	for _, text := range conformanceCases(f) {
		f.Add([]byte(text))
	}
}

// FuzzReader compares the strict reader with encoding/json: both read an accepted text the
// same way, and a text that is not JSON is rejected.
func FuzzReader(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := document.Decode(text)
		if err != nil {
			if len(testkit.Paths(err)) == 0 {
				t.Error("refused without a fault")
			}
			return
		}
		if !json.Valid(text) || !utf8.Valid(text) {
			t.Fatal("accepted, but not JSON")
		}
		want, err := plainly(text)
		if err != nil {
			t.Fatalf("accepted, but rejected by encoding/json: %v", err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("encoding/json -, wire +:\n%s", diff)
		}
	})
}

// FuzzDocument reads, writes and evaluates documents.
func FuzzDocument(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := document.Decode(text)
		if err != nil {
			return
		}
		written, err := d.Append(nil)
		if err != nil {
			if slices.Equal(testkit.Paths(err), whole) && len(text) > jsonlines.MaxBytes/6 {
				return // an escape may be longer than its source
			}
			t.Fatalf("read, but not written: %v", err)
		}
		back, err := document.Decode(written)
		if err != nil {
			t.Fatalf("written, but not read: %v\n%s", err, written)
		}
		if diff := cmp.Diff(d, back); diff != "" {
			t.Errorf("read -, read again +:\n%s", diff)
		}

		o, err := d.Evaluate()
		if err != nil {
			for _, path := range testkit.Paths(err) {
				if path != "subscription.start" && path != "request.at" {
					t.Errorf("a document that was read has a fault: %v", err)
				}
			}
			return
		}
		checkLaw(t, d.Case.Subscription, o)
		if again, err := back.Evaluate(); err != nil || !again.Equal(o) {
			t.Errorf("another outcome after writing: %v, %v", again, err)
		}
	})
}

// checkLaw fails if an outcome may release more than the lesser of price and paid, less the
// refunded and disputed amounts.
func checkLaw(t *testing.T, s refund.Subscription, o refund.Outcome) {
	t.Helper()
	if o.Refundable.Sign() < 0 {
		t.Errorf("%v refundable", o.Refundable)
	}
	taken, err := s.Refunded.Add(s.Disputed)
	if err != nil {
		t.Fatal(err)
	}
	for _, amount := range []refund.Money{o.Refundable, o.Remaining} {
		altogether, err := amount.Add(taken)
		if err != nil {
			t.Fatal(err)
		}
		for _, limit := range []refund.Money{s.Price, s.Paid} {
			if above, err := altogether.Cmp(limit); err != nil || above > 0 && amount.Sign() != 0 {
				t.Errorf("%v may be released after %v, of %v: %v", amount, taken, limit, err)
			}
		}
	}
}
