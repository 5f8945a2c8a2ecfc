package web_test

import (
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// parse returns the tree of a page.
func parse(t *testing.T, body string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// all returns the elements with one of the names, or all elements.
func all(n *html.Node, names ...string) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && (names == nil || slices.Contains(names, d.Data)) && !yield(d) {
				return
			}
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text returns the text of an element, with single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func byID(n *html.Node, id string) *html.Node {
	for e := range all(n) {
		if attr(e, "id") == id {
			return e
		}
	}
	return nil
}

// elements are those that a page may have. Others come from a text that became markup.
var elements = strings.Fields(`html head meta title link body a header div p nav ul li form span bdi button main h1 h2 h3 h4 dl dt dd
	table caption thead tbody tr th td time section details summary input label select option textarea fieldset legend strong
	img iframe pre`)

var attributes = strings.Fields(`lang charset name content rel href class id action method type value for role tabindex autofocus scope
	datetime data-label aria-label aria-current aria-labelledby aria-describedby aria-invalid src alt title sandbox open checked selected
	rows inputmode autocomplete autocapitalize spellcheck`)

// rules returns what is wrong with a page for people who hear it, see it enlarged, or use a
// keyboard, and what its policy would not allow.
func rules(doc *html.Node) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	ids := map[string]bool{}
	for e := range all(doc) {
		if !slices.Contains(elements, e.Data) {
			say("element %s", e.Data)
		}
		for _, a := range e.Attr {
			if !slices.Contains(attributes, a.Key) {
				say("attribute %s of %s", a.Key, e.Data)
			}
			if (a.Key == "href" || a.Key == "src" || a.Key == "action") && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") {
				say("%s leads to %s", e.Data, a.Val)
			}
		}
		if id := attr(e, "id"); id != "" {
			if ids[id] {
				say("the id %s occurs twice", id)
			}
			ids[id] = true
		}
	}
	labels := map[string]string{}
	for l := range all(doc, "label") {
		labels[attr(l, "for")] = text(l)
		if !ids[attr(l, "for")] {
			say("the label %q has no control", text(l))
		}
	}
	heading, h1s, mains, navs := 0, 0, 0, map[string]bool{}
	for e := range all(doc) {
		for _, key := range []string{"aria-describedby", "aria-labelledby"} {
			for id := range strings.FieldsSeq(attr(e, key)) {
				if !ids[id] {
					say("%s of %s names %s, which is not there", key, e.Data, id)
				}
			}
		}
		switch e.Data {
		case "h1", "h2", "h3", "h4":
			level := int(e.Data[1] - '0')
			if attr(e, "id") == "" && attr(e.Parent, "role") == "alert" {
				break // a message stands before the title of the page
			}
			if level > heading+1 {
				say("%s %q follows a heading of level %d", e.Data, text(e), heading)
			}
			if heading = level; level == 1 {
				h1s++
			}
			if text(e) == "" {
				say("an empty %s", e.Data)
			}
		case "main":
			mains++
		case "nav":
			if l := attr(e, "aria-label"); l == "" || navs[l] {
				say("a nav without a label of its own: %q", l)
			}
			navs[attr(e, "aria-label")] = true
		case "input", "select", "textarea":
			if attr(e, "type") != "hidden" && labels[attr(e, "id")] == "" {
				say("the control %s has no label", attr(e, "name"))
			}
		case "button", "a", "summary", "legend", "caption", "label", "title", "th":
			if text(e) == "" {
				say("an empty %s", e.Data)
			}
			if href, err := url.PathUnescape(attr(e, "href")); strings.HasPrefix(href, "#") && (err != nil || !ids[href[1:]]) {
				say("the link %q leads to %s, which is not there", text(e), href)
			}
			if e.Data == "th" && attr(e, "scope") == "" {
				say("the header %q has no scope", text(e))
			}
		case "img":
			if attr(e, "alt") == "" {
				say("an image without a text")
			}
		case "iframe":
			if attr(e, "title") == "" || !slices.ContainsFunc(e.Attr, func(a html.Attribute) bool { return a.Key == "sandbox" && a.Val == "" }) {
				say("an iframe without a title or a sandbox")
			}
		case "fieldset", "table", "details":
			first := map[string]string{"fieldset": "legend", "table": "caption", "details": "summary"}[e.Data]
			if n := slices.Collect(all(e, first)); len(n) == 0 {
				say("a %s without a %s", e.Data, first)
			}
		case "form":
			if m := attr(e, "method"); m != "post" && m != "get" {
				say("a form without a method")
			}
		case "body":
			skip := slices.Collect(all(e, "a"))
			if len(skip) == 0 || attr(skip[0], "href") != "#main" {
				say("the first link does not skip to the content")
			}
		}
	}
	if h1s != 1 || mains != 1 {
		say("%d h1 and %d main", h1s, mains)
	}
	return wrong
}

// TestTheRulesFindMistakes makes sure that the rules can fail.
func TestTheRulesFindMistakes(t *testing.T) {
	const start = `<!DOCTYPE html><html><body><a href="#main">Skip</a><main id="main"><h1>T</h1>`
	for _, r := range []struct{ reason, page, want string }{
		{"a sound page has no mistake", start, ""},
		{"a script is not allowed", start + `<script>x()</script>`, "element script"},
		{"a style in the page is refused by its policy", start + `<p style="color:red">x</p>`, "attribute style of p"},
		{"a handler is a script", start + `<a href="/" onclick="x()">x</a>`, "attribute onclick of a"},
		{"an address may lead to a script", start + `<a href="javascript:x()">x</a>`, "a leads to javascript:x()"},
		{"a placeholder is not a label", start + `<input name="n" title="x">`, "the control n has no label"},
		{"a label needs its control", start + `<label for="n">N</label>`, `the label "N" has no control`},
		{"two elements must not share an id", start + `<p id="a"></p><p id="a"></p>`, "the id a occurs twice"},
		{"a description must be on the page", start + `<p aria-describedby="a">x</p>`, "aria-describedby of p names a, which is not there"},
		{"a page has one title", start + `<h1>U</h1>`, "2 h1 and 1 main"},
		{"a level of headings is not left out", start + `<h3>U</h3>`, `h3 "U" follows a heading of level 1`},
		{"a picture has a text", start + `<img src="/x">`, "an image without a text"},
		{"a table has a caption", start + `<table><tbody><tr><td>x</td></tr></tbody></table>`, "a table without a caption"},
		{"a header has a scope", start + `<table><caption>c</caption><tbody><tr><th>x</th></tr></tbody></table>`, `the header "x" has no scope`},
		{"a letter in a frame has no rights", start + `<iframe title="x" src="/x"></iframe>`, "an iframe without a title or a sandbox"},
		{"a group of choices has a legend", start + `<fieldset></fieldset>`, "a fieldset without a legend"},
		{"a link leads somewhere", start + `<a href="#x">x</a>`, `the link "x" leads to #x, which is not there`},
	} {
		if got := strings.Join(rules(parse(t, r.page)), "; "); got != r.want {
			t.Errorf("%s: got %q, want %q", r.reason, got, r.want)
		}
	}
}

// TestEveryPagePassesTheRules visits each page in each state that it has.
func TestEveryPagePassesTheRules(t *testing.T) {
	s := newSite(t)
	empty := newSite(t)
	empty.desk = &memory{policy: s.desk.policy, now: s.desk.now}
	visits := []struct {
		reason string
		site   *site
		method string
		path   string
		form   string
		status int
	}{
		{"open cases", s, "GET", "/", "", 200},
		{"cases that are paid", s, "GET", "/?state=paid", "", 200},
		{"cases whose payout failed", s, "GET", "/?state=failed", "", 200},
		{"no open cases", empty, "GET", "/", "", 200},
		{"no failed cases", empty, "GET", "/?state=failed", "", 200},
		{"the form to find a subscription", s, "GET", "/cases", "", 200},
		{"a subscription that is not there", s, "GET", "/cases?id=SUB-1", "", 404},
		{"a case without a request", s, "GET", "/cases/SUB-2000", "", 200},
		{"books without refunds", s, "GET", "/cases/SUB-2000/books", "", 200},
		{"books with a refund outside the desk and a dispute", s, "GET", "/cases/SUB-1004/books", "", 200},
		{"books with a refund", s, "GET", "/cases/SUB-1009/books", "", 200},
		{"an action that was done", s, "GET", "/cases/SUB-1001?done=finding", "", 200},
		{"differences", s, "GET", "/day", "", 200},
		{"a difference that needs a note", s, "POST", "/day/2", "", 422},
		{"no differences", empty, "GET", "/day?day=2026-03-01", "", 200},
		{"entries of the audit trail", s, "GET", "/audit", "", 200},
		{"no entries of the audit trail", empty, "GET", "/audit", "", 200},
		{"no later entries", s, "GET", "/audit?after=900", "", 200},
		{"a page that does not exist", s, "GET", "/nowhere", "", 404},
		{"a decision that is refused", s, "POST", "/cases/SUB-1002/approval", "approval.amount=999&do=decide", 422},
		{"a preview", s, "POST", "/cases/SUB-1001/approval", "approval.amount=174.99&do=preview", 200},
		{"a preview of a goodwill", s, "POST", "/cases/SUB-1001/goodwill", "goodwill.charges=50&goodwill.fees=0&software.name=A&software.price=1&goodwill.reason=r&do=preview", 200},
		{"a goodwill with every fault", s, "POST", "/cases/SUB-1001/goodwill", "goodwill.charges=x&software.name=&software.price=y&do=decide", 422},
		{"a denial with every fault", s, "POST", "/cases/SUB-1001/denial", "denial.grounds=ticket&do=decide", 422},
		{"a finding with every fault", s, "POST", "/cases/SUB-1001/finding", "", 422},
		{"a call back without a time", s, "POST", "/cases/SUB-1001/callback", "request.called_back=", 422},
		{"a request with every fault", s, "POST", "/cases/SUB-2000/request", "", 422},
		{"a form of another outcome", s, "POST", "/cases/SUB-1001/approval", "shown=00&approval.amount=174.99&do=decide", 409},
		{"a second decision", s, "POST", "/cases/SUB-1009/denial", "denial.reason=r&do=decide", 409},
	}
	for _, f := range s.desk.files {
		visits = append(visits, visits[0])
		v := &visits[len(visits)-1]
		v.reason, v.path = "the case of "+f.Subscription.ID, "/cases/"+f.Subscription.ID
	}
	for _, v := range visits {
		w := v.site.send(v.method, v.path, v.form)
		if w.Code != v.status {
			t.Errorf("%s: status %d, want %d", v.reason, w.Code, v.status)
		}
		for _, wrong := range rules(parse(t, w.Body.String())) {
			t.Errorf("%s: %s", v.reason, wrong)
		}
	}
	for _, message := range []string{"", "The name or the password is wrong."} {
		w := signIn(message, http.StatusOK)
		for _, wrong := range rules(parse(t, w.Body.String())) {
			t.Errorf("sign-in with the message %q: %s", message, wrong)
		}
	}
}
