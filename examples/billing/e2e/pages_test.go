package e2e_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// looks are the widths and the color schemes in which each page is checked.
var looks = []struct {
	width  int64
	scheme string
}{{1280, "light"}, {1280, "dark"}, {360, "light"}, {360, "dark"}}

// look checks the page in all looks, with all of its parts unfolded.
func (b *tab) look(name string) {
	b.t.Helper()
	for i, x := range looks {
		b.view(x.width, x.scheme)
		b.check()
		b.picture(fmt.Sprint(name, "-", x.width, "-", x.scheme))
		if i == 0 { // the parts with one name fold each other
			b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach((d) => { d.removeAttribute("name"); d.open = true; })`))
			b.check()
		}
	}
	b.view(looks[0].width, looks[0].scheme)
}

// The pages of the program as it starts without flags, with its sample cases.
func TestPagesAreAccessibleAtEveryWidthAndInBothSchemes(t *testing.T) {
	p, err := startProgram(t, "-listen", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.stop(); err != nil {
			t.Errorf("%v\n%s", err, p.log.tail())
		}
	})
	b := newTab(t, p)
	b.open("/sign-in")
	b.look("sign-in")
	b.signIn(p, "ben")
	for _, page := range []struct{ name, path string }{
		{"queue", "/"}, {"paid", "/?state=paid"}, {"failed", "/?state=failed"}, {"declined", "/?state=declined"}, {"find", "/cases"},
		{"open", "/cases/SUB-1002"}, {"long-name", "/cases/SUB-1003"}, {"held", "/cases/SUB-1004"}, {"another-account", "/cases/SUB-1005"},
		{"one-time", "/cases/SUB-1006"}, {"late", "/cases/SUB-1007"}, {"not-asked", "/cases/SUB-1009"},
		{"books", "/cases/SUB-1012/books"}, {"dashboard", "/cases/SUB-1011"}, {"failed-case", "/cases/SUB-1015"}, {"declined-case", "/cases/SUB-1016"},
		{"goodwill", "/cases/SUB-1017"}, {"letter", "/cases/SUB-1017/letter"}, {"day", "/day"}, {"empty-day", "/day?day=2020-01-01"},
		{"audit", "/audit"}, {"missing", "/cases/SUB-9"},
	} {
		b.open(page.path)
		b.look(page.name)
	}
	b.open("/cases/SUB-1008")
	b.fill("approval.amount", "1")
	b.submit(approve)
	b.look("refused")
	b.open("/cases/SUB-1007")
	b.unfold("goodwill")
	b.fill("goodwill.charges", "120")
	b.fill("goodwill.fees", "20")
	b.fill("goodwill.reason", "Ill.")
	b.submit(`#goodwill button[value="preview"]`)
	b.look("preview")
}
