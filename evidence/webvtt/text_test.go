package webvtt_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// payloads are texts of a cue that lasts from the first to the tenth second: the spans that
// are read, the faults, or both for faults that lose no words.
var payloads = []struct {
	why    string
	text   string
	spans  [][2]string
	faults []string
}{
	{"text is unchanged", "It is slow.", say("", "It is slow."), nil},
	{"a line break stays", "It is\nslow.", say("", "It is\nslow."), nil},
	{"blanks around the text are removed", " \t It is  slow.\n ", say("", "It is  slow."), nil},
	{"a > is text", "a > b -> c", say("", "a > b -> c"), nil},

	{"references are replaced", "&lt;b&gt; &amp; &quot;&#233;&#xe9;&eacute;&quot;", say("", `<b> & "ééé"`), nil},
	{"references are replaced once", "&amp;lt;", say("", "&lt;"), nil},
	{"a semicolon is optional as in HTML", "&lt;b&gt &amp c", say("", "<b> & c"), nil},
	{"a single ampersand is text", "R&D & &x; &", say("", "R&D & &x; &"), nil},
	{"a reference does not cross a tag", "&am<i>p;</i>", say("", "&amp;"), nil},
	{"a tag made of references is text", "&lt;x&gt;", say("", "<x>"), nil},
	{"an arrow made of references is text", "a --&gt; b", say("", "a --> b"), nil},
	{"a reference to an invalid character is the replacement character", "a&#0;&#xd800;", say("", "a\ufffd\ufffd"), nil},

	{"a voice is named", "<v Jo>Hello.</v>", say("Jo", "Hello."), nil},
	{"a voice lasts until the end of the cue", "<v Jo>Hello.\nIt is slow.", say("Jo", "Hello.\nIt is slow."), nil},
	{"a voice lasts until its end tag", "<v Jo>Hello.</v> Beep.", say("Jo", "Hello.", "", "Beep."), nil},
	{"a voice lasts until the next voice", "<v Jo>Hello.\n<v Al>Good morning.", say("Jo", "Hello.", "Al", "Good morning."), nil},
	{"voices do not nest", "<v Jo>Hello. <v Al>Yes?</v> It is slow.", say("Jo", "Hello.", "Al", "Yes?", "", "It is slow."), nil},
	{"a second end tag after two voices is a fault", "<v Jo>Hello. <v Al>Yes?</v> It is slow.</v>", nil, []string{"text: " + notLast("v")}},
	{"a voice may begin again", "<v Jo>a</v><v Jo>b</v>", say("Jo", "a", "Jo", "b"), nil},
	{"text may stand before a voice", "Beep. <v Jo>Hello.", say("", "Beep.", "Jo", "Hello."), nil},
	{"a voice without text is not a span", "<v Jo> <i></i>\n</v><v Al>Hello?", say("Al", "Hello?"), nil},
	{"a name has single blanks", "<v  Jo \t&#10;\f van  Hoek&#13;>x</v>", say("Jo van Hoek", "x"), nil},
	{"a name may follow a tab", "<v\tJo>x</v>", say("Jo", "x"), nil},
	{"blanks that are not ASCII belong to the name", "<v \u00a0Jo&nbsp;H\u2003>x", say("\u00a0Jo\u00a0H\u2003", "x"), nil},
	{"references in a name are replaced", "<v Jo &amp; R&D &gt; Al>x", say("Jo & R&D > Al", "x"), nil},
	{"a name may have a <", "<v Jo <b>x", say("Jo <b", "x"), nil},
	{"a name may have periods", "<v J. R.>x", say("J. R.", "x"), nil},
	{"a name is required", "<v>x</v>", nil, []string{"text: has a <v> without an annotation"}},
	{"a blank name is a fault", "<v &#32;\t>x</v>", nil, []string{"text: has a <v> without an annotation"}},

	{"every tag of the grammar is known", "<c>1</c><i>2</i><b>3</b><u>4</u><ruby>5<rt>6</rt></ruby><lang en>7</lang>", say("", "1234567"), nil},
	{"tags nest", "<c><i><b><u><c>x</c></u></b></i></c>", say("", "x"), nil},
	{"tags may surround voices", "<i><v Jo>a</v> <v Al>b</v></i>", say("Jo", "a", "Al", "b"), nil},
	{"tags may stand in a voice", "<v Jo>a <i>b</i>\n<b>c</b>", say("Jo", "a b\nc"), nil},
	{"tags may have classes", "<c.a>1</c><i.a.b>2</i><v.loud.é Jo>3</v><lang.x-y en>4</lang>", say("", "12", "Jo", "3", "", "4"), nil},
	{"an empty class is a fault", "<c.>x</c>", nil, []string{"text: " + badClass("c")}},
	{"an empty class among others is a fault", "<v.a..b Jo>x</v>", nil, []string{"text: " + badClass("v")}},
	{"a class with an ampersand is a fault", "<c.a&b>x</c>", nil, []string{"text: " + badClass("c")}},
	{"a class with a < is a fault", "<i.a<b>x</i>", nil, []string{"text: " + badClass("i")}},
	{"a class without a tag is a fault", "<.a>x", nil, []string{"text: " + unknownTag}},
	{"a language is named", "<lang>x</lang>", nil, []string{"text: has a <lang> without an annotation"}},
	{"other tags do not have an annotation", "<b x>x</b>", nil, []string{"text: has a <b> with an annotation"}},
	{"a blank annotation is an annotation", "<rt >x", nil, []string{"text: has a <rt> with an annotation", "text: has an <rt> not directly in a <ruby>", "text: has a <rt> that is not closed"}},
	{"an unknown tag is a fault", "<x>x</x>", nil, []string{"text: " + unknownTag}},
	{"an empty tag is a fault", "<>x</>", nil, []string{"text: " + unknownTag}},
	{"a blank before the name of a tag is a fault", "< b>x", nil, []string{"text: " + unknownTag}},
	{"tags are in lower case", "<B>x</B>", nil, []string{"text: " + unknownTag}},
	{"an end tag has only a name", "<b>x</b >", nil, []string{"text: " + unknownTag, "text: has a <b> that is not closed"}},

	{"a tag is closed", "<i>x", nil, []string{"text: has a <i> that is not closed"}},
	{"every tag is closed", "<i><lang en>x<i>", nil, []string{"text: has a <i> that is not closed", "text: has a <lang> that is not closed"}},
	{"a tag in a voice is closed", "<v Jo><u>x", nil, []string{"text: has a <u> that is not closed"}},
	{"an end tag closes a tag", "x</c>", nil, []string{"text: " + notLast("c")}},
	{"an end tag closes a tag of its name", "<b>x</i></b>", nil, []string{"text: " + notLast("i")}},
	{"an end tag closes the innermost tag", "<b><i>x</b></i>", nil, []string{"text: " + notLast("b"), "text: has a <b> that is not closed"}},
	{"a tag is closed once", "<b>x</b></b>", nil, []string{"text: " + notLast("b")}},
	{"the end of a voice closes the innermost tag", "<v Jo><i>x</v></i>", nil, []string{"text: " + notLast("v")}},
	{"a tag does not continue into the next voice", "<v Jo><i>x <v Al>y</i>", nil, []string{"text: has a <v> in a tag of another voice"}},
	{"another tag may have the next voice", "<v Jo>x</v><i><v Al>y</v></i>", say("Jo", "x", "Al", "y"), nil},

	{"the end of a ruby closes its last ruby text", "<ruby>a<rt>b</rt>c<rt>d</ruby>e", say("", "abcde"), nil},
	{"the end of the cue does not close ruby text", "<ruby>a<rt>b", nil, []string{"text: has a <ruby> that is not closed", "text: has a <rt> that is not closed"}},
	{"ruby text stands in a ruby", "<rt>x</rt>", nil, []string{"text: has an <rt> not directly in a <ruby>"}},
	{"ruby text stands directly in a ruby", "<ruby><b><rt>x</rt></b></ruby>", nil, []string{"text: has an <rt> not directly in a <ruby>"}},
	{"the end of a ruby does not close a tag in ruby text", "<ruby>a<rt><b>b</ruby>", nil, []string{
		"text: " + notLast("ruby"), "text: has a <ruby> that is not closed", "text: has a <rt> that is not closed", "text: has a <b> that is not closed"}},

	{"timestamps rise from start to end", "a <00:01.001>b <00:00:05.000><00:09.999>c", say("", "a b c"), nil},
	{"a timestamp at the start is wrong and loses no words", "<00:01.000>x", say("", "x"), []string{"text: " + badOrder}},
	{"a timestamp at the end is wrong", "a<00:10.000> x", say("", "a x"), []string{"text: " + badOrder}},
	{"a repeated timestamp is wrong", "<00:02.000>x<00:02.000>y", say("", "xy"), []string{"text: " + badOrder}},
	{"a timestamp has the form of the cue's times", "a <00:2.000>x", say("", "a x"), []string{"text: has a timestamp that " + noTime}},
	{"a timestamp with letters is wrong and not a word", "a <00:xx>b", say("", "a b"), []string{"text: has a timestamp that " + noTime}},
	{"a timestamp has minutes and seconds up to 59", "<0:6.000>x<00:60.000>y", say("", "xy"), []string{"text: has a timestamp that " + noTime, "text: has a timestamp that has minutes or seconds above 59"}},
	{"a timestamp may have hours", "<90:00:00.000>x", say("", "x"), []string{"text: " + badOrder}},
	{"a timestamp does not end a voice", "<v Jo>a <00:02.000>b", say("Jo", "a b"), nil},
	{"a wrong timestamp does not end a voice", "<v Jo>a <00:99.000>b", say("Jo", "a b"), []string{"text: has a timestamp that has minutes or seconds above 59"}},
	{"text that begins with a digit is not a timestamp", "I <3 you> so", nil, []string{"text: " + unknownTag}},
	{"a wrong timestamp and a wrong tag are one error", "<00:2.000>x<x>", nil, []string{"text: has a timestamp that " + noTime, "text: " + unknownTag}},

	{"a < begins a tag", "a < b", nil, []string{"text: " + unclosed}},
	{"a < at the end is a fault", "a <", nil, []string{"text: " + unclosed}},
	{"a tag ends on its line", "<v Jo\nHoek>x", nil, []string{"text: " + unclosed}},
	{"faults around an unclosed tag are reported", "<x>a <b\n<i>", nil, []string{"text: " + unknownTag, "text: " + unclosed, "text: has a <i> that is not closed"}},
}

// say returns spans of voices and texts.
func say(voicesAndTexts ...string) (spans [][2]string) {
	for i := 0; i < len(voicesAndTexts); i += 2 {
		spans = append(spans, [2]string{voicesAndTexts[i], voicesAndTexts[i+1]})
	}
	return spans
}

const (
	badOrder = "has a timestamp that is not between start and end, or not after the previous one"
	unclosed = "has a < without a > on the same line"
)

func notLast(tag string) string {
	return "has a </" + tag + "> where the innermost open tag is not " + tag
}

func badClass(tag string) string {
	return "has a <" + tag + "> with a class that is empty, or has & or < in it"
}

func TestTexts(t *testing.T) {
	for _, r := range payloads {
		testkit.Row(t, r.why, func(t *testing.T) {
			var want []entry
			if r.faults != nil {
				want = append(want, entry{line: 3, faults: r.faults})
			}
			if r.spans != nil {
				want = append(want, entry{line: 3, times: "1s 10s", spans: r.spans})
			}
			got, err := collect(t, webvtt.Read(strings.NewReader("WEBVTT\n\n00:01.000 --> 00:10.000\n"+r.text+"\n"), webvtt.Options{}))
			if diff := cmp.Diff(want, got, entries); diff != "" || err != nil {
				t.Errorf("want -, got +:\n%s%v", diff, err)
			}
		})
	}
}

func TestTimestampIsNotComparedWithWrongTimes(t *testing.T) {
	for _, times := range []string{"00:01 --> 00:10.000", "00:01.000 --> 00:10", "00:01.000 --> 00:00.500"} {
		got, err := collect(t, webvtt.Read(strings.NewReader("WEBVTT\n\n"+times+"\n<00:00.000>x <00:20.000>y"), webvtt.Options{}))
		if err != nil || len(got) != 1 || len(got[0].faults) != 1 {
			t.Errorf("%s: %v, %v", times, got, err)
		}
	}
}

// A cue with very many faults has a short error, and reading it takes linear time.
func TestManyFaultsMakeAShortError(t *testing.T) {
	for _, piece := range []string{"<x>", "<", "</b>", "<b>", "<v A>", "<v A></v>", "<c.&>", "&", "&#", "<00:00.000>", "00:01.000 --> ", "size:1 ", "<A>", "</A>", "A: ", "[", "- ", "a\n", "A:\n"} {
		for _, before := range []string{"", "00:01.000 --> ", "00:01.000 --> 00:02.000 ", "00:01.000 --> 00:02.000\n", "00:01.000 --> 00:02.000\n" + strings.Repeat("<i>", 1e4)} {
			file := "WEBVTT\n\n" + before + strings.Repeat(piece, 1<<15/len(piece))
			for o := range everyOptions {
				if o.FoldRollUp != o.Lenient { // half of them take long enough
					continue
				}
				got, err := collect(t, webvtt.Read(strings.NewReader(file), o))
				if err != nil || len(got) > 3 || len(got) > 0 && len(got[0].faults) > 6 {
					t.Errorf("%q and %q with %+v: %d cues, %v", before, piece, o, len(got), err)
				}
			}
		}
	}
}
