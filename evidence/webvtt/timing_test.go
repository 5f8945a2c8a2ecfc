package webvtt_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// timings are lines with the times of a cue, and what they come to: the times, or else
// faults.
var timings = []struct {
	why    string
	line   string
	times  string
	faults []string
}{
	{"hours may be left out", "00:01.000 --> 00:02.000", "1s 2s", nil},
	{"hours may be given", "00:00:01.000 --> 01:02:03.045", "1s 1h2m3.045s", nil},
	{"on one side too", "00:01.001 --> 00:00:01.002", "1.001s 1.002s", nil},
	{"minutes and seconds go to 59", "59:59.999 --> 10:59:59.999", "59m59.999s 10h59m59.999s", nil},
	{"hours have two digits or more", "100:00:00.000 --> 00100:00:00.001", "100h0m0s 100h0m0.001s", nil},
	{"hours have five digits at most", "00:00.000 --> 99999:59:59.999", "0s 99999h59m59.999s", nil},
	{"and not six", "000000:00:00.000 --> 100000:00:00.000", "", []string{
		"start: has hours of more than 5 digits", "end: has hours of more than 5 digits"}},
	{"nor so many that they are another number", "00:00.000 --> 18446744073709551616:00:01.000", "", []string{"end: has hours of more than 5 digits"}},
	{"there are 60 minutes in an hour", "60:00.000 --> 00:60:00.000", "", []string{"start: has minutes or seconds above 59", "end: has minutes or seconds above 59"}},
	{"and 60 seconds in a minute", "00:60.000 --> 00:00:60.000", "", []string{"start: has minutes or seconds above 59", "end: has minutes or seconds above 59"}},
	{"hours of one digit are none", "0:00:01.000 --> 1:00:01.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"minutes of one digit are none", "0:01.000 --> 00:1:01.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"seconds of one digit are none, or of three", "00:1.000 --> 00:001.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a fraction has three digits", "00:01.00 --> 00:02.0000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a fraction is given", "00:01 --> 00:02.", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a fraction follows a point", "00:01,000 --> 00:02:000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"seconds alone are no time", "01.000 --> 2", "", []string{"start: " + noTime, "end: " + noTime}},
	{"days are no part of a time", "00:00:00:01.000 --> 00:00:00:02.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a time has no sign", "-00:01.000 --> +00:02.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a time has digits of ASCII", "0٠:01.000 --> 00:02.000", "", []string{"start: " + noTime}},
	{"a time is whole", "x00:01.000 --> 00:02.000x", "", []string{"start: " + noTime, "end: " + noTime}},
	{"both are given", "-->", "", []string{"start: " + noTime, "end: " + noTime}},
	{"blanks before the start are none of the grammar", " 00:01.000 --> 00:02.000", "", []string{"start: " + noTime}},
	{"blanks around the arrow may be several", "00:01.000 \t--> \t 00:02.000", "1s 2s", nil},
	{"and may be tabs", "00:01.000\t-->\t00:02.000\t", "1s 2s", nil},
	{"but there are some", "00:01.000--> 00:02.000", "", []string{"start: has no blank after it"}},
	{"on both sides", "00:01.000 -->00:02.000", "", []string{"end: has no blank before it"}},
	{"and they are of ASCII", "00:01.000\u00a0-->\u00a000:02.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a cue ends after its start", "00:01.000 --> 00:01.001", "1s 1.001s", nil},
	{"and not at it", "00:01.000 --> 00:01.000", "", []string{"end: is not after start"}},
	{"nor before it", "00:01.000 --> 00:00.999", "", []string{"end: is not after start"}},
	{"a start that is none is not compared", "00:61.000 --> 00:00.000", "", []string{"start: has minutes or seconds above 59"}},

	{"blanks are no settings", "00:01.000 --> 00:02.000 \t", "1s 2s", nil},
	{"settings stand in any order", "00:01.000 --> 00:02.000 align:end\tsize:50% \tline:0", "1s 2s", nil},
	{"text may be vertical", "00:01.000 --> 00:02.000 vertical:rl", "1s 2s", nil},
	{"in both directions", "00:01.000 --> 00:02.000 vertical:lr", "1s 2s", nil},
	{"and in no third", "00:01.000 --> 00:02.000 vertical:rlr", "", []string{"settings.vertical: is not rl or lr"}},
	{"a line has a number", "00:01.000 --> 00:02.000 line:10", "1s 2s", nil},
	{"from the other end too", "00:01.000 --> 00:02.000 line:-1", "1s 2s", nil},
	{"or a percentage", "00:01.000 --> 00:02.000 line:12.5%", "1s 2s", nil},
	{"and an alignment", "00:01.000 --> 00:02.000 line:50%,center", "1s 2s", nil},
	{"which is start or end too, for numbers too", "00:01.000 --> 00:02.000 line:-1,end", "1s 2s", nil},
	{"a line's alignment is of its own", "00:01.000 --> 00:02.000 line:1,left", "", []string{"settings.line: " + noLine}},
	{"an alignment is behind a comma", "00:01.000 --> 00:02.000 line:1,", "", []string{"settings.line: " + noLine}},
	{"a line's number is whole", "00:01.000 --> 00:02.000 line:1.5", "", []string{"settings.line: " + noLine}},
	{"a percentage has no sign", "00:01.000 --> 00:02.000 line:-1%", "", []string{"settings.line: " + noLine}},
	{"a position is a percentage", "00:01.000 --> 00:02.000 position:0%", "1s 2s", nil},
	{"with an alignment", "00:01.000 --> 00:02.000 position:10%,line-left", "1s 2s", nil},
	{"to the right", "00:01.000 --> 00:02.000 position:10%,line-right", "1s 2s", nil},
	{"or the middle", "00:01.000 --> 00:02.000 position:10%,center", "1s 2s", nil},
	{"of its own", "00:01.000 --> 00:02.000 position:10%,start", "", []string{"settings.position: " + noPosition}},
	{"and never a number", "00:01.000 --> 00:02.000 position:10", "", []string{"settings.position: " + noPosition}},
	{"a size is a percentage up to 100", "00:01.000 --> 00:02.000 size:100%", "1s 2s", nil},
	{"however it is written", "00:01.000 --> 00:02.000 size:00100.00%", "1s 2s", nil},
	{"and not above", "00:01.000 --> 00:02.000 size:100.01%", "", []string{"settings.size: is not a percentage"}},
	{"by far", "00:01.000 --> 00:02.000 size:101%", "", []string{"settings.size: is not a percentage"}},
	{"with digits on both sides of its point", "00:01.000 --> 00:02.000 size:.5%", "", []string{"settings.size: is not a percentage"}},
	{"on the right too", "00:01.000 --> 00:02.000 size:5.%", "", []string{"settings.size: is not a percentage"}},
	{"and its sign", "00:01.000 --> 00:02.000 size:5", "", []string{"settings.size: is not a percentage"}},
	{"a size has no alignment", "00:01.000 --> 00:02.000 size:5%,start", "", []string{"settings.size: is not a percentage"}},
	{"text is aligned to a side", "00:01.000 --> 00:02.000 align:left", "1s 2s", nil},
	{"to the other one", "00:01.000 --> 00:02.000 align:right", "1s 2s", nil},
	{"to its start", "00:01.000 --> 00:02.000 align:start", "1s 2s", nil},
	{"to the center, which drafts called middle", "00:01.000 --> 00:02.000 align:middle", "", []string{"settings.align: is not start, center, end, left or right"}},
	{"case matters", "00:01.000 --> 00:02.000 align:Center ALIGN:center", "", []string{
		"settings.align: is not start, center, end, left or right", "settings: " + unknownSetting}},
	{"a region has an id", "00:01.000 --> 00:02.000 region:a:b", "1s 2s", nil},
	{"which is not empty", "00:01.000 --> 00:02.000 region:", "", []string{"settings.region: is not an id"}},
	{"nor has an arrow", "00:01.000 --> 00:02.000 region:a-->b", "", []string{"settings: have an arrow"}},
	{"a setting is given once", "00:01.000 --> 00:02.000 size:5% line:1 size:5%", "", []string{"settings.size: is given twice"}},
	{"a setting has a value", "00:01.000 --> 00:02.000 size", "", []string{"settings.size: is not a percentage"}},
	{"a setting is known", "00:01.000 --> 00:02.000 color:red", "", []string{"settings: " + unknownSetting}},
	{"what is unknown is told once", "00:01.000 --> 00:02.000 color:red : x :y", "", []string{"settings: " + unknownSetting}},
	{"what stands behind it is looked at", "00:01.000 --> 00:02.000 color:red size:5", "", []string{
		"settings: " + unknownSetting, "settings.size: is not a percentage"}},
	{"blanks do not stand in a setting", "00:01.000 --> 00:02.000 size: 5%", "", []string{"settings.size: is not a percentage", "settings: " + unknownSetting}},
}

const (
	noLine     = "is not a number or a percentage, and perhaps an alignment, such as -1 or 50%,center"
	noPosition = "is not a percentage, and perhaps an alignment, such as 10%,line-left"
)

func TestReadTimings(t *testing.T) {
	for _, r := range timings {
		testkit.Row(t, r.why, func(t *testing.T) {
			want := told{line: 3, id: "id", times: r.times, spans: [][2]string{{"", "x"}}}
			if r.faults != nil {
				want = told{line: 3, faults: r.faults}
			}
			got, err := tell(t, webvtt.Read(strings.NewReader("WEBVTT\n\nid\n"+r.line+"\nx\n")))
			if diff := cmp.Diff([]told{want}, got, tellings); diff != "" || err != nil {
				t.Errorf("want -, got +:\n%s%v", diff, err)
			}
		})
	}
}
