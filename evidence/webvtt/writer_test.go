package webvtt_test

import (
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// A writer draws a transcript and writes it, independently of this package.
type writer struct {
	t     *rapid.T
	lines []string // of the file
	cues  []entry  // the cues that Read has to return
	at    time.Duration
}

func (w *writer) coin(label string) bool { return rapid.Bool().Draw(w.t, label) }

func (w *writer) pick(label string, of ...string) string {
	return rapid.SampledFrom(of).Draw(w.t, label)
}

func (w *writer) line(s string) { w.lines = append(w.lines, s) }

// letters draws a word of all kinds of characters, not yet escaped.
func (w *writer) letters(label string) string {
	return "a" + rapid.StringOfN(rapid.RuneFrom([]rune(`aZ09.,:;-/!"'&<>#é漢😀`)), 0, 12, -1).Draw(w.t, label) + "z"
}

// escape replaces the characters that have a meaning, and some others, by references.
func (w *writer) escape(s, needed string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case !strings.ContainsRune(needed, r) && rapid.IntRange(0, 9).Draw(w.t, "escape") > 0:
			b.WriteRune(r)
		case r == '&' || r == '<' || r == '>':
			b.WriteString(map[rune]string{'&': "&amp;", '<': "&lt;", '>': "&gt;"}[r])
		case w.coin("hexadecimal"):
			fmt.Fprintf(&b, "&#x%x;", r)
		default:
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

// file draws a whole file.
func (w *writer) file() {
	w.line(w.pick("mark", "", "\ufeff") + "WEBVTT" + w.pick("title", "", " ", "\t", " a call --> b"))
	if w.coin("header") {
		w.line("Kind: captions")
		w.line("Language: en")
	}
	w.line("")
	n := rapid.IntRange(0, 6).Draw(w.t, "cues")
	for i := range n {
		w.others(i == 0)
		w.cue(i)
		w.line("")
	}
	w.others(n == 0)
}

// others draws blocks that are not cues.
func (w *writer) others(styles bool) {
	for range rapid.IntRange(0, 3).Draw(w.t, "others") {
		kinds := []string{"", "NOTE", "NOTE it is <slow>", "NOTE\tof\nlines"}
		if styles {
			kinds = append(kinds, "STYLE\n::cue(v) { color: red }", "STYLE \t\n/* & < */\n}", "REGION\nid:top width:40%\nscroll:up", "REGION")
		}
		for line := range strings.SplitSeq(w.pick("kind", kinds...), "\n") {
			w.line(line)
		}
		w.line("")
	}
}

func (w *writer) cue(i int) {
	duration := func(label string, above int) time.Duration {
		most := rapid.SampledFrom([]int{10, 5e3, 4e6, 1e9}).Draw(w.t, label+" up to")
		return time.Duration(rapid.IntRange(above, most).Draw(w.t, label)) * time.Millisecond
	}
	w.at += duration("start", 0)
	c := entry{line: len(w.lines) + 1}
	if w.coin("identifier") {
		c.id = w.pick("id", "1", "NOTE", "STYLE", "WEBVTT", " ", "-- >", "<x> & y")
		w.line(c.id)
	}
	end := w.at + duration("length", 1)
	c.times = fmt.Sprint(w.at, " ", end)
	w.line(w.time(w.at) + w.pick("before", " ", "\t", " \t ") + "-->" + w.pick("after", " ", "\t", "  ") + w.time(end) + w.settings())

	var text string
	text, c.spans = w.payload(end)
	if text != "" {
		for line := range strings.SplitSeq(text, "\n") {
			w.line(line)
		}
	}
	w.cues = append(w.cues, c)
}

func (w *writer) time(d time.Duration) string {
	s := fmt.Sprintf("%02d:%02d.%03d", d/time.Minute%60, d/time.Second%60, d/time.Millisecond%1000)
	if hours := d / time.Hour; hours > 0 || w.coin("hours") {
		s = fmt.Sprintf("%0*d:", rapid.IntRange(2, 5).Draw(w.t, "digits"), hours) + s
	}
	return s
}

func (w *writer) settings() (s string) {
	for _, values := range rapid.Permutation([][]string{
		{"vertical:rl", "vertical:lr"}, {"line:0", "line:-12", "line:50%,center", "line:3,end"}, {"position:10%,line-left", "position:0.50%"},
		{"size:100%", "size:007%"}, {"align:start", "align:center", "align:right"}, {"region:top", "region:a:b"},
	}).Draw(w.t, "settings")[:rapid.IntRange(0, 6).Draw(w.t, "of them")] {
		s += w.pick("blank", " ", "\t", "  ") + w.pick("setting", values...)
	}
	return s + w.pick("end", "", " ")
}

// payload draws the spans of a cue, and their text in the file.
func (w *writer) payload(end time.Duration) (text string, spans [][2]string) {
	free := true // the span before has ended, so that text without a voice is not part of it
	reached := w.at
	for range rapid.IntRange(0, 4).Draw(w.t, "spans") {
		if text != "" {
			text += w.pick("between", "", " ", "\n")
		}
		voice := ""
		if !free || w.coin("voice") {
			for range rapid.IntRange(1, 2).Draw(w.t, "names") {
				voice = strings.TrimSpace(voice + " " + w.letters("name"))
			}
			// The > that ends the tag could make an arrow of "--".
			name := w.escape(voice, "&>-")
			text += "<v" + w.pick("class", "", ".loud", ".a.b") + " " + strings.ReplaceAll(name, " ", w.pick("blanks", " ", " \t ")) + ">"
		}
		said := ""
		for i := range rapid.IntRange(1, 4).Draw(w.t, "words") {
			if i > 0 {
				gap := w.pick("gap", " ", "\n")
				said, text = said+gap, text+gap
			}
			if next := reached + time.Millisecond; next < end && w.coin("timestamp") {
				reached = next
				text += "<" + w.time(next) + ">"
			}
			word := w.letters("word")
			said += word
			before, after, _ := strings.Cut(w.pick("tags", "|", "|", "<b>|</b>", "<i.x>|</i>", "<c.a.b>|</c>", "<u><c>|</c></u>", "<lang en-GB>|</lang>", "<ruby>|<rt></rt></ruby>", "<ruby><rt>|</ruby>"), "|")
			text += before + w.escape(word, "&<>") + after
		}
		if free = voice != "" && w.coin("end tag"); free {
			text += "</v>"
		}
		spans = append(spans, [2]string{voice, said})
	}
	return text, spans
}

// write joins the lines with line ends of several kinds.
func (w *writer) write() string {
	var b strings.Builder
	ends := rapid.SampledFrom([][]string{{"\n"}, {"\r\n"}, {"\r"}, {"\n", "\r\n", "\r"}}).Draw(w.t, "line ends")
	last := ""
	for _, line := range w.lines {
		end := w.pick("line end", ends...)
		if last == "\r" && line == "" && end == "\n" {
			end = "\r\n" // CR and LF would be one line end
		}
		b.WriteString(line + end)
		last = end
	}
	return b.String()
}

// prepend puts a text before the text of a cue.
func (w *writer) prepend(i int, s string) {
	spans := &w.cues[i].spans
	if len(*spans) == 0 || (*spans)[0][0] != "" {
		*spans = append([][2]string{{"", ""}}, *spans...)
	}
	(*spans)[0][1] = s + (*spans)[0][1]
}
