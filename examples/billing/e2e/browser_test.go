package e2e_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var screenshots = flag.String("screenshots", "", "`directory` for pictures of the pages")

// chromium is the one browser of all tests.
var chromium struct {
	sync.Once
	ctx   context.Context
	close func()
	err   error
}

func browser(t *testing.T) context.Context {
	t.Helper()
	chromium.Do(func() {
		program, err := exec.LookPath("chromium")
		if err != nil {
			chromium.err = errors.New("Chromium is not installed: the tests of the pages need it (on Debian: apt-get install chromium)")
			return
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.DisableGPU)
		if os.Geteuid() == 0 { // the sandbox refuses to run as root
			options = append(options, chromedp.NoSandbox)
		}
		allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(allocator)
		chromium.ctx, chromium.close = ctx, func() { cancel(); stop() }
		chromium.err = chromedp.Do(ctx)
	})
	if chromium.err != nil {
		t.Fatal(chromium.err)
	}
	return chromium.ctx
}

func closeChromium() {
	if chromium.close != nil {
		chromium.close()
	}
}

// A tab is a page of the desk in a browser. Its methods fail the test after an error.
type tab struct {
	t    *testing.T
	ctx  context.Context
	url  string // of the desk
	name string // of the pictures
	n    int    // counts the pictures
}

// newTab returns a tab of a new browser profile, where nobody has signed in.
func newTab(t *testing.T, p *program) *tab {
	t.Helper()
	return openTab(t, p, browser(t), chromedp.WithNewBrowserContext())
}

func openTab(t *testing.T, p *program, parent context.Context, options ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent, options...)
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx, url: p.url, name: strings.TrimPrefix(strings.ReplaceAll(t.Name(), "/", "-"), "Test")}
	b.do(chromedp.Steps())
	err := chromedp.Listen(ctx, func(ev any) { // such as parts that the security policy of the page forbids
		if e, ok := ev.(*log.EventEntryAdded); ok && e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			t.Errorf("an error in the browser: %s", e.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b.view(1280, "light")
	return b
}

// another returns a second tab of the same officer.
func (b *tab) another(p *program) *tab {
	b.t.Helper()
	return openTab(b.t, p, b.ctx)
}

// view sets the width of the window and the color scheme.
func (b *tab) view(width int64, scheme string) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, 800), func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return chromedp.Void{}, err
	})
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	if b.n == 0 { // the first call opens the tab, which must not end with a time-out
		b.n++
		ctx = b.ctx
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v\n%s", err, b.where())
	}
}

// eval returns the value of a script on the page.
func eval[T any](b *tab, script string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.t.Fatalf("%v: %s", err, script)
	}
	return value
}

func (b *tab) where() string {
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.pathname + "\n" + (document.querySelector("main") || document.body).innerText.replace(/\\s+/g, " ").slice(0, 400)`))
	if err != nil {
		return err.Error()
	}
	return text
}

// open opens a page, and checks it.
func (b *tab) open(path string) {
	b.t.Helper()
	b.loaded(path, chromedp.Navigate(b.url+path))
}

// submit clicks on a button or a link, and checks the page that follows. It returns its status.
func (b *tab) submit(selector string) int64 {
	b.t.Helper()
	return b.loaded(selector, chromedp.Click(chromedp.CSS(selector)))
}

func (b *tab) loaded(what string, steps ...chromedp.Action[chromedp.Void]) int64 {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	response, err := loaded(ctx, steps...)
	if err != nil {
		b.t.Fatalf("%s: %v\n%s", what, err, b.where())
	}
	b.check()
	return response.Status
}

func loaded(ctx context.Context, steps ...chromedp.Action[chromedp.Void]) (*network.Response, error) {
	response, err := chromedp.RunResponse(ctx, steps...)
	if err == nil && response == nil {
		err = errors.New("no page was loaded")
	}
	return response, err
}

// click clicks on an element of the same page.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

// fill types a text into the control with an id, in place of its text.
func (b *tab) fill(id, text string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(chromedp.CSS(byID(id))), chromedp.Evaluate[chromedp.Void](fmt.Sprintf("document.getElementById(%q).select()", id)))
	if text == "" {
		b.do(chromedp.KeyEvent(kb.Delete))
		return
	}
	b.do(func(ctx context.Context, s *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, s, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	})
}

// quote returns a string of JavaScript.
func quote(s string) string { return strconv.Quote(s) }

func byID(id string) string { return fmt.Sprintf("[id=%q]", id) }

// has reports an error unless the text of an element has all parts.
func (b *tab) has(selector string, parts ...string) {
	b.t.Helper()
	text := b.text(selector)
	for _, part := range parts {
		if !strings.Contains(text, part) {
			b.t.Errorf("%s lacks %q: %q", selector, part, text)
		}
	}
}

// text returns the text of the elements, with spaces between words.
func (b *tab) text(selector string) string {
	b.t.Helper()
	text := eval[string](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.innerText).join(" | ")`, selector))
	return strings.Join(strings.Fields(text), " ")
}

// refused reports an error unless a control has a problem with the text: at the control, and in
// the list at the top, with a link to it.
func (b *tab) refused(id, text string) {
	b.t.Helper()
	b.has(byID(id+".error"), text)
	b.has(fmt.Sprintf("#problems li:has(a[href=%q])", "#"+id), b.text(byID(id+".error")))
	if invalid := eval[bool](b, fmt.Sprintf(`document.getElementById(%q)?.getAttribute("aria-invalid") === "true"`, id)); !invalid {
		b.t.Errorf("%s is not marked as invalid", id)
	}
}

// signIn signs an officer in.
func (b *tab) signIn(p *program, id string) *tab {
	b.t.Helper()
	b.open("/sign-in")
	b.fill("officer", id)
	b.fill("password", p.officers[id].password)
	b.submit("form.panel button")
	b.has("h1", "Queue")
	return b
}

// picture stores a picture of the page, if there is a directory for it.
func (b *tab) picture(name string) {
	b.t.Helper()
	if *screenshots == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(*screenshots, fmt.Sprintf("%s-%02d-%s.png", b.name, b.n, name)), picture, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.n++
}
