package webvtt_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// payloads are texts of a cue from the first to the tenth second, and what they come to:
// the spans, or else faults.
var payloads = []struct {
	why    string
	text   string
	spans  [][2]string
	faults []string
}{
	{"text is text", "It is slow.", say("", "It is slow."), nil},
	{"lines stay lines", "It is\nslow.", say("", "It is\nslow."), nil},
	{"blanks around it say nothing", " \t It is  slow.\n ", say("", "It is  slow."), nil},
	{"a > stands for itself", "a > b -> c", say("", "a > b -> c"), nil},

	{"references are replaced", "&lt;b&gt; &amp; &quot;&#233;&#xe9;&eacute;&quot;", say("", `<b> & "ééé"`), nil},
	{"once", "&amp;lt;", say("", "&lt;"), nil},
	{"without a semicolon, where HTML has them so", "&lt;b&gt &amp c", say("", "<b> & c"), nil},
	{"an ampersand alone stands for itself", "R&D & &x; &", say("", "R&D & &x; &"), nil},
	{"a reference does not go across a tag", "&am<i>p;</i>", say("", "&amp;"), nil},
	{"a tag that comes of references is text", "&lt;x&gt;", say("", "<x>"), nil},
	{"an arrow of references is text", "a --&gt; b", say("", "a --> b"), nil},
	{"a reference to nothing is a replacement character", "a&#0;&#xd800;", say("", "a\ufffd\ufffd"), nil},

	{"a voice is named", "<v Jo>Hello.</v>", say("Jo", "Hello."), nil},
	{"and lasts until the end", "<v Jo>Hello.\nIt is slow.", say("Jo", "Hello.\nIt is slow."), nil},
	{"until its end tag", "<v Jo>Hello.</v> Beep.", say("Jo", "Hello.", "", "Beep."), nil},
	{"until the next voice", "<v Jo>Hello.\n<v Al>Good morning.", say("Jo", "Hello.", "Al", "Good morning."), nil},
	{"which does not end within another", "<v Jo>Hello. <v Al>Yes?</v> It is slow.", say("Jo", "Hello.", "Al", "Yes?", "", "It is slow."), nil},
	{"so that an end tag may be too many", "<v Jo>Hello. <v Al>Yes?</v> It is slow.</v>", nil, []string{"text: " + notLast("v")}},
	{"one voice may begin again", "<v Jo>a</v><v Jo>b</v>", say("Jo", "a", "Jo", "b"), nil},
	{"there may be text before a voice", "Beep. <v Jo>Hello.", say("", "Beep.", "Jo", "Hello."), nil},
	{"a voice that says nothing is none", "<v Jo> <i></i>\n</v><v Al>Hello?", say("Al", "Hello?"), nil},
	{"a name has single blanks", "<v  Jo \t&#10;\f van  Hoek&#13;>x</v>", say("Jo van Hoek", "x"), nil},
	{"behind a tab too", "<v\tJo>x</v>", say("Jo", "x"), nil},
	{"blanks that are not of ASCII are of the name", "<v \u00a0Jo&nbsp;H\u2003>x", say("\u00a0Jo\u00a0H\u2003", "x"), nil},
	{"a name has references", "<v Jo &amp; R&D &gt; Al>x", say("Jo & R&D > Al", "x"), nil},
	{"a name may have a <", "<v Jo <b>x", say("Jo <b", "x"), nil},
	{"a name may have points", "<v J. R.>x", say("J. R.", "x"), nil},
	{"a voice has a name", "<v>x</v>", nil, []string{"text: has a <v> without an annotation"}},
	{"which is not blank", "<v &#32;\t>x</v>", nil, []string{"text: has a <v> without an annotation"}},

	{"all tags of the grammar are known", "<c>1</c><i>2</i><b>3</b><u>4</u><ruby>5<rt>6</rt></ruby><lang en>7</lang>", say("", "1234567"), nil},
	{"they stand in one another", "<c><i><b><u><c>x</c></u></b></i></c>", say("", "x"), nil},
	{"and around voices", "<i><v Jo>a</v> <v Al>b</v></i>", say("Jo", "a", "Al", "b"), nil},
	{"and within them", "<v Jo>a <i>b</i>\n<b>c</b>", say("Jo", "a b\nc"), nil},
	{"they have classes", "<c.a>1</c><i.a.b>2</i><v.loud.é Jo>3</v><lang.x-y en>4</lang>", say("", "12", "Jo", "3", "", "4"), nil},
	{"a class is not empty", "<c.>x</c>", nil, []string{"text: " + badClass("c")}},
	{"none of several is", "<v.a..b Jo>x</v>", nil, []string{"text: " + badClass("v")}},
	{"a class has no ampersand", "<c.a&b>x</c>", nil, []string{"text: " + badClass("c")}},
	{"nor a <", "<i.a<b>x</i>", nil, []string{"text: " + badClass("i")}},
	{"a class belongs to a tag", "<.a>x", nil, []string{"text: " + unknownTag}},
	{"a language is named", "<lang>x</lang>", nil, []string{"text: has a <lang> without an annotation"}},
	{"other tags have no annotation", "<b x>x</b>", nil, []string{"text: has a <b> with an annotation"}},
	{"not even a blank one", "<rt >x", nil, []string{"text: has a <rt> with an annotation", "text: has an <rt> not directly in a <ruby>", "text: has a <rt> that is not closed"}},
	{"an unknown tag is none", "<x>x</x>", nil, []string{"text: " + unknownTag}},
	{"nor is an empty one", "<>x</>", nil, []string{"text: " + unknownTag}},
	{"nor one with a blank before its name", "< b>x", nil, []string{"text: " + unknownTag}},
	{"case matters", "<B>x</B>", nil, []string{"text: " + unknownTag}},
	{"an end tag has a name alone", "<b>x</b >", nil, []string{"text: " + unknownTag, "text: has a <b> that is not closed"}},

	{"tags are closed", "<i>x", nil, []string{"text: has a <i> that is not closed"}},
	{"all of them", "<i><lang en>x<i>", nil, []string{"text: has a <i> that is not closed", "text: has a <lang> that is not closed"}},
	{"in a voice too", "<v Jo><u>x", nil, []string{"text: has a <u> that is not closed"}},
	{"an end tag has a tag to close", "x</c>", nil, []string{"text: " + notLast("c")}},
	{"one of its own", "<b>x</i></b>", nil, []string{"text: " + notLast("i")}},
	{"which is the innermost", "<b><i>x</b></i>", nil, []string{"text: " + notLast("b"), "text: has a <b> that is not closed"}},
	{"and is open still", "<b>x</b></b>", nil, []string{"text: " + notLast("b")}},
	{"a voice is closed like the others", "<v Jo><i>x</v></i>", nil, []string{"text: " + notLast("v")}},
	{"a tag does not go from one voice to the next", "<v Jo><i>x <v Al>y</i>", nil, []string{"text: has a <v> in a tag of another voice"}},
	{"a voice may begin again in another tag", "<v Jo>x</v><i><v Al>y</v></i>", say("Jo", "x", "Al", "y"), nil},

	{"ruby text may be left open at the end", "<ruby>a<rt>b</rt>c<rt>d</ruby>e", say("", "abcde"), nil},
	{"but by its ruby only", "<ruby>a<rt>b", nil, []string{"text: has a <ruby> that is not closed", "text: has a <rt> that is not closed"}},
	{"ruby text stands in ruby", "<rt>x</rt>", nil, []string{"text: has an <rt> not directly in a <ruby>"}},
	{"and not deeper", "<ruby><b><rt>x</rt></b></ruby>", nil, []string{"text: has an <rt> not directly in a <ruby>"}},
	{"a tag in ruby text is closed before", "<ruby>a<rt><b>b</ruby>", nil, []string{
		"text: " + notLast("ruby"), "text: has a <ruby> that is not closed", "text: has a <rt> that is not closed", "text: has a <b> that is not closed"}},

	{"timestamps rise from start to end", "a <00:01.001>b <00:00:05.000><00:09.999>c", say("", "a b c"), nil},
	{"after the start", "<00:01.000>x", nil, []string{"text: " + badOrder}},
	{"before the end", "<00:10.000>x", nil, []string{"text: " + badOrder}},
	{"and after one another", "<00:02.000>x<00:02.000>", nil, []string{"text: " + badOrder}},
	{"a timestamp is like the times of a cue", "<00:2.000>x", nil, []string{"text: has a timestamp that " + noTime}},
	{"in all respects", "<0:60.000>x<00:60.000>y", nil, []string{"text: has a timestamp that " + noTime, "text: has a timestamp that has minutes or seconds above 59"}},
	{"it has hours, if need be", "<90:00:00.000>x", nil, []string{"text: " + badOrder}},
	{"it does not move a voice", "<v Jo>a <00:02.000>b", say("Jo", "a b"), nil},

	{"a < is a tag", "a < b", nil, []string{"text: " + unclosed}},
	{"at the end too", "a <", nil, []string{"text: " + unclosed}},
	{"which ends on its line", "<v Jo\nHoek>x", nil, []string{"text: " + unclosed}},
	{"what comes before it is looked at", "<x>a <b\n<y>", nil, []string{"text: " + unknownTag, "text: " + unclosed}},
}

// say returns spans of voices and texts.
func say(voicesAndTexts ...string) (spans [][2]string) {
	for i := 0; i < len(voicesAndTexts); i += 2 {
		spans = append(spans, [2]string{voicesAndTexts[i], voicesAndTexts[i+1]})
	}
	return spans
}

const (
	badOrder = "has a timestamp that is not between start and end, or not after the one before it"
	unclosed = "has a < without its > on the same line"
)

func notLast(tag string) string {
	return "has a </" + tag + "> where the innermost tag is another, or none"
}

func badClass(tag string) string {
	return "has a <" + tag + "> with a class that is empty, or has & or < in it"
}

func TestReadTexts(t *testing.T) {
	for _, r := range payloads {
		testkit.Row(t, r.why, func(t *testing.T) {
			want := told{line: 3, times: "1s 10s", spans: r.spans}
			if r.faults != nil {
				want = told{line: 3, faults: r.faults}
			}
			got, err := tell(t, webvtt.Read(strings.NewReader("WEBVTT\n\n00:01.000 --> 00:10.000\n"+r.text+"\n")))
			if diff := cmp.Diff([]told{want}, got, tellings); diff != "" || err != nil {
				t.Errorf("want -, got +:\n%s%v", diff, err)
			}
		})
	}
}

// A timestamp is not compared with times that are none.
func TestReadTimestampOfABadCue(t *testing.T) {
	for _, times := range []string{"00:01 --> 00:10.000", "00:01.000 --> 00:10", "00:01.000 --> 00:00.500"} {
		got, err := tell(t, webvtt.Read(strings.NewReader("WEBVTT\n\n"+times+"\n<00:00.000>x <00:20.000>y")))
		if err != nil || len(got) != 1 || len(got[0].faults) != 1 {
			t.Errorf("%s: %v, %v", times, got, err)
		}
	}
}

// However much is wrong with a cue, it is told in a few words, and soon enough.
func TestReadManyFaults(t *testing.T) {
	for _, piece := range []string{"<x>", "<", "</b>", "<b>", "<v A>", "<v A></v>", "<c.&>", "&", "&#", "<00:00.000>", "00:01.000 --> ", "size:1 "} {
		for _, before := range []string{"", "00:01.000 --> ", "00:01.000 --> 00:02.000 ", "00:01.000 --> 00:02.000\n", "00:01.000 --> 00:02.000\n" + strings.Repeat("<i>", 1e4)} {
			file := "WEBVTT\n\n" + before + strings.Repeat(piece, 1<<17/len(piece))
			got, err := tell(t, webvtt.Read(strings.NewReader(file)))
			if err != nil || len(got) > 1 || len(got) == 1 && len(got[0].faults) > 5 {
				t.Errorf("%q and %q: %d cues, %v", before, piece, len(got), err)
			}
		}
	}
}
