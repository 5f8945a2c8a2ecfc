package webvtt

import (
	"bufio"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf8"
)

// Read returns the cues of a file, one by one, in memory that does not grow with it: a
// block, such as a cue or a comment, has at most 1 MiB. It reads from r as far as it is
// ranged over, and once.
//
// What is wrong with a cue, or with another block, comes as an [*evidence.LineError]
// that wraps a [*refund.InvalidError], with a cue that has nothing but its line; reading
// goes on behind it, unless it is the signature that is missing. Any other error is one
// of reading from r, as it is, and the last thing returned.
func Read(r io.Reader) iter.Seq2[Cue, error] {
	return func(yield func(Cue, error) bool) {
		in := blocks{in: bufio.NewReaderSize(r, 64<<10)}
		b, err := in.next()
		if err != nil && err != io.EOF {
			yield(Cue{}, err)
			return
		}
		var found faults
		if !isHeader(b) {
			found.add("", "does not begin with WEBVTT")
			yield(Cue{Line: 1}, found.at(1))
			return
		}
		header(b, &found)
		err = found.at(b.line)
		if err != nil && !yield(Cue{Line: b.line}, err) {
			return
		}
		empty := err == nil // no cue and no fault so far
		var cues reader
		for {
			b, err := in.next()
			if err == io.EOF {
				if empty {
					found.add("", "has no cue")
					yield(Cue{Line: 1}, found.at(1))
				}
				return
			} else if err != nil {
				yield(Cue{}, err)
				return
			}
			cue, is, err := cues.read(b)
			empty = empty && !is
			if is && !yield(cue, err) {
				return
			}
		}
	}
}

const arrow = "-->"

// isHeader reports whether a block is a header: the first line, with the signature, and
// what follows it.
func isHeader(b block) bool {
	rest, signed := strings.CutPrefix(strings.TrimPrefix(b.text, "\ufeff"), "WEBVTT")
	return b.line == 1 && signed && (rest == "" || strings.IndexByte(" \t\n", rest[0]) >= 0)
}

func header(b block, found *faults) {
	check(b, found)
	if _, rest, _ := strings.Cut(b.text, "\n"); !b.long && strings.Contains(rest, arrow) {
		found.add("", "has an arrow: there is no blank line before the first cue")
	}
}

// check finds what may be wrong with any block.
func check(b block, found *faults) {
	if b.long {
		found.add("", "is longer than 1 MiB")
		return
	}
	if strings.Contains(b.text, "\x00") {
		found.add("", "has a NUL")
	}
	if !utf8.ValidString(b.text) {
		found.add("", "is not in UTF-8")
	}
}

// A reader reads what follows the header.
type reader struct {
	seen  bool          // a good cue, or several
	start time.Duration // of the last of them
}

// read reads a block, and reports whether there is anything to tell: a cue, or what is
// wrong.
func (r *reader) read(b block) (cue Cue, tell bool, err error) {
	var found faults
	check(b, &found)
	if !b.long {
		cue, tell = r.parse(b, &found)
	}
	if err := found.at(b.line); err != nil {
		return Cue{Line: b.line}, true, err
	}
	if tell {
		r.seen, r.start = true, cue.Start
	}
	return cue, tell, nil
}

// parse returns the cue that a block is, if it is one.
func (r *reader) parse(b block, found *faults) (cue Cue, is bool) {
	first, rest, _ := strings.Cut(b.text, "\n")
	second, last, _ := strings.Cut(rest, "\n")
	timed := strings.Contains(first, arrow)
	switch kind, known := kindOf(first); {
	case !timed && strings.Contains(second, arrow): // even if the identifier is NOTE
		return r.cue(Cue{Line: b.line, ID: first}, second, last, found), true
	case known:
		if strings.Contains(b.text, arrow) {
			found.add("", "has an arrow, and is no cue")
		}
		if kind != "NOTE" && r.seen {
			found.add("", "is a "+kind+" after a cue")
		}
	case timed:
		return r.cue(Cue{Line: b.line}, first, rest, found), true
	default:
		found.add("", "is no cue, for want of an arrow, and nothing else")
	}
	return Cue{}, false
}

func (r *reader) cue(c Cue, times, payload string, found *faults) Cue {
	timing(&c, times, found)
	if c.Start < r.start && !found.has("start") {
		found.add("start", "is before that of the cue before it")
	}
	c.Spans = spans(&c, payload, found)
	return c
}

// kindOf returns which block but a cue begins with a line.
func kindOf(line string) (kind string, known bool) {
	kind, rest, _ := cutBlank(line)
	switch kind {
	case "NOTE":
		return kind, true
	case "STYLE", "REGION":
		return kind, strings.Trim(rest, blanks) == ""
	}
	return "", false
}
