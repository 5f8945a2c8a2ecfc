package webvtt_test

import (
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// A cue may have a thousand spans, and not more, since each takes more memory than its text.
func TestManyVoicesInACue(t *testing.T) {
	for _, row := range []struct {
		why   string
		spans int
		path  string // of the fault
	}{
		{"a thousand changes of voice", 1000, ""},
		{"one more", 1001, "text"},
		{"many more", 50_000, "text"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			file := "WEBVTT\n\n00:00.000 --> 00:01.000\n" + strings.Repeat("<v Ann>x</v>", row.spans) + "\n"
			for cue, err := range webvtt.Read(strings.NewReader(file), webvtt.Options{}) {
				if row.path == "" && (err != nil || len(cue.Spans) != row.spans) {
					t.Errorf("%d spans, %v", len(cue.Spans), err)
				}
				if row.path != "" {
					testkit.WantPaths(t, err, row.path)
				}
			}
		})
	}
}

// A thousand tags may be open at a time.
func TestManyOpenTagsInACue(t *testing.T) {
	for _, row := range []struct {
		why  string
		tags int
		path string // of the fault
	}{
		{"a thousand open tags", 1000, ""},
		{"one more", 1001, "text"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			file := "WEBVTT\n\n00:00.000 --> 00:01.000\n" + strings.Repeat("<b>", row.tags) + "x" + strings.Repeat("</b>", row.tags) + "\n"
			var reasons string
			for _, err := range webvtt.Read(strings.NewReader(file), webvtt.Options{}) {
				if err != nil {
					reasons += err.Error()
				}
			}
			if (row.path != "") != strings.Contains(reasons, "has more than 1000 open tags") || row.path == "" && reasons != "" {
				t.Errorf("got %q", reasons)
			}
		})
	}
}
