package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
)

// The buttons of the forms.
const (
	approve       = `#approval button[value="decide"]`
	grant         = `#goodwill button[value="decide"]`
	decline       = `#denial button[value="decide"]`
	recordFinding = "#finding button"
)

// site returns a desk on an SQLite file.
func site(t *testing.T) (*world, *program) {
	t.Helper()
	w := newWorld(t, t.TempDir()+"/desk.db", time.Second)
	return w, w.start()
}

// unfold opens the form with an id.
func (b *tab) unfold(form string) {
	b.t.Helper()
	b.click("details:has(> #" + form + "):not([open]) > summary")
}

func TestARefundFromTheRequestToThePayment(t *testing.T) {
	t.Parallel()
	w, p := site(t)
	r := unreviewed(subscription("SUB-1", "Grace Holloway", 9))
	r.Customer.Reports = nil // it is not known whether there are reports of misuse
	w.sell(r)
	w.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.Pending: 1}})

	cleo := newTab(t, p).signIn(p, "cleo")
	cleo.submit(`nav a[href="/cases"]`)
	cleo.fill("id", "SUB-9")
	if status := cleo.submit("main form button"); status != 404 {
		t.Errorf("status %d for an unknown subscription", status)
	}
	cleo.refused("id", "does not have this subscription")
	cleo.picture("find")
	cleo.fill("id", "SUB-1")
	cleo.submit("main form button")
	cleo.has("h1", "Grace Holloway")
	cleo.submit("#request button")
	cleo.refused("request.channel", "one of email, phone, other")
	cleo.click(byID("channel.email"))
	cleo.fill("request.reason", "It did not solve my problem.")
	cleo.submit("#request button")
	cleo.has(".note.good", "The request is filed.")
	cleo.has(".big", "174.99 USD")

	// The officer who recorded the request, and may not release money.
	if status := cleo.submit(approve); status != 422 {
		t.Errorf("status %d for a refused approval", status)
	}
	cleo.refused("approval.by", "The officer is a party to the case; another officer has to decide")
	cleo.refused("approval.amount", "the officer has no limit")
	cleo.refused("approval.acknowledged.credentials", "Not reviewed yet")
	cleo.refused("approval.acknowledged.log-review", "Objection not acknowledged")
	cleo.picture("refused")

	// An officer with a limit that is too low.
	ana := newTab(t, p).signIn(p, "ana")
	ana.submit(`main table a[href="/cases/SUB-1"]`)
	ana.submit(approve)
	ana.refused("approval.amount", "174.99 USD including earlier refunds; the limit is 150.00 USD")

	// An officer who may decide, once the case is reviewed.
	ben := newTab(t, p).signIn(p, "ben")
	ben.submit(`main table a[href="/cases/SUB-1"]`)
	ben.submit(approve)
	ben.refused("approval.acknowledged.credentials", "Not reviewed yet")
	ben.unfold("finding")
	ben.submit(recordFinding)
	ben.refused("finding.severity", "")
	ben.choose("finding.clause", "credentials")
	ben.click(byID("severity.advisory"))
	ben.fill("finding.detail", "The holder signs in from a new country.")
	ben.submit(recordFinding)
	ben.has(".note.good", "The finding is recorded.")
	ben.unfold("callback")
	ben.submit("#callback button")
	ben.has(".note.good", "The call back is recorded.")
	ben.picture("reviewed")

	ben.click(byID("approval.acknowledged.log-review"))
	ben.fill("approval.amount", "100")
	ben.submit(approve)
	ben.refused("approval.acknowledged.credentials", "Objection not acknowledged")
	ben.refused("approval.amount", "only the whole 174.99 USD may be released")
	ben.click(byID("approval.acknowledged.credentials"))
	for text, reason := range map[string]string{"175": "at most 174.99 USD may be released", "1e2": "", "": "required", "-1": ""} {
		ben.fill("approval.amount", text)
		ben.submit(approve)
		ben.refused("approval.amount", reason)
	}
	ben.fill("approval.amount", "174.99")
	ben.submit(`#approval button[value="preview"]`)
	ben.has("#preview", "Preview")
	ben.picture("preview")
	ben.submit(approve)
	ben.has(".note.good", "The refund is approved.")
	ben.has("section:has(> #decision)", "174.99 USD, of 174.99 USD under the guarantee")
	ben.picture("approved")
	eventually(t, patience, "the refund is paid", func() bool {
		ben.open("/cases/SUB-1")
		return strings.Contains(ben.text("section:has(> #decision)"), "Paid")
	})
	ben.picture("paid")
	ben.open("/?state=paid")
	ben.has("main table", "Grace Holloway")
	paid := w.refunds("SUB-1")
	if len(paid) != 1 || paid[0].Units != 17499 || paid[0].State != "succeeded" {
		t.Errorf("refunds at the provider: %+v", paid)
	}
}

func TestRefusalsThatFollowFromTheCase(t *testing.T) {
	t.Parallel()
	w, p := site(t)
	held := asked(subscription("SUB-1", "عبد الرحمن بن محمد الخالدي", 9), time.Hour)
	held.Customer.Reports = []customer.MisuseReport{{ID: "MIS-31", Made: time.Now().AddDate(0, 0, -2).Truncate(time.Second)}}
	w.sell(held)
	w.sell(asked(subscription("SUB-2", "Li", 9), time.Hour))
	w.do("refund", processor.Record{Payment: "pay-SUB-2"})
	eventually(t, patience, "the webhook arrives", func() bool { return len(w.view("SUB-2").Books.OutsideRefunds()) == 1 })
	w.sell(asked(subscription("SUB-3", "Bartholomew Featherstonehaugh-Cholmondeley of the Northern Territories", 9), time.Hour))

	ben := newTab(t, p).signIn(p, "ben")
	ben.has("main table", "On hold")
	ben.open("/cases/SUB-1")
	ben.submit(approve)
	ben.refused("approval.acknowledged.credentials", "On hold until cleared")
	ben.picture("held")

	ben.open("/cases/SUB-2")
	ben.submit(approve)
	ben.refused("approval.amount", "Nothing to refund")
	ben.picture("nothing")

	ben.open("/cases/SUB-3")
	ben.unfold("finding")
	ben.click(byID("severity.blocking"))
	ben.fill("finding.subject", "C-1")
	ben.submit(recordFinding)
	ben.refused("finding.severity", "allowed only for")
	ben.choose("finding.clause", "credentials")
	ben.submit(recordFinding)
	ben.submit(approve)
	ben.refused("approval.acknowledged.credentials", "On hold until cleared")
	ben.picture("held-by-a-finding")
}

func TestTwoTabsAndARefundInTheDashboard(t *testing.T) {
	t.Parallel()
	w, p := site(t)
	w.sell(asked(subscription("SUB-1", "Noor Haddad", 9), time.Hour))
	first := newTab(t, p).signIn(p, "ben")
	first.open("/cases/SUB-1")
	second := first.another(p)
	second.open("/cases/SUB-1")
	second.has(".big", "174.99 USD")
	w.do("refund", processor.Record{Payment: "pay-SUB-1", Units: 5000})
	eventually(t, patience, "the refund of the dashboard arrives", func() bool {
		second.open("/cases/SUB-1")
		return second.text(".big") == "124.99 USD"
	})
	second.open("/cases/SUB-1/books")
	second.has("main", "50.00 USD", "dashboard")
	second.picture("books")

	first.fill("approval.reason", "As the policy says.")
	if status := first.submit(approve); status != 409 {
		t.Errorf("status %d for a stale case", status)
	}
	first.has("#changed", "The case has changed since you opened it", "Already refunded")
	first.picture("stale")
	if kept := eval[string](first, `document.getElementById("approval.reason").value`); kept != "As the policy says." {
		t.Errorf("the input is lost: %q", kept)
	}
	first.fill("approval.amount", "124.99")
	first.submit(approve)
	first.has(".note.good", "The refund is approved.")

	// The other tab shows the case as it was before.
	second.submit(`.tabs a[href="/cases/SUB-1"]`)
	second.has("section:has(> #decision)", "124.99 USD, of 124.99 USD under the guarantee")
	third := second.another(p)
	w.sell(asked(subscription("SUB-2", "Sofia Almeida", 9), time.Hour))
	second.open("/cases/SUB-2")
	third.open("/cases/SUB-2")
	second.submit(approve)
	second.has(".note.good", "The refund is approved.")
	third.unfold("denial")
	third.click("#denial input[type=checkbox]")
	third.fill("denial.reason", "Late.")
	if status := third.submit(decline); status != 409 {
		t.Errorf("status %d for a case that is decided", status)
	}
	third.has("#changed", "This case has been decided")
	third.picture("decided")
}

func TestADifferenceIsReconciled(t *testing.T) {
	t.Parallel()
	w, p := site(t)
	w.sell(asked(subscription("SUB-1", "Hana Sato", 9), time.Hour))
	w.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.Lost: 1}})
	w.do("refund", processor.Record{Payment: "pay-SUB-1", Units: 5000})
	if err := w.Desk.Reconcile(t.Context(), time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	ana := newTab(t, p).signIn(p, "ana")
	ana.submit(`nav a[href="/day"]`)
	ana.has("main", "missing in the books", "50.00 USD")
	ana.picture("difference")
	found, err := w.Desk.Differences(t.Context(), time.Now().UTC())
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	ana.fill("note["+found[0].ID+"]", "Refunded by phone, before the desk knew.")
	ana.submit(".differences button")
	ana.has(".note.good", "The difference is resolved.")
	ana.has(".differences", "Resolved by ana")
	ana.picture("resolved")
	ana.open("/cases/SUB-1")
	ana.has(".big", "124.99 USD")
	ana.open("/audit")
	ana.has("main table", "Resolve")
	ana.picture("audit")
}

func TestDeclineAndGoodwill(t *testing.T) {
	t.Parallel()
	w, p := site(t)
	w.sell(asked(subscription("SUB-1", "Priya Nair", 40), time.Hour))
	w.sell(asked(subscription("SUB-2", "Chloé Dubois", 30), time.Hour))
	ben := newTab(t, p).signIn(p, "ben")

	ben.open("/cases/SUB-1")
	ben.submit(approve)
	ben.refused("approval.amount", "Nothing to refund")
	ben.unfold("denial")
	ben.submit(decline)
	ben.refused("denial.reason", "required")
	ben.picture("decline-refused")
	ben.click(byID("ground.guarantee"))
	ben.fill("denial.reason", "The request came after the window.")
	ben.submit(`#denial button[value="preview"]`)
	ben.has("#preview", "Preview")
	ben.picture("decline-preview")
	ben.submit(decline)
	ben.has(".note.good", "The request is declined.")
	ben.has("section:has(> #decision)", "The request came after the window.", "Guarantee")
	ben.picture("declined")
	ben.submit(`a[href="/cases/SUB-1/letter"]`)
	ben.picture("letter")

	ben.open("/cases/SUB-2")
	ben.unfold("goodwill")
	ben.submit(grant)
	ben.refused("goodwill.charges", "required")
	ben.refused("goodwill.fees", "required")
	ben.refused("goodwill.reason", "required")
	ben.fill("goodwill.charges", "120.00")
	ben.fill("goodwill.fees", "20.00")
	ben.fill("goodwill.software[0].name", "Antivirus")
	ben.fill("goodwill.software[0].price", "29.00")
	ben.fill("goodwill.reason", "The customer was ill.")
	ben.submit(`#goodwill button[value="preview"]`)
	ben.has(".preview .sum", "120.00 USD", "−20.00 USD", "Antivirus −29.00 USD", "71.00 USD")
	ben.picture("goodwill-preview")
	ben.fill("goodwill.software[1].name", "Backup")
	ben.fill("goodwill.software[1].price", "11.00")
	ben.submit(`#goodwill button[value="preview"]`)
	ben.has(".preview .sum", "Backup −11.00 USD", "60.00 USD")
	if n := len(w.refunds("SUB-2")); n > 0 {
		t.Errorf("%d refunds after a preview", n)
	}
	ben.submit(grant)
	ben.has(".note.good", "The goodwill is granted.")
	ben.has("section:has(> #decision)", "60.00 USD", "The customer was ill.")
	ben.picture("granted")
	eventually(t, patience, "the goodwill is paid", func() bool { return len(w.refunds("SUB-2")) == 1 })
	if paid := w.refunds("SUB-2")[0]; paid.Units != 6000 {
		t.Errorf("refund at the provider: %+v", paid)
	}
}

// choose selects an option.
func (b *tab) choose(id, value string) {
	b.t.Helper()
	eval[string](b, "document.getElementById("+quote(id)+").value = "+quote(value))
}
