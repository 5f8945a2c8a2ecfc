package inputs

import (
	"bytes"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgressText(t *testing.T) {
	for _, row := range []struct {
		reason            string
		cases, read, size int64
		want              string
	}{
		{"of a file: the part that was read", 1200, 25, 100, " 25 %  1200 cases"},
		{"of standard input, whose size is unknown: the number of cases", 7, 25, 0, "7 cases"},
		{"a file that grew during the work is at most complete", 7, 300, 100, "100 %  7 cases"},
	} {
		if got := progress(row.cases, row.read, row.size); got != row.want {
			t.Errorf("%s: %q, want %q", row.reason, got, row.want)
		}
	}
}

func TestProgressAfterOneSecond(t *testing.T) {
	for _, row := range []struct {
		reason string
		takes  time.Duration
		want   string
	}{
		{"work of less than a second shows no progress", 900 * time.Millisecond, ""},
		{"two updates, and an empty line at the end", 2500 * time.Millisecond,
			"\r\x1b[K3 cases" + "\r\x1b[K3 cases" + "\r\x1b[K"},
	} {
		synctest.Test(t, func(t *testing.T) { // with a fake clock
			var done atomic.Int64
			done.Store(3)
			var shown bytes.Buffer
			stop := (&Inputs{}).ShowProgress(&shown, &done)
			time.Sleep(row.takes)
			stop()
			if shown.String() != row.want {
				t.Errorf("%s: %q", row.reason, shown.String())
			}
		})
	}
}
