package webvtt

// The limits of the part of a file that Detect looks at.
const (
	detectCues  = 100 // cues with text
	detectBytes = maxBlock
)

// detect reads the beginning of the file, chooses the mode by the rule of Detect, and queues
// the blocks to be parsed.
func (f *file) detect() {
	var held []block
	var votes [Detect]int
	cues, size := 0, 0
	for cues < detectCues && size < detectBytes {
		b, err := f.next()
		if err != nil { // the next call of f.next returns it again
			break
		}
		held = append(held, b)
		size += len(b.text) + 64 // a block costs memory even without text
		if f.vote(b, &votes) {
			cues++
		}
	}
	f.queue = append(held, f.queue...)
	f.parser.speakers = VoiceTag
	if votes[VoiceTag] > 0 {
		return
	}
	for _, mode := range []Speakers{CueID, NameTag, Prefix} {
		if votes[mode] > 0 && 2*votes[mode] >= cues {
			f.parser.speakers = mode
			return
		}
	}
}

// vote adds one vote for each mode that names a speaker in a block. It reports whether the
// block is a cue with text.
func (f *file) vote(b block, votes *[Detect]int) bool {
	spansOf := func(mode Speakers) (Cue, []Span) {
		trial := parser{lenient: true, speakers: mode}
		cue, _ := trial.parse(b, &faults{lenient: true})
		return cue, cue.Spans
	}
	cue, said := spansOf(VoiceTag)
	if len(said) == 0 {
		return false
	}
	for _, span := range said {
		if span.Voice != "" {
			votes[VoiceTag]++
			return true
		}
	}
	if _, quoted := nameOfID(cue.ID); quoted {
		votes[CueID]++
	}
	for _, mode := range []Speakers{NameTag, Prefix} {
		if _, said := spansOf(mode); len(said) > 0 && said[0].Voice != "" {
			votes[mode]++
		}
	}
	return true
}
