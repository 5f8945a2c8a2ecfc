package webvtt

import (
	"bufio"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Read returns the cues of a file, one at a time, in memory that does not grow with the
// file: a block, such as a cue or a comment, has at most 1 MiB. The sequence reads r and
// can be ranged over once.
//
// A block that cannot be read is returned as an [*evidence.LineError], with a Cue in which
// only Line is set. The error wraps a [*refund.InvalidError] with all faults of the block.
// Reading continues with the next block, except in a file without the signature.
//
// A warning is passed to [Options.Warn] or, if that is nil, returned as such an error before
// its cue. If Options.Speakers is not a known mode, the sequence is one
// [*refund.InvalidError]. Any other error is an error of r, returned unchanged, and ends the
// sequence.
func Read(r io.Reader, o Options) iter.Seq2[Cue, error] {
	return func(yield func(Cue, error) bool) {
		if !o.Speakers.known() {
			yield(Cue{}, refund.Faults{{Path: "speakers", Reason: "is not one of VoiceTag, Prefix, CueID, NameTag, Detect"}}.Err())
			return
		}
		f := file{
			blocks: blocks{in: bufio.NewReaderSize(r, 64<<10)},
			parser: parser{lenient: o.Lenient, speakers: o.Speakers},
		}
		f.read(o, yield)
	}
}

// A file is a file that is being read.
type file struct {
	blocks blocks
	queue  []block // blocks that were read and not yet parsed
	parser parser
	fold   folder
	found  bool // a cue or a fault
}

// next returns the next block, or an error: io.EOF at the end.
func (f *file) next() (block, error) {
	if len(f.queue) == 0 {
		b, err := f.blocks.next()
		if err != nil || !f.parser.lenient {
			return b, err
		}
		f.queue = split(b)
	}
	b := f.queue[0]
	f.queue = f.queue[1:]
	return b, nil
}

// read yields the cues of the whole file.
func (f *file) read(o Options, yield func(Cue, error) bool) {
	b, err := f.next()
	if err != nil && err != io.EOF {
		yield(Cue{}, err)
		return
	}
	if !isHeader(b) {
		fail(1, "does not begin with WEBVTT", yield)
		return
	}
	if !f.header(b, yield) {
		return
	}
	if o.Speakers == Detect {
		f.detect()
	}
	for {
		b, err := f.next()
		switch {
		case err == io.EOF && !f.found:
			fail(1, "has no cue", yield)
			return
		case err == io.EOF:
			return
		case err != nil:
			yield(Cue{}, err)
			return
		case !f.body(b, o, yield):
			return
		}
	}
}

// fail yields an error of a line, and reports whether to go on.
func fail(line int, reason string, yield func(Cue, error) bool) bool {
	var found faults
	found.add("", reason)
	return yield(Cue{Line: line}, found.at(line))
}

// header yields the faults of the header, and reports whether to go on.
func (f *file) header(b block, yield func(Cue, error) bool) bool {
	var found faults
	check(b, &found)
	if _, rest, _ := strings.Cut(b.text, "\n"); !b.long && strings.Contains(rest, arrow) {
		found.add("", "has an arrow: the blank line before the first cue is missing")
	}
	if err := found.at(b.line); err != nil {
		f.found = true
		return yield(Cue{Line: b.line}, err)
	}
	return true
}

// body yields the cue of a block after the header, or its faults, and reports whether to
// go on.
func (f *file) body(b block, o Options, yield func(Cue, error) bool) bool {
	found := faults{lenient: o.Lenient}
	cue, isCue := f.parser.parse(b, &found)
	lost := found.unreadable()
	f.found = f.found || isCue || len(found.list) > 0
	if err := found.at(b.line); err != nil {
		if !lost && o.Warn != nil {
			o.Warn(err)
		} else if !yield(Cue{Line: b.line}, err) {
			return false
		}
	}
	if !isCue || lost {
		return true
	}
	f.parser.accept(cue)
	if o.FoldRollUp && !f.fold.fold(&cue, f.parser.speakers == Prefix) {
		return true
	}
	return yield(cue, nil)
}

const arrow = "-->"

// isHeader reports whether a block is a header: the first line, with the signature, and
// the lines after it up to a blank line.
func isHeader(b block) bool {
	rest, signed := strings.CutPrefix(strings.TrimPrefix(b.text, "\ufeff"), "WEBVTT")
	return b.line == 1 && signed && (rest == "" || strings.IndexByte(" \t\n", rest[0]) >= 0)
}

// check finds the faults that any block may have.
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

// A parser parses the blocks after the header.
type parser struct {
	lenient  bool
	speakers Speakers
	seen     bool          // a readable cue
	start    time.Duration // the latest start of a readable cue
}

// accept records that a cue was readable.
func (p *parser) accept(c Cue) { p.seen, p.start = true, max(p.start, c.Start) }

// parse parses a block, and reports whether it is a cue.
func (p *parser) parse(b block, found *faults) (cue Cue, isCue bool) {
	check(b, found)
	if b.long {
		return Cue{}, false
	}
	if b.unseparated {
		found.depart("", "has no blank line before it")
	}
	first, rest, _ := strings.Cut(b.text, "\n")
	second, last, _ := strings.Cut(rest, "\n")
	timed := strings.Contains(first, arrow)
	switch kind, known := kindOf(first); {
	case !timed && strings.Contains(second, arrow): // even if the identifier is NOTE
		return p.cue(Cue{Line: b.line, ID: first}, second, last, found), true
	case known:
		if strings.Contains(b.text, arrow) {
			found.depart("", "has an arrow and is not a cue")
		}
		if kind != "NOTE" && p.seen {
			found.depart("", "is a "+kind+" after a cue")
		}
	case timed:
		return p.cue(Cue{Line: b.line}, first, rest, found), true
	default:
		found.add("", "is not a cue, which has an arrow, nor a comment, style or region")
	}
	return Cue{}, false
}

func (p *parser) cue(c Cue, times, payload string, found *faults) Cue {
	timing(&c, times, found)
	if c.Start < p.start && !found.unreadableAt("start") {
		found.depart("start", "is before the start of the previous cue")
	}
	c.Spans = spans(&c, payload, p.speakers == NameTag, found)
	switch p.speakers {
	case Prefix:
		c.Spans = splitNames(c.Spans)
	case CueID:
		if name, _ := nameOfID(c.ID); name != "" {
			for i := range c.Spans {
				if c.Spans[i].Voice == "" {
					c.Spans[i].Voice = name
				}
			}
		}
	}
	return c
}

// kindOf returns the kind of block, other than a cue, that begins with a line.
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
