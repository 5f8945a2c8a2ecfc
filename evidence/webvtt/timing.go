package webvtt

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// timing reads the line with the times and settings of a cue.
func timing(c *Cue, line string, found *faults) {
	before, after, _ := strings.Cut(line, arrow)
	start, end := strings.TrimRight(before, blanks), strings.TrimLeft(after, blanks)
	last, list, _ := cutBlank(end)
	if found.lenient {
		start = strings.TrimLeft(start, blanks)
	}
	c.Start = timeAt("start", start, found)
	if !found.unreadableAt("start") && before == strings.TrimRight(before, blanks) {
		found.depart("start", "has no blank after it")
	}
	c.End = timeAt("end", last, found)
	if !found.unreadableAt("end") && end == after {
		found.depart("end", "has no blank before it")
	}
	if !found.unreadableAt("start") && !found.unreadableAt("end") {
		switch {
		case c.End < c.Start:
			found.add("end", "is not after start")
		case c.End == c.Start:
			found.depart("end", "is not after start")
		}
	}
	checkSettings(list, found)
}

// timeAt reads a time of a cue.
func timeAt(path, s string, found *faults) time.Duration {
	t, exact, reason := parseTime(s)
	if reason != "" {
		found.add(path, reason)
	} else if !exact {
		found.depart(path, timeForm)
	}
	return t
}

// isTiming reports whether a line has two times that a lenient reader accepts.
func isTiming(line string) bool {
	before, after, _ := strings.Cut(line, arrow)
	end, _, _ := cutBlank(strings.TrimLeft(after, blanks))
	if _, _, reason := parseTime(strings.Trim(before, blanks)); reason != "" {
		return false
	}
	_, _, reason := parseTime(end)
	return reason == ""
}

const blanks = " \t" // within a line

func isBlank(r rune) bool { return r == ' ' || r == '\t' }

// cutBlank cuts a text at its first blank.
func cutBlank(s string) (before, after string, cut bool) {
	if i := strings.IndexAny(s, blanks); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

const timeForm = "is not a time such as 00:01.000 or 01:00:01.000"

// parseTime reads a timestamp. Exact reports whether it is in the form of the grammar:
// hours of two digits or more, minutes and seconds of two, and three decimals behind a
// point. Reason says why s is not a timestamp in any form, or is empty.
func parseTime(s string) (t time.Duration, exact bool, reason string) {
	clock, decimals, point := strings.Cut(s, ".")
	exact = point
	if !point {
		clock, decimals, _ = strings.Cut(s, ",")
	}
	minutes, seconds, _ := strings.Cut(clock, ":")
	hours := "00"
	if m, s, three := strings.Cut(seconds, ":"); three {
		hours, minutes, seconds = minutes, m, s
	}
	exact = exact && len(hours) >= 2 && len(minutes) == 2 && len(seconds) == 2 && len(decimals) == 3
	switch {
	case !digits(hours, 1<<20) || !digits(minutes, 2) || !digits(seconds, 2) || !digits(decimals, 9):
		return 0, false, timeForm
	case len(hours) > 5: // eleven years, far below the limit of a Duration
		return 0, false, "has hours of more than 5 digits"
	}
	h, m, sec := number(hours), number(minutes), number(seconds)
	if m > 59 || sec > 59 {
		return 0, false, "has minutes or seconds above 59"
	}
	ms := number((decimals + "00")[:3])
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(sec)*time.Second + time.Duration(ms)*time.Millisecond, exact, ""
}

// digits reports whether s consists of ASCII digits, at least one and at most as many as
// given.
func digits(s string, most int) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != "" && len(s) <= most
}

// number returns the value of a few digits.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

const percentage = `0*(?:\d{1,2}(?:\.\d+)?|100(?:\.0+)?)%`

// settings are the settings of the grammar: a pattern for the value, and its description.
var settings = map[string]struct {
	value *regexp.Regexp
	want  string
}{
	"vertical": {whole(`rl|lr`), "rl or lr"},
	"line":     {whole(`(?:-?\d+|` + percentage + `)(?:,(?:start|center|end))?`), "a number or a percentage, with an optional alignment, such as -1 or 50%,center"},
	"position": {whole(percentage + `(?:,(?:line-left|center|line-right))?`), "a percentage, with an optional alignment, such as 10%,line-left"},
	"size":     {whole(percentage), "a percentage"},
	"align":    {whole(`start|center|end|left|right`), "start, center, end, left or right"},
	"region":   {whole(`.+`), "an id"},
}

func whole(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

// checkSettings warns of wrong settings of a cue. They only affect the layout.
func checkSettings(list string, found *faults) {
	if list == "" {
		return
	}
	if strings.Contains(list, arrow) {
		found.warn("settings", "have an arrow")
	}
	given := make(map[string]bool, len(settings))
	for s := range strings.FieldsFuncSeq(list, isBlank) {
		name, value, _ := strings.Cut(s, ":")
		setting, known := settings[name]
		switch {
		case !known:
			found.warn("settings", "have an unknown setting; allowed are vertical, line, position, size, align and region")
		case given[name]:
			found.warn("settings."+name, "is given twice")
		default:
			given[name] = true
			if !setting.value.MatchString(value) {
				found.warn("settings."+name, "is not "+setting.want)
			}
		}
	}
}
