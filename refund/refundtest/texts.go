package refundtest

import (
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// instant returns an instant as text in its own location.
func instant(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	if t.Second() == 0 && t.Nanosecond() == 0 {
		return t.Format("2006-01-02 15:04 MST")
	}
	return t.Format("2006-01-02 15:04:05.999999999 MST")
}

// quoted quotes a text of any length, and cuts off a long one.
func quoted(s string) string {
	const longest = 60
	if len(s) > longest {
		return strconv.Quote(strings.ToValidUTF8(s[:longest], "")) + "…"
	}
	return strconv.Quote(s)
}

func findingText(f refund.Finding) string {
	text := f.Clause.String() + " " + f.Severity.String()
	for _, part := range [...]string{f.Subject, f.Detail} {
		if part != "" {
			text += " " + quoted(part)
		}
	}
	return text
}

// missing returns the findings of list that other does not have, or has less often.
func missing(list, other []refund.Finding) (found []refund.Finding) {
	count := map[refund.Finding]int{}
	for _, f := range other {
		count[f]++
	}
	for _, f := range list {
		if count[f]--; count[f] < 0 {
			found = append(found, f)
		}
	}
	return found
}
