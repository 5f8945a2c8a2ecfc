package main

import (
	"os"
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

func TestInputSize(t *testing.T) {
	info, err := os.Stat("cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		reason string
		names  []string
		want   int64
	}{
		{"the size of two files is their sum", []string{"cases.jsonl", "cases.jsonl"}, 2 * info.Size()},
		{"with standard input the size is unknown", []string{"cases.jsonl", "-"}, 0},
		{"without names it is standard input", nil, 0},
	} {
		in, err := openInputs(row.names, nil)
		if err != nil || in.size != row.want {
			t.Errorf("%s: %v, %v", row.reason, in.size, err)
		}
	}
}
