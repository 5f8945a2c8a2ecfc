package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// Each color of a text of the index has a contrast of at least 4.5:1 to each background.
func TestIndexHasContrast(t *testing.T) {
	style, _, _ := strings.Cut(indexHTML, "</style>")
	light, dark, found := strings.Cut(style, "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("the index has no dark colors")
	}
	dark, _, _ = strings.Cut(dark, "@media print")
	for scheme, css := range map[string]string{"light": light, "dark": dark} {
		colors := func(property string) (list []string) {
			for _, m := range regexp.MustCompile(`[ {]`+property+`: (#[0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
				list = append(list, m[1])
			}
			return list
		}
		texts, grounds := colors("color"), colors("background")
		if len(texts) < 4 || len(grounds) != 2 {
			t.Fatalf("%s: found the texts %v and the backgrounds %v", scheme, texts, grounds)
		}
		for _, text := range texts {
			for _, ground := range grounds {
				if c := testkit.Contrast(text, ground); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.1f", scheme, text, ground, c)
				}
			}
		}
	}
}
