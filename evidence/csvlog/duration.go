package csvlog

import (
	"strconv"
	"strings"
	"time"
)

// parseDuration reads seconds, minutes and seconds, or hours, minutes and seconds. The
// seconds can have a fraction of up to nine digits.
func parseDuration(text string) (time.Duration, bool) {
	whole, fraction, hasFraction := strings.Cut(text, ".")
	if strings.Count(whole, ":") > 2 {
		return 0, false
	}
	seconds := int64(0)
	for i, part := range strings.Split(whole, ":") {
		n, ok := digits(part, 10)
		if !ok || i > 0 && (len(part) != 2 || n > 59) {
			return 0, false
		}
		seconds = seconds*60 + n
	}
	nanoseconds := int64(0)
	if hasFraction {
		n, ok := digits(fraction, 9)
		if !ok {
			return 0, false
		}
		nanoseconds = n
		for range 9 - len(fraction) {
			nanoseconds *= 10
		}
	}
	if seconds > 1<<31-1 {
		return 0, false
	}
	return time.Duration(seconds)*time.Second + time.Duration(nanoseconds), true
}

// digits reads one to most decimal digits.
func digits(s string, most int) (int64, bool) {
	if s == "" || len(s) > most || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
