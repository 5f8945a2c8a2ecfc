package web_test

import (
	"crypto/sha256"
	"encoding/base64"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestContrast(t *testing.T) {
	css, err := os.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there is no dark palette")
	}
	for name, block := range map[string]string{"light": light, "dark": dark[:strings.Index(dark, "*, ::before")]} {
		color := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(block, -1) {
			color[m[1]] = m[2]
		}
		if len(color) != 16 {
			t.Errorf("%s: %d colors, want 16", name, len(color))
		}
		for _, r := range []struct {
			texts, grounds string
			least          float64
		}{
			{"ink muted accent good warn bad", "page paper sunk", 4.5},
			{"accent-ink", "accent", 4.5},
			{"accent", "accent-soft", 4.5},
			{"good", "good-soft", 4.5},
			{"warn", "warn-soft", 4.5},
			{"bad", "bad-soft", 4.5},
			{"ink", "good-soft warn-soft bad-soft accent-soft", 4.5},
			{"edge accent bad", "page paper", 3}, // borders of controls, and the focus
		} {
			for text := range strings.FieldsSeq(r.texts) {
				for ground := range strings.FieldsSeq(r.grounds) {
					if got := testkit.Contrast(color[text], color[ground]); got < r.least {
						t.Errorf("%s: %s on %s has a contrast of %.2f", name, text, ground, got)
					}
				}
			}
		}
	}
	for _, m := range regexp.MustCompile(`(?:color|background): (#[0-9a-f]+|[a-z]+\()`).FindAllStringSubmatch(string(css), -1) {
		if m[1] != "#000000" { // for print
			if !strings.HasPrefix(m[1], "var(") {
				t.Errorf("the color %s is not in the palette", m[1])
			}
		}
	}
}

func TestTheStyleHasNoOtherSource(t *testing.T) {
	css, err := os.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"url(", "@import", "expression"} {
		if strings.Contains(string(css), word) {
			t.Errorf("the stylesheet has %s", word)
		}
	}
}

func TestPolicies(t *testing.T) {
	s := newSite(t)
	const page = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	for _, path := range []string{"/", "/cases/SUB-1001", "/day", "/nowhere", "/cases?id=x"} {
		if got := s.send("GET", path, "").Header().Get("Content-Security-Policy"); got != page {
			t.Errorf("%s: policy %q", path, got)
		}
	}
	for _, path := range []string{"/cases/SUB-1009/letter", "/cases/SUB-1001/letter?as=approval&approval.amount=174.99", "/cases/SUB-1001/timeline.svg"} {
		w := s.send("GET", path, "")
		policy := w.Header().Get("Content-Security-Policy")
		style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(w.Body.String())
		if style == nil {
			style = []string{"", ""}
		}
		sum := sha256.Sum256([]byte(style[1]))
		for _, want := range []string{"default-src 'none'", "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';", "frame-ancestors 'self'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy lacks %s: %s", path, want, policy)
			}
		}
		if w.Code != 200 || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: status %d, policy %s", path, w.Code, policy)
		}
	}
}
