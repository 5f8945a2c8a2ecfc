package webvtt_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
)

// reasons are all faults that there are, so that one with words of an input is found.
func reasons() map[string]bool {
	all := map[string]bool{
		": is longer than 1 MiB": true, ": has no blank line before it": true, "start: has no blank after it": true, ": is a STYLE after a cue": true, ": is a REGION after a cue": true,
		"settings.align: is given twice": true, "settings.vertical: is not rl or lr": true,
	}
	add := func(faults []string) {
		for _, f := range faults {
			all[f] = true
		}
	}
	for _, r := range files {
		for _, c := range r.want {
			add(c.faults)
		}
	}
	for _, r := range timings {
		add(r.faults)
	}
	for _, r := range payloads {
		add(r.faults)
	}
	for _, name := range []string{"vertical", "line", "position", "size", "align", "region"} {
		add([]string{"settings." + name + ": is given twice"})
	}
	for _, tag := range []string{"c", "i", "b", "u", "ruby", "rt", "v", "lang"} {
		add([]string{
			"text: " + notLast(tag), "text: " + badClass(tag), "text: has a <" + tag + "> that is not closed",
			"text: has a <" + tag + "> with an annotation",
		})
	}
	add([]string{"text: has a timestamp that has hours of more than 5 digits"})
	return all
}

// FuzzRead holds what is read against what every cue keeps to, and against what is read
// byte by byte.
func FuzzRead(f *testing.F) {
	// Every kind of block, of tag and of setting.
	f.Add("WEBVTT a\nb\n\nNOTE\n\nSTYLE\na\n\nREGION\nid:a\n\n1\n00:01.000 --> 01:00:02.000 vertical:rl line:-1,end position:5%,center size:5.5% align:left region:a\n" +
		"<v.a A &amp; B>x</v><c>y</c><i><b><u>z</u></b></i><ruby>a<rt>b</ruby><lang en>q</lang><00:01.500>\n\nNOTE a\n")
	// Ends of lines, and a file that stops in the middle of one.
	f.Add("\ufeffWEBVTT\r\n\r00:01.000 --> 00:02.000\rx\n\r\n\r\r00:01.000 --> 00:02.000\r")
	for _, r := range files {
		f.Add(r.file)
	}
	for _, r := range timings {
		f.Add("WEBVTT\n\n" + r.line + "\nx\n")
	}
	for _, r := range payloads {
		f.Add("WEBVTT\n\n00:01.000 --> 00:10.000\n" + r.text + "\n")
	}
	allowed := reasons()
	f.Fuzz(func(t *testing.T, file string) {
		got, err := collect(t, webvtt.Read(strings.NewReader(file), webvtt.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if len(file) < 10_000 { // it is slow
			byByte, err := collect(t, webvtt.Read(iotest.OneByteReader(strings.NewReader(file)), webvtt.Options{}))
			if diff := cmp.Diff(got, byByte, entries); diff != "" || err != nil {
				t.Errorf("at once -, byte by byte +:\n%s%v", diff, err)
			}
		}
		for _, c := range got {
			for _, fault := range c.faults {
				if !allowed[fault] {
					t.Errorf("a fault that is not known: %q", fault)
				}
			}
		}

		var last webvtt.Cue
		var line, spans, bad int
		wasBad := true
		for cue, err := range webvtt.Read(strings.NewReader(file), webvtt.Options{}) {
			if cue.Line < line || cue.Line == line && !wasBad {
				t.Errorf("line %d comes after %d", cue.Line, line)
			}
			line, wasBad = cue.Line, err != nil
			if err != nil {
				bad++
				continue
			}
			if cue.Start < last.Start || cue.End <= cue.Start || strings.ContainsAny(cue.ID, "\r\n\x00") {
				t.Errorf("%v, after %v", cue, last)
			}
			for _, s := range cue.Spans {
				if s.Text == "" || s.Text != strings.TrimSpace(s.Text) || !utf8.ValidString(s.Text+s.Voice+cue.ID) || strings.Contains(s.Text+s.Voice, "\x00") {
					t.Errorf("%v has a bad span", cue)
				}
			}
			last = cue
			spans += len(cue.Spans)
		}
		said := 0
		for m, err := range webvtt.Messages(webvtt.Read(strings.NewReader(file), webvtt.Options{}), began, nil) {
			said++
			if (err == nil) != (m.From >= evidence.SideCustomer && m.From <= evidence.SideSystem) {
				t.Error(m, err)
			}
		}
		if said != spans+bad {
			t.Errorf("%d messages and errors of %d spans and %d bad blocks", said, spans, bad)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var file strings.Builder
	file.WriteString("WEBVTT\n")
	for i := range 10_000 {
		fmt.Fprintf(&file, "\n%d\n%02d:%02d:%02d.000 --> %02d:%02d:%02d.500\n<v Agent>It is <i>slow</i> again &amp; again, since the last update,\nand the sound is gone.\n",
			i, i/3600, i/60%60, i%60, i/3600, i/60%60, i%60)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range webvtt.Read(strings.NewReader(file.String()), webvtt.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 10_000 {
			b.Fatal(n, "cues")
		}
	}
}
