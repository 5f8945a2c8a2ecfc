package webvtt

import "strings"

// split splits a block in which blank lines are missing, before each line of times after the
// first one. A line before the times is the identifier of their cue if it comes after a line
// of blanks.
func split(b block) []block {
	if first, _, _ := strings.Cut(b.text, "\n"); b.long || !strings.Contains(b.text, arrow) {
		return []block{b}
	} else if _, known := kindOf(first); known {
		return []block{b}
	}
	var parts []block
	var blank, spaces bool // the line before the last one, and the last one, has only blanks
	at, number, begin, id := 0, b.line, 0, 0
	timed := false // the current part has a line of times
	part := block{line: b.line}
	for line := range strings.SplitAfterSeq(b.text, "\n") {
		if strings.Contains(line, arrow) && isTiming(strings.TrimSuffix(line, "\n")) {
			// The first times belong to the block itself if they are in its first two lines.
			if own := !timed && number-b.line <= 1 && b.line > 1; !own {
				cut, first := at, number
				if blank && !spaces {
					cut, first = id, number-1
				}
				part.text = strings.TrimSuffix(b.text[begin:cut], "\n")
				parts = append(parts, part)
				part, begin = block{line: first, unseparated: true}, cut
			}
			timed = true
		}
		id, at, number = at, at+len(line), number+1
		blank, spaces = spaces, strings.Trim(line, blanks+"\n") == ""
	}
	part.text = b.text[begin:]
	return append(parts, part)
}
