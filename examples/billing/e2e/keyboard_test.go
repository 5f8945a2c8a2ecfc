package e2e_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tabTo presses the Tab key until an element has the focus. At each stop, the focus is visible.
func (b *tab) tabTo(selector string) {
	b.t.Helper()
	for range 200 {
		b.do(chromedp.KeyEvent(kb.Tab))
		at := eval[struct {
			Found  bool
			Broken string
		}](b, fmt.Sprintf(`(() => {
			const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
			const name = e.tagName + (e.id && "#" + e.id) + " " + (e.innerText || "").slice(0, 40);
			let broken = "";
			if (e === document.body) return { Found: false, Broken: "" }; // between the last element and the first
			if (!e.matches(":focus-visible")) broken = name + " does not show that it has the focus";
			else if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) broken = name + " has no outline";
			else if (r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) broken = name + " has the focus outside of the window";
			return { Found: e.matches(%q), Broken: broken };
		})()`, selector))
		if at.Broken != "" {
			b.t.Errorf("%s", at.Broken)
		}
		if at.Found {
			return
		}
	}
	b.t.Fatalf("the Tab key does not reach %s\n%s", selector, b.where())
}

func (b *tab) press(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// enterKey presses the Enter key as a keyboard does: the character goes to the element that had
// the focus when the key went down.
func enterKey(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
	p := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", UnmodifiedText: "\r",
		WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13}
	_, err := cdp.Call(ctx, s, input.DispatchKeyEvent, p)
	if err == nil {
		p.Type, p.Text, p.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
		_, err = cdp.Call(ctx, s, input.DispatchKeyEvent, p)
	}
	return chromedp.Void{}, err
}

// enter presses the Enter key, and checks the page that follows.
func (b *tab) enter() {
	b.t.Helper()
	b.loaded("Enter", enterKey)
}

// becomes waits until a condition on the page holds.
func (b *tab) becomes(what, condition string) {
	b.t.Helper()
	eventually(b.t, 20*time.Second, what, func() bool { return eval[bool](b, condition) })
}

func TestARefundByKeyboardAlone(t *testing.T) {
	w, p := site(t)
	w.sell(asked(unreviewed(subscription("SUB-1", "Emma Rossi", 9)), time.Hour))
	b := newTab(t, p)
	b.open("/")
	if at := eval[string](b, "location.pathname"); at != "/sign-in" {
		t.Errorf("nobody has signed in, and the page is %s", at)
	}
	b.tabTo("#officer")
	b.press("ben")
	b.tabTo("#password")
	b.press("a guess")
	b.enter()
	b.refused("officer", "The name or the password is wrong")
	b.picture("denied")
	b.tabTo("#officer")
	b.press("ben") // in place of the name, which the Tab key has selected
	b.tabTo("#password")
	b.press(p.officers["ben"].password)
	b.enter()
	b.has("h1", "Queue")

	// The skip link leads past the navigation.
	b.press(kb.Tab)
	b.becomes("the first stop is a visible skip link", `document.activeElement.matches(".skip") && document.activeElement.getBoundingClientRect().top >= 0`)
	b.picture("skip")
	b.do(enterKey)
	b.becomes("the skip link leads to the content", `document.activeElement.matches("main")`)
	b.tabTo(`main table a[href="/cases/SUB-1"]`)
	b.enter()

	// A refused approval. The list of problems has the focus, and leads to the control.
	b.tabTo(approve)
	b.enter()
	b.refused("approval.acknowledged.log-review", "Objection not acknowledged")
	b.becomes("the list of problems has the focus", `document.activeElement.id === "problems"`)
	b.tabTo("#problems a")
	b.do(enterKey)
	b.becomes("the link in the list leads to the control", `document.activeElement.matches("input[id='approval.acknowledged.log-review']")`)
	b.press(" ")
	b.becomes("the space bar checks the box", `document.activeElement.checked === true`)
	b.tabTo("details:has(> #finding) > summary")
	b.press(" ")
	b.tabTo(byID("finding.clause"))
	b.press("c") // the first clause with the letter
	b.tabTo(byID("severity.satisfied"))
	b.press(kb.ArrowDown)
	b.becomes("the arrow keys choose a result", `document.getElementById("severity.advisory").checked`)
	b.tabTo(recordFinding)
	b.enter()
	b.has(".note.good", "The finding is recorded.")
	b.tabTo(byID("approval.acknowledged.log-review"))
	b.press(" ")
	b.tabTo(`#approval button[value="preview"]`)
	b.enter()
	b.tabTo(approve)
	b.enter()
	b.has(".note.good", "The refund is approved.")
	b.tabTo(".who button")
	b.enter()
	b.has("h1", "Sign in")
	if len(w.refunds("SUB-1")) > 1 {
		t.Error("the refund was paid twice")
	}
}
