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
	var reason string
	if c.Start, reason = parseTime(start); reason == "" && start == before {
		reason = "has no blank after it"
	}
	if reason != "" {
		found.add("start", reason)
	}
	if c.End, reason = parseTime(last); reason == "" && end == after {
		reason = "has no blank before it"
	}
	if reason != "" {
		found.add("end", reason)
	}
	if c.End <= c.Start && !found.has("start") && !found.has("end") {
		found.add("end", "is not after start")
	}
	checkSettings(list, found)
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

var timestamp = regexp.MustCompile(`^(?:(\d{2,}):)?(\d\d):(\d\d)\.(\d{3})$`)

// parseTime reads a timestamp, or returns why it is none.
func parseTime(s string) (t time.Duration, reason string) {
	parts := timestamp.FindStringSubmatch(s)
	switch {
	case parts == nil:
		return 0, "is no time such as 00:01.000 or 01:00:01.000"
	case len(parts[1]) > 5: // eleven years, and far from the end of a Duration
		return 0, "has hours of more than 5 digits"
	case parts[2] > "59" || parts[3] > "59":
		return 0, "has minutes or seconds above 59"
	}
	for i, unit := range []time.Duration{time.Hour, time.Minute, time.Second, time.Millisecond} {
		n, _ := strconv.Atoi(parts[i+1]) // digits, or without hours nothing, which is 0
		t += time.Duration(n) * unit
	}
	return t, ""
}

const percentage = `0*(?:\d{1,2}(?:\.\d+)?|100(?:\.0+)?)%`

// settings are those of the grammar: the value, and how a fault puts that.
var settings = map[string]struct {
	value *regexp.Regexp
	want  string
}{
	"vertical": {whole(`rl|lr`), "rl or lr"},
	"line":     {whole(`(?:-?\d+|` + percentage + `)(?:,(?:start|center|end))?`), "a number or a percentage, and perhaps an alignment, such as -1 or 50%,center"},
	"position": {whole(percentage + `(?:,(?:line-left|center|line-right))?`), "a percentage, and perhaps an alignment, such as 10%,line-left"},
	"size":     {whole(percentage), "a percentage"},
	"align":    {whole(`start|center|end|left|right`), "start, center, end, left or right"},
	"region":   {whole(`.+`), "an id"},
}

func whole(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

// checkSettings finds what is wrong with the settings of a cue.
func checkSettings(list string, found *faults) {
	if strings.Contains(list, arrow) {
		found.add("settings", "have an arrow")
	}
	given := make(map[string]bool, len(settings))
	for s := range strings.FieldsFuncSeq(list, isBlank) {
		name, value, _ := strings.Cut(s, ":")
		setting, known := settings[name]
		switch {
		case !known:
			found.add("settings", "have one that is none of vertical, line, position, size, align, region")
		case given[name]:
			found.add("settings."+name, "is given twice")
		default:
			given[name] = true
			if !setting.value.MatchString(value) {
				found.add("settings."+name, "is not "+setting.want)
			}
		}
	}
}
