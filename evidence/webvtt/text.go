package webvtt

import (
	"html"
	"slices"
	"strings"
	"time"
	"unicode"
)

// spans reads the payload of a cue. With names, a tag that is a name begins a voice.
func spans(c *Cue, payload string, names bool, found *faults) []Span {
	if strings.Contains(payload, arrow) {
		found.depart("text", "has an arrow")
	}
	p := payloadReader{cue: c, found: found, names: names, reached: c.Start}
	for {
		text, rest, tagged := strings.Cut(payload, "<")
		p.said.WriteString(html.UnescapeString(text))
		if !tagged {
			break
		}
		end := strings.IndexAny(rest, ">\n")
		if end < 0 || rest[end] == '\n' {
			p.found.depart("text", "has a < without a > on the same line")
			if end < 0 {
				end = len(rest)
			}
			// The rest of the line is text, with every < in it. Looking for the end of each
			// would take quadratic time.
			p.said.WriteString(html.UnescapeString("<" + rest[:end]))
			payload = rest[end:]
			continue
		}
		p.tag(rest[:end])
		payload = rest[end+1:]
	}
	for _, name := range p.open {
		if name != "v" { // the end of the cue closes a voice
			p.found.depart("text", "has a <"+name+"> that is not closed")
		}
	}
	p.turn("")
	return p.spans
}

// A payloadReader holds the state at one place of a payload.
type payloadReader struct {
	cue      *Cue
	found    *faults
	names    bool // a tag that is a name begins a voice
	spans    []Span
	said     strings.Builder // since the voice began or ended
	voice    string
	speaking bool          // inside a <v>; there is never more than one
	open     []string      // the open tags, outermost first
	reached  time.Duration // the start of the cue, or the last timestamp
}

// maxSpans is the largest number of spans in a cue. It bounds the memory: a span takes far
// more memory than the few bytes that it can have in the file.
const maxSpans = 1000

// maxOpen is the largest number of tags that are open at a time.
const maxOpen = 1000

// turn ends a span and begins one of another voice.
func (p *payloadReader) turn(voice string) {
	switch text := strings.TrimSpace(p.said.String()); {
	case text == "":
	case len(p.spans) == maxSpans:
		p.found.add("text", "has more than 1000 changes of voice")
	default:
		p.spans = append(p.spans, Span{p.voice, text})
	}
	p.said.Reset()
	p.voice = voice
}

// tag reads the text between < and >.
func (p *payloadReader) tag(tag string) {
	if name, ends := strings.CutPrefix(tag, "/"); ends {
		p.end(name)
	} else if isMark(tag) {
		p.mark(tag)
	} else {
		p.begin(tag)
	}
}

// isMark reports whether a tag is a timestamp, right or wrong: it begins with a digit and
// has no blank, which text that happens to stand between < and > would have.
func isMark(tag string) bool {
	return tag != "" && '0' <= tag[0] && tag[0] <= '9' && !strings.ContainsAny(tag, blanks)
}

// mark checks a timestamp. It only says when a player highlights the text.
func (p *payloadReader) mark(tag string) {
	t, exact, reason := parseTime(tag)
	if reason == "" && !exact {
		reason = timeForm
	}
	switch {
	case reason != "":
		p.found.warn("text", "has a timestamp that "+reason)
		return
	case p.found.unreadableAt("start") || p.found.unreadableAt("end"): // no times to compare with
	case t <= p.reached || t >= p.cue.End:
		p.found.warn("text", "has a timestamp that is not between start and end, or not after the previous one")
	}
	p.reached = t
}

var knownTags = []string{"c", "i", "b", "u", "ruby", "rt", "v", "lang"}

func (p *payloadReader) begin(tag string) {
	head, annotation, annotated := cutBlank(tag)
	name, classes, classed := strings.Cut(head, ".")
	if !slices.Contains(knownTags, name) {
		p.unknown(tag)
		return
	}
	for class := range strings.SplitSeq(classes, ".") {
		if classed && (class == "" || strings.ContainsAny(class, "&<")) {
			p.found.depart("text", "has a <"+name+"> with a class that is empty, or has & or < in it")
		}
	}
	annotation = collapse(html.UnescapeString(annotation))
	if needed := name == "v" || name == "lang"; needed && annotation == "" {
		p.found.depart("text", "has a <"+name+"> without an annotation")
	} else if !needed && annotated {
		p.found.depart("text", "has a <"+name+"> with an annotation")
	}
	switch {
	case name == "rt" && p.innermost() != "ruby":
		p.found.depart("text", "has an <rt> not directly in a <ruby>")
	case name == "v":
		if p.innermost() == "v" { // the next voice ends the one before
			p.pop()
		} else if p.speaking {
			p.found.depart("text", "has a <v> in a tag of another voice")
			p.turn(annotation)
			return
		}
		p.speaking = true
		p.turn(annotation)
	}
	if len(p.open) == maxOpen {
		p.found.add("text", "has more than 1000 open tags")
		return
	}
	p.open = append(p.open, name)
}

func (p *payloadReader) end(name string) {
	if !slices.Contains(knownTags, name) {
		p.unknown("/" + name)
		return
	}
	if name == "ruby" && p.innermost() == "rt" { // </ruby> closes it too
		p.pop()
	}
	if p.innermost() == name {
		p.pop()
	} else {
		p.found.depart("text", "has a </"+name+"> where the innermost open tag is not "+name)
	}
	if name == "v" && p.speaking {
		p.speaking = false
		p.turn("")
	}
}

// unknown reads a tag that is not in the grammar: a name, a tag of HTML for fonts, or text.
func (p *payloadReader) unknown(tag string) {
	if name, ends := strings.CutPrefix(tag, "/"); p.names && !p.speaking && isNameTag(html.UnescapeString(name)) {
		if ends {
			name = ""
		}
		p.turn(collapse(html.UnescapeString(name)))
		return
	}
	p.found.depart("text", "has a tag that is not c, i, b, u, ruby, rt, v, lang or a timestamp")
	if !isFontTag(tag) {
		p.said.WriteString(html.UnescapeString("<" + tag + ">"))
	}
}

// isFontTag reports whether a tag, with or without a slash, is one that converters of
// other subtitles leave behind, in lower or upper case.
func isFontTag(tag string) bool {
	name, _, _ := cutBlank(strings.TrimPrefix(tag, "/"))
	return slices.Contains([]string{"b", "em", "font", "i", "s", "span", "strong", "u"}, strings.ToLower(name))
}

// isNameTag reports whether a tag is the name of a speaker.
func isNameTag(tag string) bool {
	name := collapse(tag)
	return isName(name) && strings.ContainsFunc(name, unicode.IsLetter) && !isFontTag(name) &&
		!slices.Contains(knownTags, strings.ToLower(name))
}

// innermost returns the tag that was opened last and is open, or "".
func (p *payloadReader) innermost() string {
	if len(p.open) == 0 {
		return ""
	}
	return p.open[len(p.open)-1]
}

func (p *payloadReader) pop() { p.open = p.open[:len(p.open)-1] }

// collapse replaces each run of ASCII blanks with one space, and removes those at the ends.
func collapse(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune(" \t\n\f\r", r)
	}), " ")
}
