package webvtt

// Speakers is the place where a file names its speakers. The zero Speakers is VoiceTag.
type Speakers uint8

// In every mode a voice tag names the speaker of its text; the other modes name the
// speaker of text without one.
const (
	// VoiceTag takes the speaker only from voice tags, as in <v Ann Agent>Hello. The standard
	// defines them. Microsoft Teams, Deepgram and podcast transcripts use them.
	VoiceTag Speakers = iota

	// Prefix takes the speaker from the beginning of a line:
	//
	//	Ann Agent: Hello.
	//	[SPEAKER_00]: Hello.
	//
	// Zoom writes the first form and whisperX the second, and so do people who make
	// captions. The package documentation defines the names.
	Prefix

	// CueID takes the speaker from the identifier of the cue:
	//
	//	1 "Ann Agent" (101)
	//	Speaker 1
	//
	// Webex writes the first form, and Detect recognizes only this form. In the second form,
	// the whole identifier is a name and has a letter.
	CueID

	// NameTag takes the speaker from a tag that is only a name, as in <Ann Agent> Hello.
	// Some tools write it instead of a voice tag. It lasts until the next name or the end
	// of the cue.
	NameTag

	// Detect chooses one of the other modes for each file. It looks at the first 100 cues
	// with text, or at the first 1 MiB, and the first cue is returned only after these are
	// read. If one of these cues has a voice tag, the mode is VoiceTag. Otherwise it is the
	// first of CueID, NameTag and Prefix that names the speaker of the first text in at
	// least half of the cues. If none of the three does, the mode is VoiceTag.
	Detect
)

var modeNames = [...]string{"voice tag", "prefix", "cue id", "name tag", "detect"}

// String returns the mode in words, such as "voice tag", and "unknown" for any other value.
func (s Speakers) String() string {
	if s.known() {
		return modeNames[s]
	}
	return "unknown"
}

func (s Speakers) known() bool { return int(s) < len(modeNames) }
