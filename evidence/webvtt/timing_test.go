package webvtt_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// timings are lines with the times of a cue: the times that are read, the faults, or both
// for faults that lose no words.
var timings = []struct {
	why    string
	line   string
	times  string
	faults []string
}{
	{"hours are optional", "00:01.000 --> 00:02.000", "1s 2s", nil},
	{"hours may be given", "00:00:01.000 --> 01:02:03.045", "1s 1h2m3.045s", nil},
	{"one of the times may have hours", "00:01.001 --> 00:00:01.002", "1.001s 1.002s", nil},
	{"minutes and seconds reach 59", "59:59.999 --> 10:59:59.999", "59m59.999s 10h59m59.999s", nil},
	{"hours have two digits or more", "100:00:00.000 --> 00100:00:00.001", "100h0m0s 100h0m0.001s", nil},
	{"hours have at most five digits", "00:00.000 --> 99999:59:59.999", "0s 99999h59m59.999s", nil},
	{"six digits of hours are too many", "000000:00:00.000 --> 100000:00:00.000", "", []string{
		"start: has hours of more than 5 digits", "end: has hours of more than 5 digits"}},
	{"very many digits of hours do not overflow", "00:00.000 --> 18446744073709551616:00:01.000", "", []string{"end: has hours of more than 5 digits"}},
	{"an hour has 60 minutes", "60:00.000 --> 00:60:00.000", "", []string{"start: has minutes or seconds above 59", "end: has minutes or seconds above 59"}},
	{"a minute has 60 seconds", "00:60.000 --> 00:00:60.000", "", []string{"start: has minutes or seconds above 59", "end: has minutes or seconds above 59"}},
	{"hours have two digits", "0:00:01.000 --> 1:00:01.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"minutes have two digits", "0:01.000 --> 00:1:01.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"seconds have two digits", "00:1.000 --> 00:001.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a fraction has three digits", "00:01.00 --> 00:02.0000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a fraction is required", "00:01 --> 00:02.", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a fraction follows a point", "00:01,000 --> 00:02:000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"seconds alone are not a time", "01.000 --> 2", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a time does not have days", "00:00:00:01.000 --> 00:00:00:02.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a time does not have a sign", "-00:01.000 --> +00:02.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"the digits are ASCII", "0٠:01.000 --> 00:02.000", "", []string{"start: " + noTime}},
	{"other characters around a time are a fault", "x00:01.000 --> 00:02.000x", "", []string{"start: " + noTime, "end: " + noTime}},
	{"both times are required", "-->", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a blank before the start is a fault", " 00:01.000 --> 00:02.000", "", []string{"start: " + noTime}},
	{"several blanks may stand beside the arrow", "00:01.000 \t--> \t 00:02.000", "1s 2s", nil},
	{"the blanks may be tabs", "00:01.000\t-->\t00:02.000\t", "1s 2s", nil},
	{"a blank before the arrow is required", "00:01.000--> 00:02.000", "", []string{"start: has no blank after it"}},
	{"a blank after the arrow is required", "00:01.000 -->00:02.000", "", []string{"end: has no blank before it"}},
	{"the blanks are ASCII", "00:01.000\u00a0-->\u00a000:02.000", "", []string{"start: " + noTime, "end: " + noTime}},
	{"a cue may last a millisecond", "00:01.000 --> 00:01.001", "1s 1.001s", nil},
	{"a cue of no length is a fault", "00:01.000 --> 00:01.000", "", []string{"end: is not after start"}},
	{"an end before the start is a fault", "00:01.000 --> 00:00.999", "", []string{"end: is not after start"}},
	{"a wrong start is not compared with the end", "00:61.000 --> 00:00.000", "", []string{"start: has minutes or seconds above 59"}},

	{"blanks are not settings", "00:01.000 --> 00:02.000 \t", "1s 2s", nil},
	{"settings have no order", "00:01.000 --> 00:02.000 align:end\tsize:50% \tline:0", "1s 2s", nil},
	{"text may run from right to left", "00:01.000 --> 00:02.000 vertical:rl", "1s 2s", nil},
	{"text may run from left to right", "00:01.000 --> 00:02.000 vertical:lr", "1s 2s", nil},
	{"another direction is wrong", "00:01.000 --> 00:02.000 vertical:rlr", "1s 2s", []string{"settings.vertical: is not rl or lr"}},
	{"a line is a number", "00:01.000 --> 00:02.000 line:10", "1s 2s", nil},
	{"a line may count from the other end", "00:01.000 --> 00:02.000 line:-1", "1s 2s", nil},
	{"a line may be a percentage", "00:01.000 --> 00:02.000 line:12.5%", "1s 2s", nil},
	{"a percentage may have an alignment", "00:01.000 --> 00:02.000 line:50%,center", "1s 2s", nil},
	{"a number may have an alignment", "00:01.000 --> 00:02.000 line:-1,end", "1s 2s", nil},
	{"a line is not aligned left", "00:01.000 --> 00:02.000 line:1,left", "1s 2s", []string{"settings.line: " + noLine}},
	{"an alignment follows a comma", "00:01.000 --> 00:02.000 line:1,", "1s 2s", []string{"settings.line: " + noLine}},
	{"a line number is whole", "00:01.000 --> 00:02.000 line:1.5", "1s 2s", []string{"settings.line: " + noLine}},
	{"a percentage does not have a sign", "00:01.000 --> 00:02.000 line:-1%", "1s 2s", []string{"settings.line: " + noLine}},
	{"a position is a percentage", "00:01.000 --> 00:02.000 position:0%", "1s 2s", nil},
	{"a position may be aligned left", "00:01.000 --> 00:02.000 position:10%,line-left", "1s 2s", nil},
	{"a position may be aligned right", "00:01.000 --> 00:02.000 position:10%,line-right", "1s 2s", nil},
	{"a position may be centered", "00:01.000 --> 00:02.000 position:10%,center", "1s 2s", nil},
	{"a position is not aligned to a start", "00:01.000 --> 00:02.000 position:10%,start", "1s 2s", []string{"settings.position: " + noPosition}},
	{"a position is not a number", "00:01.000 --> 00:02.000 position:10", "1s 2s", []string{"settings.position: " + noPosition}},
	{"a size reaches 100%", "00:01.000 --> 00:02.000 size:100%", "1s 2s", nil},
	{"100% may have more zeros", "00:01.000 --> 00:02.000 size:00100.00%", "1s 2s", nil},
	{"a size just above 100% is wrong", "00:01.000 --> 00:02.000 size:100.01%", "1s 2s", []string{"settings.size: is not a percentage"}},
	{"a size far above 100% is wrong", "00:01.000 --> 00:02.000 size:101%", "1s 2s", []string{"settings.size: is not a percentage"}},
	{"a percentage has digits before its point", "00:01.000 --> 00:02.000 size:.5%", "1s 2s", []string{"settings.size: is not a percentage"}},
	{"a percentage has digits after its point", "00:01.000 --> 00:02.000 size:5.%", "1s 2s", []string{"settings.size: is not a percentage"}},
	{"a percentage has its sign", "00:01.000 --> 00:02.000 size:5", "1s 2s", []string{"settings.size: is not a percentage"}},
	{"a size does not have an alignment", "00:01.000 --> 00:02.000 size:5%,start", "1s 2s", []string{"settings.size: is not a percentage"}},
	{"text may be aligned left", "00:01.000 --> 00:02.000 align:left", "1s 2s", nil},
	{"text may be aligned right", "00:01.000 --> 00:02.000 align:right", "1s 2s", nil},
	{"text may be aligned to its start", "00:01.000 --> 00:02.000 align:start", "1s 2s", nil},
	{"text is aligned to the center, which drafts called middle", "00:01.000 --> 00:02.000 align:middle", "1s 2s", []string{"settings.align: is not start, center, end, left or right"}},
	{"settings are in lower case", "00:01.000 --> 00:02.000 align:Center ALIGN:center", "1s 2s", []string{
		"settings.align: is not start, center, end, left or right", "settings: " + unknownSetting}},
	{"a region has an id", "00:01.000 --> 00:02.000 region:a:b", "1s 2s", nil},
	{"the id of a region is not empty", "00:01.000 --> 00:02.000 region:", "1s 2s", []string{"settings.region: is not an id"}},
	{"the id of a region does not have an arrow", "00:01.000 --> 00:02.000 region:a-->b", "1s 2s", []string{"settings: have an arrow"}},
	{"a setting is given once", "00:01.000 --> 00:02.000 size:5% line:1 size:5%", "1s 2s", []string{"settings.size: is given twice"}},
	{"a setting has a value", "00:01.000 --> 00:02.000 size", "1s 2s", []string{"settings.size: is not a percentage"}},
	{"an unknown setting is reported", "00:01.000 --> 00:02.000 color:red", "1s 2s", []string{"settings: " + unknownSetting}},
	{"several unknown settings are reported once", "00:01.000 --> 00:02.000 color:red : x :y", "1s 2s", []string{"settings: " + unknownSetting}},
	{"settings after an unknown one are checked", "00:01.000 --> 00:02.000 color:red size:5", "1s 2s", []string{
		"settings: " + unknownSetting, "settings.size: is not a percentage"}},
	{"a setting does not have blanks", "00:01.000 --> 00:02.000 size: 5%", "1s 2s", []string{"settings.size: is not a percentage", "settings: " + unknownSetting}},
	{"a wrong time and a wrong setting are one error", "00:01 --> 00:02.000 size:5", "", []string{"start: " + noTime, "settings.size: is not a percentage"}},
}

const (
	noLine     = "is not a number or a percentage, with an optional alignment, such as -1 or 50%,center"
	noPosition = "is not a percentage, with an optional alignment, such as 10%,line-left"
)

func TestTimesAndSettings(t *testing.T) {
	for _, r := range timings {
		testkit.Row(t, r.why, func(t *testing.T) {
			var want []entry
			if r.faults != nil {
				want = append(want, entry{line: 3, faults: r.faults})
			}
			if r.times != "" {
				want = append(want, entry{line: 3, id: "id", times: r.times, spans: [][2]string{{"", "x"}}})
			}
			got, err := collect(t, webvtt.Read(strings.NewReader("WEBVTT\n\nid\n"+r.line+"\nx\n"), webvtt.Options{}))
			if diff := cmp.Diff(want, got, entries); diff != "" || err != nil {
				t.Errorf("want -, got +:\n%s%v", diff, err)
			}
		})
	}
}
