package webvtt

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxNameChars = 60
	maxNameWords = 6
)

// labels are words that stand before a colon and do not name a speaker.
var labels = []string{"time", "date", "duration", "note", "subject", "topic", "url", "http", "https", "email"}

// isName reports whether a text, with single spaces, may name a speaker.
func isName(s string) bool {
	if s == "" || len(s) > maxNameChars*utf8.UTFMax || utf8.RuneCountInString(s) > maxNameChars ||
		strings.Count(s, " ") >= maxNameWords || strings.ContainsAny(s, `?!;"“”„«»<>{}[]=:：`) {
		return false
	}
	letters, numerals := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			numerals++
		case unicode.IsControl(r):
			return false
		}
	}
	if letters == 0 && numerals < 3 { // a telephone number is a name, "10:" is not
		return false
	}
	for _, label := range labels {
		if strings.EqualFold(s, label) {
			return false
		}
	}
	return true
}

// cutName cuts a line into the name of its speaker and the text after the colon. If the
// line does not begin with a name, named is false.
func cutName(line string) (name, text string, named bool) {
	rest := strings.TrimSpace(line)
	for _, mark := range []string{"-", "–", "—", ">>>", ">>"} { // a change of speaker, in captions
		if after, cut := strings.CutPrefix(rest, mark); cut {
			rest = strings.TrimLeft(after, blanks+"\u00a0")
			break
		}
	}
	for _, pair := range []string{"[]", "()"} {
		if inner, cut := strings.CutPrefix(rest, pair[:1]); cut {
			name, after, closed := strings.Cut(inner, pair[1:])
			text, colon := cutColon(strings.TrimLeft(after, blanks+"\u00a0"))
			name = collapse(strings.ReplaceAll(name, "\u00a0", " "))
			return name, text, closed && colon && isName(name)
		}
	}
	end := strings.IndexAny(rest[:min(len(rest), (maxNameChars+2)*utf8.UTFMax)], ":：")
	if end < 0 {
		return "", "", false
	}
	text, colon := cutColon(rest[end:])
	name = collapse(strings.ReplaceAll(rest[:end], "\u00a0", " "))
	return name, text, colon && isName(name)
}

// cutColon cuts a colon and the blanks after it from the beginning of a text. An ASCII
// colon has to be followed by a blank or the end of the text; a full-width one does not.
func cutColon(s string) (text string, cut bool) {
	if text, cut = strings.CutPrefix(s, "："); cut {
		return strings.TrimSpace(text), true
	}
	if text, cut = strings.CutPrefix(s, ":"); !cut {
		return "", false
	}
	if first, _ := utf8.DecodeRuneInString(text); text != "" && !unicode.IsSpace(first) {
		return "", false
	}
	return strings.TrimSpace(text), true
}

// splitNames splits the spans that have no voice at the lines that begin with a name. The
// lines after it belong to the same speaker. A name without any text is text.
func splitNames(spans []Span) []Span {
	var all []Span
	for _, span := range spans {
		if span.Voice != "" {
			all = append(all, span)
			continue
		}
		lines := strings.Split(span.Text, "\n")
		voice, said := "", make([]string, 0, len(lines))
		turn := func() {
			if text := strings.TrimSpace(strings.Join(said, "\n")); text != "" {
				all = append(all, Span{voice, text})
			}
		}
		for i, line := range lines {
			if name, text, named := cutName(line); named && (text != "" || beginsText(lines[i+1:])) {
				turn()
				voice, said = name, append(said[:0], text)
			} else {
				said = append(said, line)
			}
		}
		turn()
	}
	return all
}

// beginsText reports whether the first line that is not blank is text, without a name.
func beginsText(lines []string) bool {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			_, _, named := cutName(line)
			return !named
		}
	}
	return false
}

// nameOfID returns the speaker that the identifier of a cue names, or "". Quoted reports
// the form 1 "Ann Agent" (101).
func nameOfID(id string) (name string, quoted bool) {
	number, rest, _ := cutBlank(strings.Trim(id, blanks))
	rest = strings.TrimLeft(rest, blanks)
	if digits(number, 20) && strings.HasPrefix(rest, `"`) {
		end := strings.LastIndexByte(rest, '"')
		after := strings.TrimLeft(rest[end+1:], blanks)
		if name = collapse(rest[1:max(end, 1)]); name != "" && (after == "" || after[0] == '(' && after[len(after)-1] == ')') {
			return name, true
		}
	}
	if name = collapse(id); isName(name) && strings.ContainsFunc(name, unicode.IsLetter) {
		return name, false
	}
	return "", false
}
