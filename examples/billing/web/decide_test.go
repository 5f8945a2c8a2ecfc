package web_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// refusals returns the reasons at the controls of a page, as "id: reason", and checks that the
// summary at the top links to each of them.
func refusals(t *testing.T, doc *html.Node) (list []string) {
	t.Helper()
	links := map[string]bool{}
	summary := byID(doc, "problems")
	if summary == nil {
		return nil
	}
	if attr(summary, "role") != "alert" || attr(summary, "tabindex") != "-1" {
		t.Error("the summary is not announced, or cannot have the focus")
	}
	for a := range all(summary, "a") {
		id, err := url.PathUnescape(attr(a, "href")[1:])
		if err != nil {
			t.Fatal(err)
		}
		links[id] = true
	}
	for e := range all(doc) {
		for id := range strings.FieldsSeq(attr(e, "aria-describedby")) {
			if !strings.HasSuffix(id, ".error") {
				continue
			}
			list = append(list, attr(e, "id")+": "+text(byID(doc, id)))
			if !links[attr(e, "id")] {
				t.Errorf("the summary does not link to %s", attr(e, "id"))
			}
		}
	}
	return list
}

func TestEveryGateAppearsAtItsControl(t *testing.T) {
	const ok = "approval.amount=174.99"
	for _, r := range []struct {
		reason  string
		prepare func(m *memory, f *file) // the case SUB-1001, which could be approved
		officer desk.Officer
		path    string
		form    string
		want    []string
	}{
		{"a required clause that nobody has reviewed", func(_ *memory, f *file) { f.Request.By = "" }, ines, "approval", ok,
			[]string{"approval.acknowledged.account-access: Not reviewed yet"}},
		{"an objection without its check mark", func(_ *memory, f *file) { f.Findings[0].Severity = refund.SeverityAdvisory }, ines, "approval", ok,
			[]string{"approval.acknowledged.log-review: Objection not acknowledged"}},
		{"two objections with one check mark", func(m *memory, f *file) {
			f.Findings[0].Severity = refund.SeverityAdvisory
			f.Answers = customer.Attestations{refund.ClauseCredentials: {Answer: customer.AnswerNo, At: m.now}}
		}, ines, "approval", ok + "&approval.acknowledged=log-review",
			[]string{"approval.acknowledged.credentials: Objection not acknowledged"}},
		{"a case on hold", func(_ *memory, f *file) { f.Request.By = "ACC-8" }, ines, "approval", ok,
			[]string{"approval.acknowledged.account-access: On hold until cleared"}},
		{"the officer holds the account", nil, desk.Officer{ID: "ACC-SUB-1001", Limit: usd("500.00")}, "approval", ok,
			[]string{"approval.by: The officer is a party to the case; another officer has to decide"}},
		{"the amount is above the limit", nil, desk.Officer{ID: "ops-1", Limit: usd("100.00")}, "approval", ok,
			[]string{"approval.amount: Above the officer's limit: 174.99 USD including earlier refunds; the limit is 100.00 USD"}},
		{"the officer has no limit", nil, desk.Officer{ID: "ops-1"}, "approval", ok,
			[]string{"approval.amount: Above the officer's limit: 174.99 USD including earlier refunds; the officer has no limit"}},
		{"no amount can be refunded", func(_ *memory, f *file) {
			f.Subscription.Service = refund.ServiceType{Code: "x", Billing: refund.BillingOneTime}
		}, ines, "approval", "approval.amount=1",
			[]string{"approval.amount: Nothing to refund: 1.00 USD; at most 0.00 USD may be released"}},
		{"a part, where only the whole is allowed", nil, ines, "approval", "approval.amount=100",
			[]string{"approval.amount: Below the refundable amount: 100.00 USD; only the whole 174.99 USD may be released"}},
		{"more than can be refunded", nil, ines, "approval", "approval.amount=180",
			[]string{"approval.amount: Above the refundable amount: 180.00 USD; at most 174.99 USD may be released"}},
		{"all gates of an approval at once", func(m *memory, f *file) {
			f.Findings[0].Severity = refund.SeverityAdvisory
			f.Request.By = "ACC-8"
		}, desk.Officer{ID: "ACC-8"}, "approval", "approval.amount=180", []string{
			"approval.amount: Above the officer's limit: 180.00 USD including earlier refunds; the officer has no limitAbove the refundable amount: 180.00 USD; at most 174.99 USD may be released",
			"approval.acknowledged.log-review: Objection not acknowledged",
			"approval.acknowledged.account-access: On hold until cleared",
			"approval.by: The officer is a party to the case; another officer has to decide"}},
		{"a goodwill on hold", func(_ *memory, f *file) { f.Request.By = "ACC-8" }, ines, "goodwill", "goodwill.charges=50&goodwill.fees=0&goodwill.reason=r",
			[]string{"goodwill.acknowledged.account-access: On hold until cleared"}},
		{"a goodwill that the deductions use up", nil, ines, "goodwill", "goodwill.charges=50&goodwill.fees=60&goodwill.reason=r",
			[]string{"goodwill.charges: Nothing to refund: -10.00 USD; at most 199.99 USD may be released"}},
		{"a goodwill above the limit", nil, desk.Officer{ID: "ops-1", Limit: usd("10.00")}, "goodwill", "goodwill.charges=50&goodwill.fees=0&goodwill.reason=r",
			[]string{"goodwill.charges: Above the officer's limit: 50.00 USD including earlier refunds; the limit is 10.00 USD"}},
		{"a denial by the holder", nil, desk.Officer{ID: "ACC-SUB-1001", Limit: usd("500.00")}, "denial", "denial.reason=r",
			[]string{"denial.by: The officer is a party to the case; another officer has to decide"}},
	} {
		s := newSite(t)
		f := s.desk.files[0]
		if r.prepare != nil {
			r.prepare(s.desk, f)
		}
		s.officer = r.officer
		for _, do := range []string{"decide", "preview"} {
			w := s.send("POST", "/cases/SUB-1001/"+r.path, r.form+"&do="+do)
			got := refusals(t, parse(t, w.Body.String()))
			if w.Code != http.StatusUnprocessableEntity || strings.Join(got, "\n") != strings.Join(r.want, "\n") {
				t.Errorf("%s, %s: status %d\n got %q\nwant %q", r.reason, do, w.Code, got, r.want)
			}
			for _, wrong := range rules(parse(t, w.Body.String())) {
				t.Errorf("%s: %s", r.reason, wrong)
			}
		}
		if f.decided != nil {
			t.Errorf("%s: decided", r.reason)
		}
	}
}

func TestFaultsAppearAtTheirControlsAndKeepTheInput(t *testing.T) {
	for _, r := range []struct {
		reason, path, form string
		want, kept         []string // kept are controls and their values
	}{
		{"an amount with a comma", "SUB-1001/approval", "do=decide&approval.amount=174,99&approval.reason=because",
			[]string{"approval.amount: "}, []string{"approval.amount=174,99", "approval.reason=because"}},
		{"an amount with too many decimals", "SUB-1001/approval", "do=decide&approval.amount=174.999", []string{"approval.amount: "}, []string{"approval.amount=174.999"}},
		{"no amount", "SUB-1001/approval", "do=decide&approval.amount=", []string{"approval.amount: "}, []string{"approval.amount="}},
		{"a clause that cannot be acknowledged", "SUB-1001/approval", "do=decide&approval.amount=174.99&approval.acknowledged=ticket", nil, nil},
		{"a goodwill without anything", "SUB-1001/goodwill", "do=decide", []string{"goodwill.charges: ", "goodwill.fees: ", "goodwill.reason: "}, nil},
		{"charges above the price, and an unreadable fee", "SUB-1001/goodwill", "do=preview&goodwill.charges=200&goodwill.fees=ten&goodwill.reason=r",
			[]string{"goodwill.charges: 200.00 USD is above the price of 199.99 USD", "goodwill.fees: "}, []string{"goodwill.charges=200", "goodwill.fees=ten", "goodwill.reason=r"}},
		{"software without a name, after an empty row", "SUB-1001/goodwill", "do=decide&goodwill.charges=20&goodwill.fees=0&goodwill.reason=r&software.name=&software.price=&software.name=&software.price=5",
			[]string{"goodwill.software[0].name: "}, []string{"goodwill.software[0].price=5"}},
		{"software without a price", "SUB-1001/goodwill", "do=decide&goodwill.charges=20&goodwill.fees=0&goodwill.reason=r&software.name=A&software.price=",
			[]string{"goodwill.software[0].price: "}, []string{"goodwill.software[0].name=A"}},
		{"a denial without a reason", "SUB-1001/denial", "do=decide&denial.reason=+", []string{"denial.reason: "}, nil},
		{"a finding without a result", "SUB-1001/finding", "finding.clause=cooperation&finding.detail=late", []string{"finding.severity: "}, []string{"finding.detail=late"}},
		{"a hold by a clause that cannot hold", "SUB-1001/finding", "finding.clause=cooperation&finding.severity=blocking", []string{"finding.severity: Blocking is allowed only for credentials and account-access, not for cooperation"}, nil},
		{"a call back before the request", "SUB-1001/callback", "request.called_back=2026-03-09T10:00", []string{"request.called_back: Is before request.at"}, []string{"request.called_back=2026-03-09T10:00"}},
		{"a call back without a time", "SUB-1001/callback", "request.called_back=soon", []string{"request.called_back: "}, nil},
		{"a request without a way", "SUB-2000/request", "request.at=2026-03-09T10:00&request.reason=too+slow", []string{"request.channel: "}, []string{"request.reason=too slow"}},
		{"a request before the subscription", "SUB-2000/request", "request.at=2026-02-09T10:00&request.channel=email", []string{"request.at: Is before subscription.start"}, nil},
		{"an account with a line break", "SUB-2000/request", "request.at=2026-03-09T10:00&request.channel=email&request.by=a%0Ab", []string{"request.by: "}, nil},
	} {
		s := newSite(t)
		w := s.send("POST", "/cases/"+r.path, r.form)
		doc := parse(t, w.Body.String())
		got := refusals(t, doc)
		ok := w.Code == http.StatusUnprocessableEntity && len(got) == len(r.want) && byID(doc, "problems") != nil
		for i := range min(len(got), len(r.want)) {
			ok = ok && strings.HasPrefix(got[i], r.want[i])
		}
		if !ok {
			t.Errorf("%s: status %d\n got %q\nwant %q", r.reason, w.Code, got, r.want)
		}
		for _, kept := range r.kept {
			id, value, _ := strings.Cut(kept, "=")
			e := byID(doc, id)
			if e == nil || attr(e, "value") != value && (e.Data != "textarea" || text(e) != value) {
				t.Errorf("%s: the input of %s is lost", r.reason, id)
			}
		}
	}
}

// TestARefusedFormIsOpen makes sure that nobody has to look for the problem.
func TestARefusedFormIsOpen(t *testing.T) {
	for _, form := range []string{"approval", "goodwill", "denial", "finding", "callback"} {
		doc := parse(t, newSite(t).send("POST", "/cases/SUB-1001/"+form, "do=decide").Body.String())
		for d := range byID(doc, form).Ancestors() {
			open := false
			for _, a := range d.Attr {
				open = open || a.Key == "open"
			}
			if d.Data == "details" && !open {
				t.Errorf("the form %s is folded", form)
			}
		}
	}
}

func TestADecisionIsMadeOnce(t *testing.T) {
	s := newSite(t)
	v, err := s.desk.View(t.Context(), "SUB-1001")
	if err != nil {
		t.Fatal(err)
	}
	form := "approval.amount=174.99&do=decide&shown=" + v.Outcome.Digest().String()
	for click := range 2 {
		w := s.send("POST", "/cases/SUB-1001/approval", form)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/cases/SUB-1001?done=approval" {
			t.Fatalf("click %d: status %d, %s", click+1, w.Code, w.Body)
		}
	}
	if n := len(s.desk.files[0].books.Refunds()); n != 1 {
		t.Errorf("%d refunds", n)
	}
	doc := parse(t, s.send("GET", "/cases/SUB-1001?done=approval", "").Body.String())
	if got := text(byID(doc, "main")); !strings.Contains(got, "Refund approved 174.99 USD") || !strings.Contains(got, "The refund is approved.") {
		t.Errorf("the page: %s", got)
	}
	if byID(doc, "approval") != nil {
		t.Error("the page still has the form")
	}
}

func TestAStaleFormShowsTheChanges(t *testing.T) {
	s := newSite(t)
	page := parse(t, s.send("GET", "/cases/SUB-1001", "").Body.String())
	f := s.desk.files[0]
	f.books = must(f.books.RecordRefund(ledger.OutsideRefund{ID: "re_1", At: s.desk.now, Amount: usd("30.00"), Payment: "pay-SUB-1001"}))
	for _, name := range []string{"approval", "goodwill", "denial", "finding", "callback"} {
		form := url.Values{"do": {"decide"}, "approval.amount": {"174.99"}, "goodwill.charges": {"10"}, "goodwill.fees": {"0"}, "goodwill.reason": {"kept"},
			"denial.reason": {"kept"}, "finding.severity": {"advisory"}, "finding.clause": {"cooperation"}, "finding.detail": {"kept"}, "request.called_back": {"2026-03-10T15:00"}}
		for input := range all(byID(page, name), "input") {
			if attr(input, "type") == "hidden" {
				form.Set(attr(input, "name"), attr(input, "value"))
			}
		}
		w := s.send("POST", "/cases/SUB-1001/"+name, form.Encode())
		doc := parse(t, w.Body.String())
		changed := byID(doc, "changed")
		if w.Code != http.StatusConflict || changed == nil {
			t.Errorf("%s: status %d", name, w.Code)
			continue
		}
		for _, want := range []string{"Can be refunded174.99 USD144.99 USD", "Already refunded0.00 USD30.00 USD"} {
			if !strings.Contains(text(changed), want) {
				t.Errorf("%s: %q is not among the changes: %s", name, want, text(changed))
			}
		}
		if got := attr(byID(doc, "approval.amount"), "value"); got != "174.99" {
			t.Errorf("%s: the input is lost: %q", name, got)
		}
		if attr(changed, "role") != "alert" {
			t.Errorf("%s: the changes are not announced", name)
		}
	}
	if f.decided != nil || len(f.Findings) != 1 || !f.Request.CalledBack.IsZero() {
		t.Error("a stale form had an effect")
	}
}

func TestFactsAreRecorded(t *testing.T) {
	s := newSite(t)
	for _, r := range []struct{ reason, path, form string }{
		{"a finding", "/cases/SUB-1002/finding", "finding.clause=registration&finding.severity=satisfied&finding.subject=x&finding.detail=y"},
		{"a call back", "/cases/SUB-1002/callback", "request.called_back=2026-03-10T15:00&answer.cooperation=yes&answer.credentials=no&answer.data-loss="},
		{"a request", "/cases/SUB-2000/request", "request.at=2026-03-10T15:00&request.channel=phone&request.by=ACC-SUB-2000"},
		{"a difference with a fact", "/day/1", "day=2026-03-10"},
		{"a difference without a fact", "/day/2", "day=2026-03-10&note[2]=a+typing+error"},
		{"the second click", "/day/2", "day=2026-03-10"},
	} {
		if w := s.send("POST", r.path, r.form); w.Code != http.StatusSeeOther {
			t.Errorf("%s: status %d: %s", r.reason, w.Code, text(byID(parse(t, w.Body.String()), "main")))
		}
	}
	f := s.desk.files[1]
	if got := fmt.Sprint(f.Findings[1]); got != "{registration satisfied x y}" {
		t.Errorf("finding: %s", got)
	}
	if got := f.Answers; len(got) != 2 || got[refund.ClauseCooperation].Answer != customer.AnswerYes || got[refund.ClauseCredentials].Answer != customer.AnswerNo || !got[refund.ClauseCredentials].At.Equal(march(10, 15, 0)) {
		t.Errorf("answers: %v", got)
	}
	last := s.desk.files[len(s.desk.files)-1].Request
	if last.RecordedBy != ines.ID || last.Channel != refund.ChannelPhone || !last.At.Equal(march(10, 15, 0)) {
		t.Errorf("request: %v", last)
	}
	for _, d := range s.desk.diffs {
		if d.Resolved.IsZero() {
			t.Errorf("difference %s is open", d.ID)
		}
	}
}

// TestThePreviewAddsUp compares the sum of a preview with Goodwill.Net and with the decision.
func TestThePreviewAddsUp(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	cents := func(n int64) refund.Money { return refund.FromMinorUnits(random.Int64N(n), refund.MustCurrency("USD")) }
	previews := 0
	for range 60 {
		g := decision.Goodwill{Charges: cents(19999), Fees: cents(5000)}
		form := url.Values{"do": {"preview"}, "goodwill.reason": {"r"}, "goodwill.charges": {g.Charges.Amount()}, "goodwill.fees": {g.Fees.Amount()}}
		for i := range random.IntN(4) {
			s := decision.FreeSoftware{Name: fmt.Sprintf("Tool %d", i), Price: cents(3000)}
			g.Software = append(g.Software, s)
			form.Add("software.name", s.Name)
			form.Add("software.price", s.Price.Amount())
		}
		net, err := g.Net()
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"SUB-1001", "SUB-1004"} { // without, and with a refund of 40 and a dispute of 50
			s := newSite(t)
			w := s.send("POST", "/cases/"+id+"/goodwill", form.Encode())
			doc := parse(t, w.Body.String())
			want := net
			if id == "SUB-1004" {
				want, _ = net.Sub(usd("90.00"))
			}
			if want.Sign() <= 0 {
				if w.Code != http.StatusUnprocessableEntity {
					t.Errorf("%s: a goodwill of %v: status %d", id, want, w.Code)
				}
				continue
			}
			previews++
			var sums []string
			sum := refund.Money{}
			for row := range all(byID(doc, "preview").Parent, "tr") {
				amount, code, _ := strings.Cut(text(row.LastChild), " ")
				m, err := refund.ParseMoney(strings.Replace(amount, "−", "-", 1), code)
				if err != nil {
					t.Fatal(err)
				}
				if attr(row, "class") == "total" {
					sums = append(sums, m.String())
					if !m.Equal(sum) {
						t.Errorf("%s: the lines add up to %v, not to %v", id, sum, m)
					}
				} else if sum, err = sum.Add(m); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join(sums, " "); got != net.String()+" "+want.String() {
				t.Errorf("%s: the sums are %s, want %v and %v", id, got, net, want)
			}
			if s.desk.files[0].decided != nil {
				t.Error("a preview has decided")
			}
		}
	}
	if previews < 20 {
		t.Errorf("only %d previews", previews)
	}
}
