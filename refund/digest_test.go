package refund_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// fullPolicy has every field.
func fullPolicy() refund.Policy {
	p := refund.Published(testkit.NewYork)
	p.Version = "2026/α"
	p.Effective = time.Date(2026, 1, 1, 0, 0, 0, 5, time.UTC)
	p.WindowDays = 30
	p.DeskLocation = testkit.Zone("Asia/Kolkata")
	p.Hours[time.Saturday] = []refund.Opening{{Opens: 10 * time.Hour, Closes: 13 * time.Hour}, {Opens: 14 * time.Hour, Closes: 24 * time.Hour}}
	p.SpecialDays = refund.SpecialDays{
		refund.MustDate("2026-12-25"): nil,
		refund.MustDate("2026-12-24"): {{Opens: 8 * time.Hour, Closes: 13 * time.Hour}},
	}
	p.CallbackAfter, p.CallbackWithin = time.Nanosecond, 90*time.Minute
	p.Readings = refund.Readings{
		DayCount: refund.DayCountSameDay, DeductFrom: refund.DeductFromAmountPaid,
		ResolvedUntil: refund.ResolvedUntilWindowClose, CallbackClock: refund.CallbackClockElapsed,
		OneTime: refund.OneTimeRefundedIfUnresolved, ReleasedAmount: refund.ReleasedAmountAnyPart, GoodwillAfter: refund.GoodwillAfterInAddition,
	}
	p.Required = []refund.Clause{refund.ClauseCredentials, refund.ClauseCallback, refund.ClauseCooperation}
	return p
}

// fullCase has every field.
func fullCase() refund.Case {
	c := testkit.ReviewedCase()
	c.Subscription.Paid, c.Subscription.Refunded, c.Subscription.Disputed = testkit.USD("150.00"), testkit.USD("10.50"), testkit.USD("20.00")
	c.Issues = refund.IssueLog{
		{ID: "T-2", Subscription: "SUB-1", Opened: testkit.March(5, 9, 0), Resolved: testkit.March(6, 9, 0).Add(250 * time.Millisecond)},
		{ID: "T-1", Subscription: "SUB-1", Opened: time.Date(1969, 12, 31, 23, 59, 58, 999_999_999, time.UTC), Resolved: testkit.March(3, 11, 0)},
	}
	c.Request.CalledBack = testkit.March(10, 17, 0)
	c.Findings = []refund.Finding{
		{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied, Subject: "ACC-7", Detail: "two\nlines 4 x\n"},
		{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "T-1", Detail: "no call found"},
	}
	return c
}

// fullOutcome has every field, though no evaluation would return it.
func fullOutcome() refund.Outcome {
	o := refund.Outcome{
		Subscription:   "SUB-1",
		Verdict:        refund.VerdictDeducted,
		Refundable:     testkit.USD("69.50"),
		Entitlement:    testkit.USD("100.00"),
		Deduction:      testkit.USD("50.00"),
		Refunded:       testkit.USD("10.50"),
		Disputed:       testkit.USD("20.00"),
		Remaining:      testkit.USD("119.50"),
		ResolvedIssues: 2,
		Window:         refund.Window{Opens: testkit.March(2, 10, 0), Closes: testkit.March(18, 0, 0), LastDay: refund.MustDate("2026-03-17")},
		Held:           true,
		Callback:       refund.Callback{Earliest: testkit.March(10, 16, 0), Latest: testkit.March(10, 20, 0)},
		Findings:       fullCase().Findings,
		Basis: refund.Basis{
			Policy: "1a", Location: "America/New_York", WindowDays: 15, Readings: testkit.Policy().Readings,
			Account: "ACC-7", RequestedBy: "ACC-8", RecordedBy: "desk-2",
			Service: testkit.ReviewedCase().Subscription.Service, Price: testkit.USD("199.99"), Paid: testkit.USD("150.00"),
			RequestedAt: testkit.March(10, 12, 0), Channel: refund.ChannelPhone, CalledBack: testkit.March(10, 17, 0),
		},
	}
	for i := range o.Statuses {
		o.Statuses[i] = refund.Status(i%6 + 1)
	}
	return o
}

var policyForm = testkit.Form("policy",
	"version", "2026/α",
	"effective", "1767225600.000000005",
	"window_days", "30",
	"location", "America/New_York",
	"desk_location", "Asia/Kolkata",
	"hours.monday.opens", "28800000000000ns", "hours.monday.closes", "79200000000000ns",
	"hours.tuesday.opens", "28800000000000ns", "hours.tuesday.closes", "79200000000000ns",
	"hours.wednesday.opens", "28800000000000ns", "hours.wednesday.closes", "79200000000000ns",
	"hours.thursday.opens", "28800000000000ns", "hours.thursday.closes", "79200000000000ns",
	"hours.friday.opens", "28800000000000ns", "hours.friday.closes", "79200000000000ns",
	"hours.saturday.opens", "36000000000000ns", "hours.saturday.closes", "46800000000000ns",
	"hours.saturday.opens", "50400000000000ns", "hours.saturday.closes", "86400000000000ns",
	"special_day", "2026-12-24", "special_day.opens", "28800000000000ns", "special_day.closes", "46800000000000ns",
	"special_day", "2026-12-25",
	"callback_after", "1ns",
	"callback_within", "5400000000000ns",
	"readings.day_count", "same_day",
	"readings.deduct_from", "amount_paid",
	"readings.resolved_until", "window_close",
	"readings.callback_clock", "elapsed",
	"readings.one_time", "refunded_if_unresolved",
	"readings.released_amount", "any_part",
	"readings.goodwill_after", "in_addition",
	"required", "callback", "required", "cooperation", "required", "credentials",
)

var caseForm = testkit.Form("case",
	"subscription.id", "SUB-1",
	"subscription.account", "ACC-7",
	"service.code", "pc-care",
	"service.billing", "recurring",
	"service.per_instance", "25.00 USD",
	"subscription.start", "1772463600.000000000",
	"subscription.price", "199.99 USD",
	"subscription.paid", "150.00 USD",
	"subscription.refunded", "10.50 USD",
	"subscription.disputed", "20.00 USD",
	"issues", "2",
	"issue.id", "T-1", "issue.opened", "-2.999999999", "issue.resolved", "1772553600.000000000",
	"issue.id", "T-2", "issue.opened", "1772719200.000000000", "issue.resolved", "1772805600.250000000",
	"request.at", "1773158400.000000000",
	"request.by", "ACC-7",
	"request.recorded_by", "ops-1",
	"request.channel", "email",
	"request.reason", "not satisfied",
	"request.called_back", "1773176400.000000000",
	"finding.clause", "log-review", "finding.severity", "advisory", "finding.subject", "T-1", "finding.detail", "no call found",
	"finding.clause", "credentials", "finding.severity", "satisfied", "finding.subject", "ACC-7", "finding.detail", "two\nlines 4 x\n",
)

var outcomeForm = testkit.Form("outcome",
	"subscription", "SUB-1",
	"verdict", "deducted",
	"refundable", "69.50 USD",
	"entitlement", "100.00 USD",
	"deduction", "50.00 USD",
	"refunded", "10.50 USD",
	"disputed", "20.00 USD",
	"remaining", "119.50 USD",
	"resolved_issues", "2",
	"window.opens", "1772463600.000000000",
	"window.closes", "1773806400.000000000",
	"window.last_day", "2026-03-17",
	"held", "true",
	"callback.earliest", "1773172800.000000000",
	"callback.latest", "1773187200.000000000",
	"status.unset", "applied",
	"status.guarantee", "satisfied",
	"status.case-1", "objected",
	"status.case-2", "blocking",
	"status.one-time", "not_applicable",
	"status.ticket", "not_evaluated",
	"status.callback", "applied",
	"status.log-review", "satisfied",
	"status.cooperation", "objected",
	"status.peripherals", "blocking",
	"status.licensed", "not_applicable",
	"status.best-effort", "not_evaluated",
	"status.data-loss", "applied",
	"status.environment", "satisfied",
	"status.registration", "objected",
	"status.credentials", "blocking",
	"status.account-access", "not_applicable",
	"status.goodwill", "not_evaluated",
	"status.cap", "applied",
	"finding.clause", "log-review", "finding.severity", "advisory", "finding.subject", "T-1", "finding.detail", "no call found",
	"finding.clause", "credentials", "finding.severity", "satisfied", "finding.subject", "ACC-7", "finding.detail", "two\nlines 4 x\n",
	"policy", "1a",
	"location", "America/New_York",
	"window_days", "15",
	"readings.day_count", "day_after",
	"readings.deduct_from", "amount_subscribed",
	"readings.resolved_until", "request",
	"readings.callback_clock", "business_hours",
	"readings.one_time", "never_refunded",
	"readings.released_amount", "whole",
	"readings.goodwill_after", "less_refunds",
	"account", "ACC-7", "requested_by", "ACC-8", "recorded_by", "desk-2",
	"service.code", "pc-care",
	"service.billing", "recurring",
	"service.per_instance", "25.00 USD",
	"price", "199.99 USD",
	"paid", "150.00 USD",
	"requested_at", "1773158400.000000000",
	"channel", "phone",
	"called_back", "1773176400.000000000",
)

// Digests are stored. If one changes, every earlier quote and record becomes stale, and the
// version in the first line of the form must be increased.
func TestDigestGoldens(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	rows := []struct {
		because string
		got     refund.Digest
		form    string
		golden  string
	}{
		{"a policy with every field", fullPolicy().Digest(), policyForm, "2229ac17895fba5cf7e6a48a03fa9de0903d5d93099aa382ce09e88ac1b8131c"},
		{"a case with every field", fullCase().Digest(), caseForm, "ac747b4b0307a0eca1a842d2a7f59cf77d0db4d835dac45ee67122c46563a995"},
		{"an outcome with every field", fullOutcome().Digest(), outcomeForm, "12c7ad5440c511611e74e8dbc678aa21f3b8caff18d86098c91debef6d857008"},
		{"the published policy", p.Digest(), "", "849bd956f6f7a4ac93068fcfd932f7f8405846b42ec3a9b02fa33689e5d39756"},
		{"the outcome of an evaluation", testkit.Shown(t, p, c), "", "45278352cfe3f3f885df4d264a0b6975df9d809758d2b0d280a184d9f15c92e8"},
		{"a policy with only the fields that are always written", refund.Policy{}.Digest(), testkit.Form("policy", "window_days", "0", "callback_after", "0ns", "callback_within", "0ns",
			"readings.day_count", "unset", "readings.deduct_from", "unset", "readings.resolved_until", "unset", "readings.callback_clock", "unset",
			"readings.one_time", "unset", "readings.released_amount", "unset", "readings.goodwill_after", "unset"), "92f4159813b5878437e299b270ad4c5e4f67d7f4d054216329b0c10544df56ae"},
		{"a case with only the fields that are always written", refund.Case{}.Digest(), testkit.Form("case", "service.billing", "unset", "request.channel", "unset"), "c3637ff6962bfc46e14eae3a30f0ebc79c398b35cd0a7e81ecb2f29b5598f8a8"},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			if r.got.String() != r.golden {
				t.Errorf("got %v, pinned %s", r.got, r.golden)
			}
			if want := refund.Digest(sha256.Sum256([]byte(r.form))); r.form != "" && r.got != want {
				t.Errorf("is not the digest of\n%s", r.form)
			}
		})
	}
}

// changes calls visit once for each change of one field or element below v, with v changed
// accordingly, and once without it if it is optional.
func changes(t *testing.T, v reflect.Value, path string, visit func(path string)) {
	t.Helper()
	try := func(how string, other any) {
		old := reflect.New(v.Type()).Elem()
		old.Set(v)
		v.Set(reflect.ValueOf(other).Convert(v.Type()))
		visit(path + how)
		v.Set(old)
	}
	absent := func() {
		if !v.IsZero() {
			try(" absent", reflect.Zero(v.Type()).Interface())
		}
	}
	switch x := v.Interface().(type) {
	case time.Time:
		try(" later", x.Add(time.Nanosecond))
		try(" a second later", x.Add(time.Second))
		absent()
		return
	case refund.Money:
		more, err := x.Add(refund.MustMoney("0.01", x.Currency().Code()))
		if err != nil {
			t.Fatal(err)
		}
		try(" more", more)
		try(" of another currency", refund.MustMoney(x.Amount(), "EUR"))
		absent()
		return
	case *time.Location:
		try(" elsewhere", testkit.Zone("Asia/Tokyo"))
		v.Set(reflect.Zero(v.Type()))
		visit(path + " absent")
		v.Set(reflect.ValueOf(x))
		return
	case []refund.Opening: // any number, at least one
		for i := range x {
			changes(t, v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
		if len(x) > 1 {
			try("[0] dropped", x[1:])
		}
		try(" with one more", append(slices.Clone(x), refund.Opening{}))
		absent()
		return
	}
	switch v.Kind() {
	case reflect.String:
		try(" longer", v.String()+"\n")
		try(" shorter", v.String()[1:])
		absent()
	case reflect.Bool:
		try(" not", !v.Bool())
	case reflect.Int, reflect.Int64:
		try(" more", v.Int()+1)
		absent()
	case reflect.Uint8:
		try(" another", v.Uint()+1)
		absent()
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				changes(t, v.Field(i), path+"."+f.Name, visit)
			} else {
				t.Errorf("%s.%s cannot be changed by this test", path, f.Name)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			changes(t, v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Slice:
		if v.Len() < 2 {
			t.Errorf("%s has %d elements: too few to distinguish them", path, v.Len())
		}
		for i := range v.Len() {
			changes(t, v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
			old := reflect.New(v.Type()).Elem()
			old.Set(v)
			v.Set(reflect.AppendSlice(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, 0), v.Slice(0, i)), v.Slice(i+1, v.Len())))
			visit(fmt.Sprintf("%s[%d] dropped", path, i))
			v.Set(old)
		}
		try(" with one more", reflect.Append(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, 0), v), reflect.Zero(v.Type().Elem())).Interface())
		try(" empty", reflect.MakeSlice(v.Type(), 0, 0).Interface())
		absent()
	case reflect.Map:
		for _, key := range v.MapKeys() {
			at, old := fmt.Sprintf("%s[%v]", path, key), v.MapIndex(key)
			element := reflect.New(old.Type()).Elem()
			element.Set(old)
			changes(t, element, at, func(path string) {
				v.SetMapIndex(key, element)
				visit(path)
			})
			v.SetMapIndex(key, reflect.Value{})
			visit(at + " dropped")
			v.SetMapIndex(key, old)
		}
		added := reflect.Zero(v.Type().Key())
		v.SetMapIndex(added, reflect.Zero(v.Type().Elem()))
		visit(path + " with one more")
		v.SetMapIndex(added, reflect.Value{})
		try(" empty", reflect.MakeMap(v.Type()).Interface())
		absent()
	default:
		t.Fatalf("%s is a %v, which this test cannot change yet", path, v.Kind())
	}
}

// A field that is added to a type and forgotten in its digest fails here.
func TestDigestCoversEveryField(t *testing.T) {
	p, c, o := fullPolicy(), fullCase(), fullOutcome()
	rows := []struct {
		because string
		value   any
		digest  func() refund.Digest
		least   int // changes
		same    map[string]string
	}{
		{"a policy: a difference in judgment or name changes the digest", &p, func() refund.Digest { return p.Digest() }, 60, map[string]string{
			"SpecialDays absent": "equals SpecialDays empty: a nil map and an empty one both have no days",
			"Required absent":    "equals Required empty: a nil list and an empty one both require no clause",
		}},
		{"a case: a difference in any fact changes the digest", &c, func() refund.Digest { return c.Digest() }, 80, map[string]string{
			"Issues[0].Subscription absent": "equals no change: absent means the case's own",
			"Issues[1].Subscription absent": "equals no change: absent means the case's own",
			"Findings absent":               "equals Findings empty: a nil list and an empty one both have no findings",
		}},
		{"an outcome: a difference in anything shown changes the digest", &o, func() refund.Digest { return o.Digest() }, 120, map[string]string{
			"Findings absent": "equals Findings empty: a nil list and an empty one both have no findings",
		}},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			before := r.digest()
			seen := map[refund.Digest]string{before: "no change"}
			exceptions := 0
			changes(t, reflect.ValueOf(r.value).Elem(), "", func(path string) {
				path = strings.TrimPrefix(path, ".")
				digest := r.digest()
				twin, known := seen[digest]
				reason, excepted := r.same[path]
				switch {
				case known && !excepted:
					t.Errorf("%s equals %s", path, twin)
				case known && !strings.HasPrefix(reason, "equals "+twin+": "):
					t.Errorf("%s equals %s, but %s", path, twin, reason)
				case !known && excepted:
					t.Errorf("%s changes the digest, but %s", path, reason)
				}
				if excepted {
					exceptions++
				}
				if !known {
					seen[digest] = path
				}
			})
			if len(seen) < r.least {
				t.Errorf("only %d changes were made", len(seen))
			}
			if exceptions != len(r.same) {
				t.Errorf("%d exceptions were met, %d are listed", exceptions, len(r.same))
			}
			if r.digest() != before {
				t.Error("the value was not restored: this test is wrong")
			}
		})
	}
}

// A nil log is a missing fact; an empty one states that there were no issues.
func TestDigestOfNilAndEmptyLogsDiffer(t *testing.T) {
	missing, none := testkit.ReviewedCase(), testkit.ReviewedCase()
	missing.Issues, none.Issues = nil, refund.IssueLog{}
	if missing.Digest() == none.Digest() {
		t.Error("a nil log and an empty one have the same digest")
	}
}

// Lengths separate fields that would read the same when concatenated.
func TestDigestSeparatesFields(t *testing.T) {
	a, b := testkit.ReviewedCase(), testkit.ReviewedCase()
	a.Request.By, a.Request.RecordedBy = "x\nrequest.recorded_by 1 y", ""
	b.Request.By, b.Request.RecordedBy = "x", "y"
	if a.Digest() == b.Digest() {
		t.Error("a line break makes a field")
	}
	a, b = testkit.ReviewedCase(), testkit.ReviewedCase()
	a.Request.By, b.Request.RecordedBy = "", ""
	a.Request.RecordedBy, b.Request.By = "ops-1", "ops-1"
	if a.Digest() == b.Digest() {
		t.Error("two fields are one")
	}
}

func TestEqualValuesHaveEqualDigests(t *testing.T) {
	tokyo := testkit.Zone("Asia/Tokyo")
	elsewhere := func(v any) {
		var move func(v reflect.Value)
		move = func(v reflect.Value) {
			if at, ok := v.Interface().(time.Time); ok {
				if !at.IsZero() {
					v.Set(reflect.ValueOf(at.In(tokyo)))
				}
				return
			}
			switch v.Kind() {
			case reflect.Struct:
				for i := range v.NumField() {
					if v.Type().Field(i).IsExported() {
						move(v.Field(i))
					}
				}
			case reflect.Slice, reflect.Array:
				for i := range v.Len() {
					move(v.Index(i))
				}
			}
		}
		move(reflect.ValueOf(v).Elem())
	}
	rows := []struct {
		because string
		change  func(*refund.Policy, *refund.Case, *refund.Outcome)
	}{
		{"every instant in another zone", func(p *refund.Policy, c *refund.Case, o *refund.Outcome) {
			elsewhere(p)
			elsewhere(c)
			elsewhere(o)
		}},
		{"the same places, loaded again", func(p *refund.Policy, _ *refund.Case, _ *refund.Outcome) {
			p.Location, p.DeskLocation = testkit.Zone("America/New_York"), testkit.Zone("Asia/Kolkata")
		}},
		{"lists in another order", func(p *refund.Policy, c *refund.Case, o *refund.Outcome) {
			slices.Reverse(p.Required)
			slices.Reverse(c.Issues)
			slices.Reverse(c.Findings)
			slices.Reverse(o.Findings)
		}},
		{"closed days with nil openings or with empty ones", func(p *refund.Policy, _ *refund.Case, _ *refund.Outcome) {
			p.SpecialDays[refund.MustDate("2026-12-25")] = []refund.Opening{}
			p.Hours[time.Sunday] = []refund.Opening{}
		}},
		{"a required clause stated twice", func(p *refund.Policy, _ *refund.Case, _ *refund.Outcome) {
			p.Required = append(p.Required, p.Required[0])
		}},
		{"an issue that does not name the case's own subscription", func(_ *refund.Policy, c *refund.Case, _ *refund.Outcome) { c.Issues[1].Subscription = "" }},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			p, c, o := fullPolicy(), fullCase(), fullOutcome()
			r.change(&p, &c, &o)
			if p.Digest() != fullPolicy().Digest() || c.Digest() != fullCase().Digest() || o.Digest() != fullOutcome().Digest() {
				t.Error("the digests differ")
			}
			if !p.Equal(fullPolicy()) {
				t.Error("the policies are not equal: this test is wrong")
			}
		})
	}

	testkit.Row(t, "a desk location equal to the policy's means the same as none", func(t *testing.T) {
		p, q := fullPolicy(), fullPolicy()
		p.DeskLocation, q.DeskLocation = nil, testkit.Zone("America/New_York")
		if !p.Equal(q) || p.Digest() != q.Digest() {
			t.Errorf("equal: %v; the digests are %v and %v", p.Equal(q), p.Digest(), q.Digest())
		}
	})
	testkit.Row(t, "zero refunded or disputed means the same as no amount", func(t *testing.T) {
		c, o := fullCase(), fullOutcome()
		c.Subscription.Refunded, c.Subscription.Disputed, o.Refunded, o.Disputed = refund.Money{}, refund.Money{}, refund.Money{}, refund.Money{}
		before, shown := c.Digest(), o.Digest()
		c.Subscription.Refunded, c.Subscription.Disputed, o.Refunded, o.Disputed = testkit.USD("0.00"), testkit.USD("0.00"), testkit.USD("0.00"), testkit.USD("0.00")
		if c.Digest() != before || o.Digest() != shown {
			t.Error("the digests differ")
		}
	})
	testkit.Row(t, "a monotonic reading is not part of an instant", func(t *testing.T) {
		now := time.Now()
		with, without := fullCase(), fullCase()
		with.Request.At, without.Request.At = now, now.Round(0)
		if with.Digest() != without.Digest() {
			t.Error("the digests differ")
		}
	})
	testkit.Row(t, "computing a digest does not modify the lists of the value", func(t *testing.T) {
		p, c, o := fullPolicy(), fullCase(), fullOutcome()
		p.Digest()
		c.Digest()
		o.Digest()
		if !reflect.DeepEqual(p, fullPolicy()) || !reflect.DeepEqual(c.Issues, fullCase().Issues) || !reflect.DeepEqual(c.Findings, fullCase().Findings) || !reflect.DeepEqual(o.Findings, fullOutcome().Findings) {
			t.Error("they are sorted in place")
		}
	})
}

// A host may change the settings of package decimal, which are variables of the whole
// program. This test must not run in parallel with others.
func TestDigestsIgnoreDecimalSettings(t *testing.T) {
	all := func() (list []refund.Digest) {
		list = append(list, fullPolicy().Digest(), fullCase().Digest(), fullOutcome().Digest())
		return list
	}
	want := all()
	precision, trim, scientific, quotes := decimal.DivisionPrecision, decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.MarshalJSONWithoutQuotes
	defer func() {
		decimal.DivisionPrecision, decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.MarshalJSONWithoutQuotes = precision, trim, scientific, quotes
	}()
	decimal.DivisionPrecision, decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.MarshalJSONWithoutQuotes = 0, !trim, true, true
	if got := all(); !slices.Equal(got, want) {
		t.Error("the digests change")
	}
}

func TestParseDigest(t *testing.T) {
	valid := fullPolicy().Digest()
	text := valid.String()
	rows := []struct {
		because string
		text    string
		ok      bool
	}{
		{"64 digits in lower case", text, true},
		{"all hexadecimal digits", strings.Repeat("0123456789abcdef", 4), true},
		{"no text", "", false},
		{"one digit short", text[1:], false},
		{"one digit more", text + "0", false},
		{"two digits short", text[2:], false},
		{"64 digits in upper case", strings.Repeat("AB", 32), false},
		{"one digit in upper case", "A" + strings.Repeat("a", 63), false},
		{"a character that is not a digit", text[:63] + "g", false},
		{"a space in place of a digit", " " + text[1:], false},
		{"a line break after it", text + "\n", false},
		{"with the prefix 0x", "0x" + text[2:], false},
		{"64 bytes of other characters", strings.Repeat("é", 32), false},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			d, err := refund.ParseDigest(r.text)
			var read refund.Digest
			unmarshalled := read.UnmarshalText([]byte(r.text))
			if r.ok {
				if err != nil || d.String() != r.text || unmarshalled != nil || read != d {
					t.Errorf("read as %v, %v; %v, %v", d, err, read, unmarshalled)
				}
				return
			}
			if !testkit.HasPaths(err, "digest") || !d.IsZero() || r.text != "" && strings.Contains(err.Error(), r.text) {
				t.Errorf("read as %v, %v", d, err)
			}
			if read = valid; r.text != "" && (!testkit.HasPaths(read.UnmarshalText([]byte(r.text)), "digest") || read != valid) {
				t.Errorf("a digest becomes %v", read)
			}
		})
	}

	var zero refund.Digest
	if !zero.IsZero() || valid.IsZero() || zero.String() != strings.Repeat("0", 64) {
		t.Errorf("the zero Digest is %v", zero)
	}
	if almost := (refund.Digest{31: 1}); almost.IsZero() {
		t.Error("a digest with one bit set is the zero Digest")
	}
	type host struct{ Shown, None refund.Digest }
	sent, err := json.Marshal(host{Shown: valid})
	if err != nil || string(sent) != `{"Shown":"`+text+`","None":""}` {
		t.Errorf("JSON is %s, %v", sent, err)
	}
	back := host{None: valid}
	if err := json.Unmarshal(sent, &back); err != nil || back.Shown != valid || !back.None.IsZero() {
		t.Errorf("read back as %+v, %v", back, err)
	}
}
