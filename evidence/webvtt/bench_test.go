package webvtt_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
)

// longCall returns a file with a number of cues of two lines. Before stands before the
// text of each, and id before its times.
func longCall(cues int, id, before string) string {
	var file strings.Builder
	file.WriteString("WEBVTT\n")
	for i := range cues {
		if id == "" {
			id = "%d"
		}
		fmt.Fprintf(&file, "\n"+id+"\n%02d:%02d:%02d.000 --> %02d:%02d:%02d.500\n%sIt is <i>slow</i> again &amp; again, since the last update,\nand the sound is gone.\n",
			i, i/3600, i/60%60, i%60, i/3600, i/60%60, i%60, before)
	}
	return file.String()
}

func BenchmarkRead(b *testing.B) {
	const cues = 10_000
	for _, r := range []struct {
		name, file string
		o          webvtt.Options
	}{
		{"VoiceTag", longCall(cues, "", "<v Agent>"), webvtt.Options{}},
		{"Prefix", longCall(cues, "", "Ann Agent: "), webvtt.Options{Speakers: webvtt.Prefix}},
		{"CueID", longCall(cues, `%d "Ann Agent" (101)`, ""), webvtt.Options{Speakers: webvtt.CueID}},
		{"NameTag", longCall(cues, "", "<Ann Agent>"), webvtt.Options{Speakers: webvtt.NameTag}},
		{"Detect", longCall(cues, "", "Ann Agent: "), webvtt.Options{Speakers: webvtt.Detect}},
		{"Lenient", strings.ReplaceAll(longCall(cues, "", "<v Agent>"), ".000 -", ".00 -"), webvtt.Options{Lenient: true}},
		{"FoldRollUp", longCall(cues, "", "<v Agent>"), webvtt.Options{FoldRollUp: true}},
	} {
		b.Run(r.name, func(b *testing.B) {
			b.SetBytes(int64(len(r.file)))
			b.ReportAllocs()
			r.o.Warn = func(*evidence.LineError) {}
			for b.Loop() {
				n := 0
				for _, err := range webvtt.Read(strings.NewReader(r.file), r.o) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != cues && r.name != "FoldRollUp" {
					b.Fatal(n, "cues")
				}
			}
		})
	}
}
