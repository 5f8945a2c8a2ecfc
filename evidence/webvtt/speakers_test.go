package webvtt_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestPrefix(t *testing.T) {
	for _, r := range []struct {
		why, text string
		want      [][2]string
	}{
		{"a name stands before a colon", "Ann Agent: Hello.", say("Ann Agent", "Hello.")},
		{"a name may stand in square brackets", "[SPEAKER_00]: Hello.", say("SPEAKER_00", "Hello.")},
		{"a name may stand in round brackets", "(Speaker 0): Hello.", say("Speaker 0", "Hello.")},
		{"a name may be one word in lower case", "agent: Hello.", say("agent", "Hello.")},
		{"a name may have particles", "Jo van den Hoek: Hello.", say("Jo van den Hoek", "Hello.")},
		{"a name may have initials and a comma", "Agent, A. J.: Hello.", say("Agent, A. J.", "Hello.")},
		{"a name may have pronouns", "Ann Agent (she/her): Hello.", say("Ann Agent (she/her)", "Hello.")},
		{"a name may have a company", "Ann | PC Care: Hello.", say("Ann | PC Care", "Hello.")},
		{"a name may have an apostrophe", "Ann's iPhone: Hello.", say("Ann's iPhone", "Hello.")},
		{"a telephone number is a name", "+1 555-0100: Hello.", say("+1 555-0100", "Hello.")},
		{"a name may have no case", "李雷: 你好", say("李雷", "你好")},
		{"a full-width colon does not need a blank", "说话人1：你好", say("说话人1", "你好")},
		{"a blank may stand before the colon", "Ann : Bonjour", say("Ann", "Bonjour")},
		{"blanks in a name are collapsed", "Ann \u00a0Agent:\u00a0Hello.", say("Ann Agent", "Hello.")},
		{"a dash may stand before the name", "- Ann: Hello.\n- Bob: Hi.", say("Ann", "Hello.", "Bob", "Hi.")},
		{"the marks of live captions may stand before the name", ">> ANN: HELLO.\n&gt;&gt; BOB: HI.", say("ANN", "HELLO.", "BOB", "HI.")},
		{"only the first colon ends a name", "Ann: Two things: time and money.", say("Ann", "Two things: time and money.")},
		{"a time is text of a speaker", "Ann: 10:30", say("Ann", "10:30")},
		{"a number is text of a speaker", "Customer: 4711.", say("Customer", "4711.")},
		{"the text may stand on the next line", "Ann:\nHello.", say("Ann", "Hello.")},
		{"a line without a name continues the speaker's text", "Ann: Hello.\nIt is slow.", say("Ann", "Hello.\nIt is slow.")},
		{"a text before the first name has no speaker", "Beep.\nAnn: Hello.", say("", "Beep.", "Ann", "Hello.")},
		{"every line may name a speaker", "Ann: Hello.\nBob: Hi.\nWell.\nAnn: Yes?", say("Ann", "Hello.", "Bob", "Hi.\nWell.", "Ann", "Yes?")},
		{"tags around a name are removed first", "<b>Ann:</b> <i>Hello.</i>", say("Ann", "Hello.")},
		{"the text of a voice tag has its speaker", "<v Jo>Ann: Hello.</v>\nBob: Hi.", say("Jo", "Ann: Hello.", "Bob", "Hi.")},
		{"unusual names are reported as they are", "The address is: 5 Main St", say("The address is", "5 Main St")},

		{"a label is not a speaker", "Time: 10:30", say("", "Time: 10:30")},
		{"a label in capitals is not a speaker", "NOTE: It is slow.", say("", "NOTE: It is slow.")},
		{"a label in brackets is not a speaker", "[Date]: 3 March", say("", "[Date]: 3 March")},
		{"a label after a name is text", "Ann: It is slow.\nTime: 10:30", say("Ann", "It is slow.\nTime: 10:30")},
		{"an address is not a speaker", "https://example.com", say("", "https://example.com")},
		{"an address before a colon is not a speaker", "https://example.com: look", say("", "https://example.com: look")},
		{"the clock is not a speaker", "10:30 is fine", say("", "10:30 is fine")},
		{"a number of two digits is not a speaker", "10: that is the limit", say("", "10: that is the limit")},
		{"a colon without a blank after it does not end a name", "Ann:Hello.", say("", "Ann:Hello.")},
		{"a sentence before a colon is not a speaker", "Really? One thing: it is slow.", say("", "Really? One thing: it is slow.")},
		{"a quotation is not a speaker", `He said "no": it is slow.`, say("", `He said "no": it is slow.`)},
		{"seven words are not a speaker", "one two three four five six seven: eight", say("", "one two three four five six seven: eight")},
		{"six words may be a speaker", "one two three four five six: seven", say("one two three four five six", "seven")},
		{"61 characters are not a speaker", strings.Repeat("é", 61) + ": x", say("", strings.Repeat("é", 61)+": x")},
		{"60 characters may be a speaker", strings.Repeat("é", 60) + ": x", say(strings.Repeat("é", 60), "x")},
		{"brackets without a colon are text", "[Music] Hello.", say("", "[Music] Hello.")},
		{"brackets that are not closed are text", "[Ann: Hello.", say("", "[Ann: Hello.")},
		{"a single colon is text", ": Hello.", say("", ": Hello.")},
		{"a name without text is text", "The things I want are:", say("", "The things I want are:")},
		{"a name without text is text of the previous speaker", "Ann: I want:\nBob:\nJo: No.", say("Ann", "I want:\nBob:", "Jo", "No.")},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			got, err := collect(t, webvtt.Read(strings.NewReader("WEBVTT\n\n"+c+r.text), webvtt.Options{Speakers: webvtt.Prefix}))
			if diff := cmp.Diff([]entry{{line: 3, times: "1s 2s", spans: r.want}}, got, entries); diff != "" || err != nil {
				t.Errorf("want -, got +:\n%s%v", diff, err)
			}
		})
	}
}

func TestCueID(t *testing.T) {
	for _, r := range []struct {
		why, id, text string
		want          [][2]string
	}{
		{"the name stands in quotes between two numbers", `1 "Ann Agent" (101)`, "Hello.", say("Ann Agent", "Hello.")},
		{"the second number is optional", `1 "Ann Agent"`, "Hello.", say("Ann Agent", "Hello.")},
		{"a name may have quotes", `12 "Ann "Annie" Agent" (101)`, "Hello.", say(`Ann "Annie" Agent`, "Hello.")},
		{"a quoted name may be a number", `1 "101" (101)`, "Hello.", say("101", "Hello.")},
		{"an identifier that is a name is the speaker", "Speaker 1", "Hello.", say("Speaker 1", "Hello.")},
		{"a number is not a speaker", "17", "Hello.", say("", "Hello.")},
		{"an empty name is not a speaker", `1 "" (101)`, "Hello.", say("", "Hello.")},
		{"quotes that are not closed are not a name", `1 "Ann`, "Hello.", say("", "Hello.")},
		{"text after the quotes is not part of the form", `1 "Ann" or so`, "Hello.", say("", "Hello.")},
		{"the text of a voice tag has its speaker", `1 "Ann" (101)`, "<v Jo>Hi.</v> Hello.", say("Jo", "Hi.", "Ann", "Hello.")},
		{"a prefix stays in the text", `1 "Ann" (101)`, "Bob: Hello.", say("Ann", "Bob: Hello.")},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			got, err := collect(t, webvtt.Read(strings.NewReader("WEBVTT\n\n"+r.id+"\n"+c+r.text), webvtt.Options{Speakers: webvtt.CueID}))
			if diff := cmp.Diff([]entry{{line: 3, id: r.id, times: "1s 2s", spans: r.want}}, got, entries); diff != "" || err != nil {
				t.Errorf("want -, got +:\n%s%v", diff, err)
			}
		})
	}
}

func TestNameTag(t *testing.T) {
	for _, r := range []struct {
		why, text string
		want      [][2]string
		fault     string
	}{
		{"a tag is the name of the speaker", "<Ann Agent> Hello.", say("Ann Agent", "Hello."), ""},
		{"a name lasts until the next one", "<Ann> Hello.\n<Bob> Hi. <Ann>Yes?", say("Ann", "Hello.", "Bob", "Hi.", "Ann", "Yes?"), ""},
		{"a name lasts until its end tag", "<Ann> Hello.</Ann> Beep.", say("Ann", "Hello.", "", "Beep."), ""},
		{"references in a name are replaced", "<R&amp;D>Hello.", say("R&D", "Hello."), ""},
		{"a voice tag still names the speaker", "<v Ann>Hello.", say("Ann", "Hello."), ""},
		{"tags of the grammar are not names", "<Ann> It is <i>very</i> <00:01.500><b>slow</b>.", say("Ann", "It is very slow."), ""},
		{"tags in upper case are not names", "<B>slow", nil, "text: " + unknownTag},
		{"tags of HTML are not names", `<font color="red">slow`, nil, "text: " + unknownTag},
		{"a name in a voice tag is a fault", "<v Jo>Hi. <Ann>Hello.", nil, "text: " + unknownTag},
		{"a label is not a name", "<Note>Hello.", nil, "text: " + unknownTag},
		{"a tag without letters is not a name", "< ->Hello.", nil, "text: " + unknownTag},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			want := entry{line: 3, times: "1s 2s", spans: r.want}
			if r.fault != "" {
				want = bad(3, r.fault)
			}
			got, err := collect(t, webvtt.Read(strings.NewReader("WEBVTT\n\n"+c+r.text), webvtt.Options{Speakers: webvtt.NameTag}))
			if diff := cmp.Diff([]entry{want}, got, entries); diff != "" || err != nil {
				t.Errorf("want -, got +:\n%s%v", diff, err)
			}
		})
	}
}

func TestDetect(t *testing.T) {
	// Each cue is its identifier, a slash and its text.
	prefix, plain, quoted, tag, voice := "/Ann: Hello.", "/Hello.", `1 "Ann" (101)/Hello.`, "/<Ann> Hello.", "/<v Ann>Hello."
	many := func(n int, cue string) string { return strings.Repeat(cue+"|", n) }
	for _, r := range []struct {
		why, cues string
		want      webvtt.Speakers
	}{
		{"prefixes in all cues", prefix + "|" + prefix, webvtt.Prefix},
		{"prefixes in half of the cues", prefix + "|" + plain, webvtt.Prefix},
		{"prefixes in fewer than half of the cues are text", prefix + "|" + plain + "|" + plain, webvtt.VoiceTag},
		{"a prefix that is not at the beginning of a cue does not count", "/Beep.\nAnn: Hello.", webvtt.VoiceTag},
		{"labels and addresses are text", "/Time: 10:30|/https://example.com|/10:30: no", webvtt.VoiceTag},
		{"cues without text do not count", prefix + "|" + plain + "|/|/|/", webvtt.Prefix},
		{"quoted names in identifiers", quoted + "|" + quoted, webvtt.CueID},
		{"a quoted name comes before a prefix", `1 "Ann" (101)/Bob: Hello.`, webvtt.CueID},
		{"other identifiers are not names", "Speaker 1/Hello.|Speaker 2/Hello.", webvtt.VoiceTag},
		{"names in tags", tag + "|" + tag, webvtt.NameTag},
		{"a name in a tag comes before a prefix", tag + "|" + prefix, webvtt.NameTag},
		{"one voice tag decides", many(9, prefix) + voice, webvtt.VoiceTag},
		{"text alone", plain, webvtt.VoiceTag},
		{"the 101st cue is not considered", many(50, plain) + many(50, prefix) + voice, webvtt.Prefix},
		{"the hundredth cue is considered", many(51, plain) + many(51, prefix), webvtt.VoiceTag},
		{"text after 1 MiB of comments is not considered", "NOTE " + strings.Repeat("x", 1<<19) + "|NOTE " + strings.Repeat("x", 1<<19) + "|" + quoted, webvtt.VoiceTag},
		{"a bad cue counts", many(2, prefix) + many(3, "/Hello <x"), webvtt.VoiceTag},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			file := "WEBVTT\n\n"
			for cue := range strings.SplitSeq(strings.TrimSuffix(r.cues, "|"), "|") {
				id, text, _ := strings.Cut(cue, "/")
				if id != "" {
					id += "\n"
				}
				if !strings.HasPrefix(id, "NOTE ") {
					id += c
				}
				file += id + text + "\n\n"
			}
			want, err := collect(t, webvtt.Read(strings.NewReader(file), webvtt.Options{Speakers: r.want}))
			got, failed := collect(t, webvtt.Read(strings.NewReader(file), webvtt.Options{Speakers: webvtt.Detect}))
			if diff := cmp.Diff(want, got, entries); diff != "" || err != nil || failed != nil {
				t.Errorf("%s -, detect +:\n%s%v%v", r.want, diff, err, failed)
			}
			// The other modes read the file differently, so that the comparison can fail.
			for other := webvtt.VoiceTag; other < webvtt.Detect; other++ {
				all, _ := collect(t, webvtt.Read(strings.NewReader(file), webvtt.Options{Speakers: other}))
				if other != r.want && r.want != webvtt.VoiceTag && cmp.Equal(want, all, entries) {
					t.Errorf("%s reads the file as %s does", other, r.want)
				}
			}
		})
	}
}

// A talk draws a transcript, and writes it in each way of naming speakers.
type talk struct {
	writer
	names []string
}

func newTalk(t *rapid.T) *talk {
	k := &talk{writer: writer{t: t}}
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abzAZé漢ж09_'-/")), 0, 8, -1)
	for range rapid.IntRange(1, 4).Draw(t, "speakers") {
		name := "N" + word.Draw(t, "first name") + "n" // "-->" would be an arrow
		for range rapid.IntRange(0, 3).Draw(t, "more names") {
			name += " " + rapid.SampledFrom([]string{"", "(", "O.", "+1"}).Draw(t, "mark") + "x" + word.Draw(t, "name") + "n"
		}
		k.names = append(k.names, name)
	}
	return k
}

// text draws lines that do not begin with a name.
func (k *talk) text() string {
	var lines []string
	for range rapid.IntRange(1, 3).Draw(k.t, "lines") {
		begin := k.pick("begin", "well ", "Time: 10:30 ", "https://example.com: ", "10:30 or ", "NOTE: ", "Really? One thing: ", "one two three four five six seven: ", "- ", "[Music] ", "a:b ")
		lines = append(lines, begin+k.letters("word"))
	}
	return strings.Join(lines, "\n")
}

// write writes the cues in a mode. In each cue that is not silent, somebody speaks first.
func (k *talk) write(mode webvtt.Speakers) (file string, want []entry) {
	k.line("WEBVTT")
	k.line("")
	for i := range rapid.IntRange(1, 8).Draw(k.t, "cues") {
		start := time.Duration(i) * time.Second
		e := entry{line: len(k.lines) + 1, times: fmt.Sprint(start, " ", start+time.Second)}
		speakers := rapid.IntRange(0, 3).Draw(k.t, "speakers of the cue")
		if i == 0 || mode == webvtt.CueID {
			speakers = min(max(speakers, 1), map[bool]int{true: 1, false: 3}[mode == webvtt.CueID])
		}
		var text []string
		for range speakers {
			name, said := rapid.SampledFrom(k.names).Draw(k.t, "speaker"), k.text()
			e.spans = append(e.spans, [2]string{name, said})
			said = k.escape(said, "&<>")
			switch mode {
			case webvtt.VoiceTag:
				said = "<v " + name + ">" + said
			case webvtt.Prefix:
				before, after, _ := strings.Cut(k.pick("prefix", "|: ", "|:\t", "[|]: ", "- |: ", ">> |: ", "| : ", "|：", "|:\n"), "|")
				said = before + name + after + said
			case webvtt.CueID:
				e.id = fmt.Sprintf(`%d "%s" (%d)`, i+1, name, 100+i)
				k.line(e.id)
			case webvtt.NameTag:
				said = "<" + name + ">" + k.pick("blank", "", " ") + said
			}
			text = append(text, said)
		}
		k.line(k.time(start) + " --> " + k.time(start+time.Second))
		for line := range strings.SplitSeq(strings.Join(text, "\n"), "\n") {
			if line != "" {
				k.line(line)
			}
		}
		k.line("")
		want = append(want, e)
	}
	return k.writer.write(), want
}

func TestWrittenSpeakersAreReadInEachMode(t *testing.T) {
	for mode := webvtt.VoiceTag; mode < webvtt.Detect; mode++ {
		t.Run(mode.String(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				file, want := newTalk(t).write(mode)
				for _, o := range []webvtt.Options{{Speakers: mode}, {Speakers: webvtt.Detect}, {Speakers: mode, Lenient: true}} {
					got, err := collect(t, webvtt.Read(strings.NewReader(file), o))
					if diff := cmp.Diff(want, got, entries); diff != "" || err != nil {
						t.Fatalf("%+v: written -, read +:\n%s%v\n%q", o, diff, err, file)
					}
				}
			})
		})
	}
}

// The transcript is made by hand, in the form of Zoom's.
func TestZoomTranscript(t *testing.T) {
	file, err := os.Open("testdata/zoom.vtt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sides := webvtt.Sides{"Ann Agent": evidence.SideAgent, "Chris Customer": evidence.SideCustomer}
	messages, err := webvtt.ReadAll(file, began, sides, webvtt.Options{Speakers: webvtt.Detect})
	if err != nil || len(messages) != 8 {
		t.Fatal(len(messages), err)
	}
	for i, m := range messages {
		want := []evidence.Side{evidence.SideAgent, evidence.SideCustomer}[i%2]
		if m.From != want || strings.Contains(m.Text, "Ann Agent") {
			t.Error(i, m.From, m.Text)
		}
	}
	if got := messages[6].Text; got != "Note: the driver is from 2019. I will replace it." {
		t.Error(got)
	}
}
