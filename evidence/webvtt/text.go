package webvtt

import (
	"html"
	"slices"
	"strings"
	"time"
)

// spans reads the payload of a cue.
func spans(c *Cue, payload string, found *faults) []Span {
	if strings.Contains(payload, arrow) {
		found.add("text", "has an arrow")
	}
	p := payloadReader{cue: c, found: found, reached: c.Start}
	for {
		text, rest, tagged := strings.Cut(payload, "<")
		p.said.WriteString(html.UnescapeString(text))
		if !tagged {
			break
		}
		end := strings.IndexAny(rest, ">\n")
		if end < 0 || rest[end] == '\n' {
			p.fault("has a < without its > on the same line")
			break // the rest of the payload cannot be made out
		}
		p.tag(rest[:end])
		payload = rest[end+1:]
	}
	for _, name := range p.open {
		if name != "v" { // which the end of the cue ends
			p.fault("has a <" + name + "> that is not closed")
		}
	}
	p.turn("")
	return p.spans
}

// A payloadReader knows where in a payload it is.
type payloadReader struct {
	cue      *Cue
	found    *faults
	spans    []Span
	said     strings.Builder // since the voice began or ended
	voice    string
	speaking bool          // a <v> is open, never more than one
	open     []string      // the tags that are, outermost first
	reached  time.Duration // the start, or the last timestamp
}

func (p *payloadReader) fault(reason string) { p.found.add("text", reason) }

// turn ends a span, and begins one of another voice.
func (p *payloadReader) turn(voice string) {
	if text := strings.TrimSpace(p.said.String()); text != "" {
		p.spans = append(p.spans, Span{p.voice, text})
	}
	p.said.Reset()
	p.voice = voice
}

// tag reads what stands between < and >.
func (p *payloadReader) tag(tag string) {
	if name, ends := strings.CutPrefix(tag, "/"); ends {
		p.end(name)
	} else if tag != "" && '0' <= tag[0] && tag[0] <= '9' {
		p.timestamp(tag)
	} else {
		p.begin(tag)
	}
}

func (p *payloadReader) timestamp(tag string) {
	t, reason := parseTime(tag)
	switch {
	case reason != "":
		p.fault("has a timestamp that " + reason)
	case p.found.has("start") || p.found.has("end"): // there is nothing to compare it with
	case t <= p.reached || t >= p.cue.End:
		p.fault("has a timestamp that is not between start and end, or not after the one before it")
	}
	p.reached = t
}

func (p *payloadReader) begin(tag string) {
	head, annotation, annotated := cutBlank(tag)
	name, classes, classed := strings.Cut(head, ".")
	if !p.known(name) {
		return
	}
	for class := range strings.SplitSeq(classes, ".") {
		if classed && (class == "" || strings.ContainsAny(class, "&<")) {
			p.fault("has a <" + name + "> with a class that is empty, or has & or < in it")
		}
	}
	annotation = collapse(html.UnescapeString(annotation))
	if needed := name == "v" || name == "lang"; needed && annotation == "" {
		p.fault("has a <" + name + "> without an annotation")
	} else if !needed && annotated {
		p.fault("has a <" + name + "> with an annotation")
	}
	switch {
	case name == "rt" && p.innermost() != "ruby":
		p.fault("has an <rt> not directly in a <ruby>")
	case name == "v":
		if p.innermost() == "v" { // the next voice ends the one before
			p.pop()
		} else if p.speaking {
			p.fault("has a <v> in a tag of another voice")
			return
		}
		p.speaking = true
		p.turn(annotation)
	}
	p.open = append(p.open, name)
}

func (p *payloadReader) end(name string) {
	if !p.known(name) {
		return
	}
	if name == "ruby" && p.innermost() == "rt" { // which </ruby> ends too
		p.pop()
	}
	if p.innermost() != name {
		p.fault("has a </" + name + "> where the innermost tag is another, or none")
		return
	}
	p.pop()
	if name == "v" {
		p.speaking = false
		p.turn("")
	}
}

// known reports whether a tag is in the grammar.
func (p *payloadReader) known(name string) bool {
	known := slices.Contains([]string{"c", "i", "b", "u", "ruby", "rt", "v", "lang"}, name)
	if !known {
		p.fault("has a tag that is none of c, i, b, u, ruby, rt, v, lang or a timestamp")
	}
	return known
}

// innermost returns the tag that was opened last and is open, or "".
func (p *payloadReader) innermost() string {
	if len(p.open) == 0 {
		return ""
	}
	return p.open[len(p.open)-1]
}

func (p *payloadReader) pop() { p.open = p.open[:len(p.open)-1] }

// collapse leaves one blank where there are several of ASCII, and none at the ends.
func collapse(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune(" \t\n\f\r", r)
	}), " ")
}
