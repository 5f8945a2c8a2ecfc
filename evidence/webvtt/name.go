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

var brackets = map[byte]string{'[': "]", '(': ")"}

// isName reports whether a text, with single spaces between words, may name a speaker.
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
	rest := strings.TrimLeftFunc(line, unicode.IsSpace)
	for _, mark := range []string{"-", "–", "—", ">>>", ">>"} { // a change of speaker, in captions
		if after, cut := strings.CutPrefix(rest, mark); cut {
			rest = strings.TrimLeftFunc(after, unicode.IsSpace)
			break
		}
	}
	colon := false
	if closing, bracketed := brackets[first(rest)]; bracketed {
		name, rest, _ = strings.Cut(rest[1:], closing)
		text, colon = cutColon(strings.TrimLeftFunc(rest, unicode.IsSpace))
	} else if end := strings.IndexAny(rest[:min(len(rest), (maxNameChars+2)*utf8.UTFMax)], ":："); end >= 0 {
		name = rest[:end]
		text, colon = cutColon(rest[end:])
	}
	if !colon {
		return "", "", false
	}
	name = collapse(strings.ReplaceAll(name, "\u00a0", " "))
	return name, text, isName(name)
}

// first returns the first byte of a text, or 0.
func first(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// cutColon cuts a colon from the beginning of a text. An ASCII colon has to be followed by
// a blank or the end of the text; a full-width one does not.
func cutColon(s string) (text string, cut bool) {
	if text, cut = strings.CutPrefix(s, "："); cut {
		return text, true
	}
	text, cut = strings.CutPrefix(s, ":")
	next, _ := utf8.DecodeRuneInString(text)
	return text, cut && (text == "" || unicode.IsSpace(next))
}

// splitNames splits the spans without a voice before each line that begins with a name. The
// lines up to the next name belong to the same speaker. A name without any text is text.
func splitNames(spans []Span) []Span {
	var all []Span
	for _, span := range spans {
		if span.Voice != "" {
			all = append(all, span)
			continue
		}
		voice, begin := "", 0 // of the text that was not added to all yet
		add := func(end int) {
			if text := strings.TrimSpace(span.Text[begin:end]); text != "" {
				all = append(all, Span{voice, text})
			}
		}
		for at, end := 0, 0; at < len(span.Text); at = end + 1 {
			if end = strings.IndexByte(span.Text[at:], '\n') + at; end < at {
				end = len(span.Text)
			}
			name, text, named := cutName(span.Text[at:end])
			if named && (strings.TrimSpace(text) != "" || beginsText(span.Text[end:])) {
				add(at)
				voice, begin = name, end-len(text)
			}
		}
		add(len(span.Text))
	}
	return all
}

// beginsText reports whether the first line that is not blank is text, without a name.
func beginsText(lines string) bool {
	line, _, _ := strings.Cut(strings.TrimSpace(lines), "\n")
	_, _, named := cutName(line)
	return line != "" && !named
}

// nameOfID returns the speaker that the identifier of a cue names, or "". quoted reports
// whether the identifier has the form 1 "Ann Agent" (101).
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
