package instant_test

import (
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

var (
	first = time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)
	last  = time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
)

func TestFault(t *testing.T) {
	for reason, r := range map[string]struct {
		at   time.Time
		want string
	}{
		"the zero Time is a missing instant":         {time.Time{}, "is required"},
		"the first instant":                          {first, ""},
		"the last instant":                           {last, ""},
		"before the year 1":                          {first.Add(-2), instant.OutsideYears},
		"after the year 9999":                        {last.Add(1), instant.OutsideYears},
		"the year counts in UTC, wherever the place": {time.Date(10000, 1, 1, 0, 0, 0, 0, time.FixedZone("east", 3600)), ""},
	} {
		if got := instant.Fault(r.at); got != r.want {
			t.Errorf("%s: %q, want %q", reason, got, r.want)
		}
		if got := instant.Of(r.at).Given(); got != (r.want == "") {
			t.Errorf("%s: given is %t", reason, got)
		}
	}
}

func TestOrder(t *testing.T) {
	now := time.Now() // with a monotonic reading
	list := []time.Time{{}, first, time.Unix(5, 0), time.Unix(5, 1), now, last}
	for i, a := range list {
		for j, b := range list {
			if got := instant.Before(a, b); got != (i < j) {
				t.Errorf("%v before %v: %t", a, b, got)
			}
			want := 0
			switch {
			case i < j:
				want = -1
			case i > j:
				want = 1
			}
			if got := instant.Of(a).Compare(instant.Of(b)); got != want {
				t.Errorf("%v compared with %v: %d", a, b, got)
			}
		}
	}
}

func TestParseReadsTheOutputOfAppend(t *testing.T) {
	for _, at := range []time.Time{first, time.Unix(0, 0), time.Unix(5, 120_000_000), last} {
		text := instant.Append(nil, at)
		back, reason := instant.Parse(text)
		if reason != "" || !back.Equal(at) {
			t.Errorf("%s is read as %v: %s", text, back, reason)
		}
	}
}
