package webvtt_test

import (
	"strings"
	"testing"
	"testing/iotest"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
)

// reasons returns all faults that exist, so that a fault with words of the input is found.
func reasons() map[string]bool {
	all := map[string]bool{
		": is longer than 1 MiB": true, ": is a STYLE after a cue": true, ": is a REGION after a cue": true,
		noBlank: true, "settings.align: is given twice": true, "settings.vertical: is not rl or lr": true,
		"text: has a timestamp that has hours of more than 5 digits": true,
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
	return all
}

// seeds has every kind of block, of tag, of setting and of speaker.
func seeds() []string {
	all := []string{
		"WEBVTT a\nb\n\nNOTE\n\nSTYLE\na\n\nREGION\nid:a\n\n1\n00:01.000 --> 01:00:02.000 vertical:rl line:-1,end position:5%,center size:5.5% align:left region:a\n" +
			"<v.a A &amp; B>x</v><c>y</c><i><b><u>z</u></b></i><ruby>a<rt>b</ruby><lang en>q</lang><00:01.500>\n\nNOTE a\n",
		// Ends of lines, and a file that stops in the middle of one.
		"\ufeffWEBVTT\r\n\r00:01.000 --> 00:02.000\rx\n\r\n\r\r00:01.000 --> 00:02.000\r",
		"WEBVTT\n\n" + c + "Ann: a\n[B]: b\n- C： c\n>> +1 555: d\nTime: 10:30\nE:\n\n1 \"Ann\" (1)\n" + c + "<Ann> a</Ann><Bob>b\n",
		shown("a", "a", "a;b", "b", "b;c"),
	}
	for _, r := range files {
		all = append(all, r.file)
	}
	for _, r := range departures {
		all = append(all, r.file)
	}
	for _, r := range timings {
		all = append(all, "WEBVTT\n\n"+r.line+"\nx\n")
	}
	for _, r := range payloads {
		all = append(all, "WEBVTT\n\n00:01.000 --> 00:10.000\n"+r.text+"\n")
	}
	return all
}

// FuzzRead checks the laws that every cue obeys, in a strict and a lenient reading and in
// every mode, and that the file reads the same one byte at a time.
func FuzzRead(f *testing.F) {
	for i, file := range seeds() {
		f.Add(file, uint8(i))
		f.Add(file, uint8(0))
	}
	allowed := reasons()
	f.Fuzz(func(t *testing.T, file string, mode uint8) {
		o := webvtt.Options{Speakers: webvtt.Speakers(mode%8) % (webvtt.Detect + 1), Lenient: mode&8 != 0, FoldRollUp: mode&16 != 0}
		got, err := collect(t, webvtt.Read(strings.NewReader(file), o))
		if err != nil {
			t.Fatal(err)
		}
		if len(file) < 10_000 { // it is slow
			byByte, err := collect(t, webvtt.Read(iotest.OneByteReader(strings.NewReader(file)), o))
			if diff := cmp.Diff(got, byByte, entries); diff != "" || err != nil {
				t.Errorf("at once -, byte by byte +:\n%s%v", diff, err)
			}
		}
		for _, c := range got {
			for _, fault := range c.faults {
				if !allowed[fault] {
					t.Errorf("an unknown fault: %q", fault)
				}
			}
		}

		var last webvtt.Cue
		var line, spans, bad int
		wasBad := true
		for cue, err := range webvtt.Read(strings.NewReader(file), o) {
			if cue.Line < line || cue.Line == line && !wasBad {
				t.Errorf("line %d comes after line %d", cue.Line, line)
			}
			line, wasBad = cue.Line, err != nil
			if err != nil {
				bad++
				continue
			}
			if cue.End < cue.Start || strings.ContainsAny(cue.ID, "\r\n\x00") || !o.Lenient && (cue.Start < last.Start || cue.End == cue.Start) {
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
		messages := 0
		for m, err := range webvtt.Messages(webvtt.Read(strings.NewReader(file), o), began, nil) {
			messages++
			if (err == nil) != (m.From >= evidence.SideCustomer && m.From <= evidence.SideSystem) {
				t.Error(m, err)
			}
		}
		if messages != spans+bad {
			t.Errorf("%d messages and errors from %d spans and %d bad blocks", messages, spans, bad)
		}
	})
}

// FuzzModes compares the readings of a file: a lenient reading has every cue of a strict
// one, prefixes lose no letter, identifiers change only voices, and folding only removes
// lines.
func FuzzModes(f *testing.F) {
	for _, file := range seeds() {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file string) {
		read := func(o webvtt.Options) map[int]entry {
			o.Warn = func(*evidence.LineError) {}
			all, err := collect(t, webvtt.Read(strings.NewReader(file), o))
			if err != nil {
				t.Fatal(err)
			}
			cues := map[int]entry{}
			for _, e := range all {
				if e.faults == nil {
					cues[e.line] = e
				}
			}
			return cues
		}
		strict, lenient := read(webvtt.Options{}), read(webvtt.Options{Lenient: true})
		for line, cue := range strict {
			if diff := cmp.Diff(cue, lenient[line], entries); diff != "" {
				t.Errorf("strict -, lenient +:\n%s", diff)
			}
		}
		for _, lenientToo := range []bool{false, true} {
			plain := map[bool]map[int]entry{false: strict, true: lenient}[lenientToo]
			prefix := read(webvtt.Options{Speakers: webvtt.Prefix, Lenient: lenientToo})
			ids := read(webvtt.Options{Speakers: webvtt.CueID, Lenient: lenientToo})
			folded := read(webvtt.Options{FoldRollUp: true, Lenient: lenientToo})
			if len(prefix) != len(plain) || len(ids) != len(plain) || len(folded) > len(plain) {
				t.Errorf("%d, %d and %d of %d cues", len(prefix), len(ids), len(folded), len(plain))
			}
			for line, cue := range plain {
				if got, want := words(prefix[line]), words(cue); got != want {
					t.Errorf("prefixes change the words %q into %q", want, got)
				}
				for i, span := range ids[line].spans {
					if span[1] != cue.spans[i][1] || cue.spans[i][0] != "" && span[0] != cue.spans[i][0] {
						t.Errorf("an identifier changes %q into %q", cue.spans[i], span)
					}
				}
				if !strings.HasSuffix(words(cue), words(folded[line])) {
					t.Errorf("folding changes the words %q into %q", words(cue), words(folded[line]))
				}
			}
		}
	})
}

// words returns the letters and digits of the voices and texts of a cue.
func words(e entry) string {
	var b strings.Builder
	for _, span := range e.spans {
		for _, r := range span[0] + span[1] {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
