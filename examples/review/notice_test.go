package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// problemsSay is the text on standard error beside a note or a picture of a folder.
var problemsSay = map[string]string{
	"sample":            "",
	"testdata/problems": "review: 29 problems in the folder; the report lists them\n",
}

// A note has the figures of the report.
func TestNote(t *testing.T) {
	for _, f := range folders {
		t.Run(f.why, func(t *testing.T) {
			code, out, errs := reviewed(t, "-note", f.dir)
			if code != f.code || errs != problemsSay[f.dir] {
				t.Fatalf("status %d, %s", code, errs)
			}
			golden(t, f.name+".note.golden.txt", out)
			words := strings.Join(strings.Fields(out), " ")
			figures := decoded(t, f.dir).Figures
			for _, part := range []string{
				figures.Logged.Amount + " USD with all resolutions",
				figures.Supported.Amount + " USD with",
				figures.Corroborated.Amount + " USD with",
			} {
				if !strings.Contains(words, part) {
					t.Errorf("no %q in\n%s", part, out)
				}
			}
		})
	}
}

// A picture is one SVG document. Only the company sees it, so it has the amounts of a case on
// hold.
func TestPicture(t *testing.T) {
	for _, f := range folders {
		t.Run(f.why, func(t *testing.T) {
			code, out, errs := reviewed(t, "-picture", f.dir)
			if code != f.code || errs != problemsSay[f.dir] {
				t.Fatalf("status %d, %s", code, errs)
			}
			if !strings.HasPrefix(out, "<svg ") {
				t.Errorf("the picture begins with %.40q", out)
			}
			if amount := "$" + decoded(t, f.dir).Figures.Logged.Amount; !strings.Contains(out, amount) {
				t.Errorf("no %s in the picture", amount)
			}
			for d := xml.NewDecoder(strings.NewReader(out)); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
