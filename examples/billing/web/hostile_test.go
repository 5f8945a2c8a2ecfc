package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Texts that try to become markup, and to change the direction or the lines of the page. Ids
// have no control characters, since the library refuses them.
const (
	hostileID   = `"'><script>x()</script><img src=x onerror=x()></textarea></title>{{.}}&lt;b&gt;` + "\u0645"
	hostileText = "\u202e\u2066\u200f\u2028\x01\x07\r\n" + hostileID
)

// filled returns a desk whose cases have a text in every field, and its officer. id and text
// are put at the end of every field of their kind.
func filled(id, text string) (*memory, desk.Officer) {
	m := sample()
	by := desk.Officer{ID: "ops-3" + id, Name: "Inés" + text, Limit: usd("500.00")}
	m.policy.Version = "1"
	name := text[:min(len(text), 90)] // a letter has room for 100 characters
	open := subscription("A"+id, "Maria"+name, usd("100.00")).asked(march(10, 10, 0), "Slow"+text).issue("T-1"+id, march(3, 9, 0))
	open.Customer.Email = "m@example.com" + text
	open.Subscription.Service.Code = "remote" + id
	open.Request.By, open.Request.RecordedBy = "ACC-9"+id, "ops-1"+id
	open.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "T-1" + id, Detail: "No record" + text},
		{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityBlocking, Subject: "ACC-9" + id, Detail: "Unknown" + text}}
	open.Customer.Reports = []customer.MisuseReport{{ID: "R-1" + id, Made: march(9, 9, 0)}}
	open.log.Chats = []evidence.Chat{{Header: evidence.Header{ID: "CH-1" + id, Account: open.Subscription.Account, Issues: []string{"T-1" + id, "T-99" + id}, Start: march(5, 9, 0), End: march(5, 10, 0)}},
		{Header: evidence.Header{ID: "CH-2" + id, Account: "ACC-7" + id, Start: march(5, 9, 0), End: march(5, 10, 0)}}}
	open.log.Calls[0].Media = []evidence.Media{{Name: "a.ogg", Size: 1, SHA256: strings.Repeat("0", 64), Type: "audio/ogg"}}
	books, err := ledger.New("A"+id, usd("100.00"), ledger.Payment{ID: "p1" + id, At: march(1, 9, 0), Amount: usd("60.00"), Method: "visa" + text},
		ledger.Payment{ID: "p2" + id, At: march(1, 9, 1), Amount: usd("40.00"), Method: "visa" + text})
	books = must(books, err)
	books = must(books.RecordRefund(ledger.OutsideRefund{ID: "re1" + id, At: march(8, 9, 0), Amount: usd("10.00"), Payment: "p1" + id, Reason: "dashboard" + text}))
	books = must(books.RecordDispute(ledger.Dispute{ID: "dp1" + id, Payment: "p1" + id, Amount: usd("70.00"), At: march(9, 9, 0)}))
	open.books = must(books.RecordReversal(ledger.Reversal{ID: "rv1" + id, Payment: "p2" + id, Amount: usd("5.00"), At: march(9, 9, 0)}))
	decided := subscription("B"+id, "Noor"+name, usd("80.00")).asked(march(10, 10, 0), "Moved"+text).reviewed().issue("T-2"+id, march(3, 9, 0))
	unasked := subscription("C"+id, "Greta"+name, usd("80.00"))
	m.files = []*file{open, decided, unasked}
	m.audit = nil
	v, err := m.View(context.Background(), "B"+id)
	if err == nil {
		_, err = m.Decide(context.Background(), by, "B"+id, decision.Proposal{Outcome: v.Outcome.Digest(), Approval: &decision.Approval{Amount: v.Outcome.Refundable, Reason: "As the policy says" + text}})
	}
	if err != nil {
		panic(err)
	}
	m.note(by, "A"+id, "approve", nil, "held"+text)
	for i := range m.diffs {
		m.diffs[i].Subscription, m.diffs[i].Difference.ID, m.diffs[i].By = "A"+id, "re2"+id, "ops-3"+id
	}
	return m, by
}

// shape returns the elements of a tree and their attributes, without texts and values.
func shape(doc *html.Node) string {
	var b strings.Builder
	for e := range all(doc) {
		b.WriteString(e.Data)
		for _, a := range e.Attr {
			b.WriteString(" " + a.Key)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestHostileTextsNeverBecomeMarkup compares the trees of pages with hostile and plain texts.
func TestHostileTextsNeverBecomeMarkup(t *testing.T) {
	hostile, plain := newSite(t), newSite(t)
	hostile.desk, hostile.officer = filled(hostileID, hostileText)
	plain.desk, plain.officer = filled("-", "-")
	input := func(s string) string {
		values := url.Values{}
		for name := range strings.FieldsSeq(`approval.amount approval.reason approval.acknowledged goodwill.charges goodwill.fees goodwill.reason software.name software.price
			denial.grounds denial.reason finding.clause finding.severity finding.subject finding.detail request.called_back request.at request.channel request.by request.reason
			answer.cooperation seen do day note[2] note[1]`) {
			values.Set(name, s)
		}
		values.Set("request.by", s+"\n") // refused with each of the texts
		return values.Encode()
	}
	for _, r := range []struct{ method, path, id, rest string }{
		{"GET", "/", "", ""}, {"GET", "/?state=paying", "", ""}, {"GET", "/audit", "", ""}, {"GET", "/day", "", ""},
		{"GET", "/cases?id=", "D", ""}, {"GET", "/cases/", "A", ""}, {"GET", "/cases/", "B", ""}, {"GET", "/cases/", "C", ""},
		{"GET", "/cases/", "A", "/books"}, {"GET", "/cases/", "B", "/books"}, {"GET", "/cases/", "D", ""},
		{"POST", "/cases/", "A", "/approval"}, {"POST", "/cases/", "A", "/goodwill"}, {"POST", "/cases/", "A", "/denial"},
		{"POST", "/cases/", "A", "/finding"}, {"POST", "/cases/", "A", "/callback"}, {"POST", "/cases/", "C", "/request"},
		{"POST", "/cases/", "B", "/denial"}, {"POST", "/day/2", "", ""}, {"GET", "/cases/", "A", "/timeline.svg"}, {"GET", "/cases/", "B", "/letter"},
	} {
		visit := func(s *site, id, text string) (int, *html.Node) {
			path := r.path
			if r.id != "" {
				path += url.PathEscape(r.id + id)
			}
			form := ""
			if r.method == "POST" {
				form = input(text)
				if v, err := s.desk.View(t.Context(), r.id+id); err == nil {
					form += "&shown=" + v.Outcome.Digest().String()
				}
			}
			w := s.send(r.method, path+r.rest, form)
			return w.Code, parse(t, w.Body.String())
		}
		status, doc := visit(hostile, hostileID, hostileText)
		plainStatus, plainDoc := visit(plain, "-", "-")
		name := r.method + " " + r.path + r.id + r.rest
		if status != plainStatus || status >= 500 {
			t.Errorf("%s: status %d, with plain texts %d", name, status, plainStatus)
		}
		if strings.HasSuffix(r.rest, ".svg") || strings.HasSuffix(r.rest, "/letter") {
			for e := range all(doc, "script", "img", "textarea") {
				t.Errorf("%s: %s in a document", name, e.Data)
			}
			continue
		}
		if got, want := shape(doc), shape(plainDoc); got != want {
			t.Errorf("%s: the texts have become markup:\n%s", name, difference(got, want))
		}
		for _, wrong := range rules(doc) {
			if status != http.StatusSeeOther { // which has no page
				t.Errorf("%s: %s", name, wrong)
			}
		}
		for d := range doc.Descendants() {
			controls := strings.ContainsFunc(strings.Trim(d.Data, "\n"), func(r rune) bool {
				return unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) && r != '\n' || r == '\u2028'
			})
			if d.Type == html.TextNode && controls && d.Parent.Data != "textarea" && d.Parent.Data != "pre" {
				t.Errorf("%s: a control character in %q", name, d.Data)
			}
		}
	}
}

func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + ", not " + b[i]
		}
	}
	return "one of them is longer"
}

// TestNamesHaveADirectionOfTheirOwn makes sure that an Arabic name does not move the id beside it.
func TestNamesHaveADirectionOfTheirOwn(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/cases/SUB-1003", "/cases/SUB-1003/books"} {
		for d := range parse(t, s.send("GET", path, "").Body.String()).Descendants() {
			if d.Type == html.TextNode && strings.ContainsFunc(d.Data, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) && d.Parent.Data != "bdi" && d.Parent.Data != "title" {
				t.Errorf("%s: %q is in %s", path, d.Data, d.Parent.Data)
			}
		}
	}
}

// TestEveryLinkLeadsSomewhere follows the links from the queue, also to ids with every character
// that means something in an address.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	s := newSite(t)
	odd := subscription("a/b?c#d%20 e&f;g=+", "Odd", usd("10.00")).asked(march(10, 10, 0), "x")
	s.desk.files = append(s.desk.files, odd)
	seen, queue := map[string]bool{}, []string{"/"}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] || strings.HasPrefix(path, "/sign-") || strings.HasPrefix(path, "/day?") {
			continue
		}
		seen[path] = true
		w := s.send("GET", path, "")
		if w.Code != 200 {
			t.Errorf("%s: status %d", path, w.Code)
		}
		for e := range all(parse(t, w.Body.String()), "a", "img", "iframe", "link") {
			to := attr(e, "href") + attr(e, "src")
			if strings.HasPrefix(to, "/") {
				queue = append(queue, to)
			}
		}
	}
	if want := "/cases/" + url.PathEscape(odd.Subscription.ID) + "/books"; !seen[want] {
		t.Errorf("%s was not found", want)
	}
	if n := len(s.desk.files); len(seen) < 3*n {
		t.Errorf("only %d addresses for %d cases", len(seen), n)
	}
}
