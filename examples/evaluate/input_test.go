package main

import (
	"strings"
	"testing"
)

// A missing file is reported before any input is read.
func TestMissingFileIsReportedFirst(t *testing.T) {
	for _, args := range [][]string{{"none.jsonl"}, {"cases.jsonl", "none.jsonl"}, {"-", "none.jsonl"}} {
		in := strings.NewReader(numbered(t, 1) + "\n")
		var out, errs strings.Builder
		if code := run(args, in, &out, &errs); code != exitFailed || !strings.Contains(errs.String(), "none.jsonl") {
			t.Errorf("%q: status %d, stderr %q", args, code, errs.String())
		}
		if out.Len() > 0 || in.Len() == 0 {
			t.Errorf("%q: wrote %q, with %d bytes of input unread", args, out.String(), in.Len())
		}
	}
}
