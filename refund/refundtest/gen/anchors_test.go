package gen

import (
	"slices"
	"testing"
	"time"
)

// Cases happen around the changes of clocks, which no draw tells from other instants.
func TestAnchors(t *testing.T) {
	for _, c := range []struct {
		reason, place string
		year          int
		want          []string // between the ordinary Monday and the end of a leap year
	}{
		{"no clock ever changes", "UTC", 2024, nil},
		{"nor does it here", "Asia/Kathmandu", 2024, nil},
		{"on in March, back in November", "America/New_York", 2024, []string{"2024-03-10T07:00:00Z", "2024-11-03T06:00:00Z"}},
		{"back before on", "America/Santiago", 2024, []string{"2024-04-07T03:00:00Z", "2024-09-08T04:00:00Z"}},
		{"a day that was left out, on its first instant", "Pacific/Apia", 2011, []string{"2011-04-02T14:00:00Z", "2011-09-24T14:00:00Z", "2011-12-30T10:00:00Z"}},
	} {
		loc, err := time.LoadLocation(c.place)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		list := anchors(loc, c.year)
		for _, at := range list[1 : len(list)-1] {
			got = append(got, at.UTC().Format(time.RFC3339))
		}
		if !slices.Equal(got, c.want) || c.reason == "" {
			t.Errorf("%s: %s, want %s", c.reason, got, c.want)
		}
	}
}
