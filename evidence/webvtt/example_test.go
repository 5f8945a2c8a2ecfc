package webvtt_test

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The telephone system exports the transcript of a call that was recorded from its answer
// on.
func Example() {
	file := strings.NewReader(`WEBVTT

00:02.000 --> 00:05.500
<v Agent>PC care, good morning.

00:06.000 --> 00:09.000
<v Customer>It is slow again.
`)
	answered := time.Date(2026, 3, 9, 10, 0, 30, 0, time.UTC)
	transcript, err := webvtt.ReadAll(file, answered, nil, webvtt.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range transcript {
		fmt.Println(m.At.Format(time.TimeOnly), m.From, m.Text)
	}
	// Output:
	// 10:00:32 agent PC care, good morning.
	// 10:00:36 customer It is slow again.
}

// The second cue ends before it starts. The third one is still read.
func ExampleRead() {
	file := strings.NewReader(`WEBVTT

00:02.000 --> 00:05.500
<v Agent>PC care, good morning.

greeting
00:07.000 --> 00:06.000 align:middle
<v Customer>Hello.

00:08.000 --> 00:09.000 align:start
<v.loud Customer>It is <i>slow</i> again &amp; again.
`)
	for cue, err := range webvtt.Read(file, webvtt.Options{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		for _, span := range cue.Spans {
			fmt.Println(cue.Start, cue.End, span.Voice, "said:", span.Text)
		}
	}
	// Output:
	// 2s 5.5s Agent said: PC care, good morning.
	// line 6: refund: invalid input: end: is not after start; settings.align: is not start, center, end, left or right
	// 8s 9s Customer said: It is slow again & again.
}

// A program counts the bad cues of a long transcript and keeps the good ones.
func ExampleMessages() {
	file := strings.NewReader(`WEBVTT

00:02.000 --> 00:05.500
<v Agent>PC care, good morning.

00:06.000 --> 00:09.000
<v Customer>It is <slow> again.

00:09.000 --> 00:10.000
<v Customer>Since yesterday.
`)
	start := time.Date(2026, 3, 9, 10, 0, 30, 0, time.UTC)
	var transcript []evidence.Message
	bad := 0
	for m, err := range webvtt.Messages(webvtt.Read(file, webvtt.Options{}), start, nil) {
		var line *evidence.LineError
		switch {
		case errors.As(err, &line):
			bad++
		case err != nil:
			log.Fatal(err)
		default:
			transcript = append(transcript, m)
		}
	}
	fmt.Println(len(transcript), "messages,", bad, "bad")
	// Output:
	// 2 messages, 1 bad
}

// The recognizer names the voices by their channels, and the file has a third channel.
func ExampleSides() {
	file := strings.NewReader(`WEBVTT

00:02.000 --> 00:05.500
<v Channel 1>PC care, good morning.

00:06.000 --> 00:09.000
<v Channel 2>It is slow again.

00:09.000 --> 00:10.000
<v Channel 3>Beep.
`)
	start := time.Date(2026, 3, 9, 10, 0, 30, 0, time.UTC)
	sides := webvtt.Sides{"Channel 1": evidence.SideAgent, "Channel 2": evidence.SideCustomer}
	for m, err := range webvtt.Messages(webvtt.Read(file, webvtt.Options{}), start, sides) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(m.From, m.Text)
	}
	// Output:
	// agent PC care, good morning.
	// customer It is slow again.
	// line 9: refund: invalid input: voice: is not a name in sides
}

// Each side has a file of its own, without names.
func ExampleSides_withoutVoices() {
	file := strings.NewReader("WEBVTT\n\n00:06.000 --> 00:09.000\nIt is slow again.\n")
	start := time.Date(2026, 3, 9, 10, 0, 30, 0, time.UTC)
	messages, err := webvtt.ReadAll(file, start, webvtt.Sides{"": evidence.SideCustomer}, webvtt.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range messages {
		fmt.Println(m.From, m.Text)
	}
	// Output:
	// customer It is slow again.
}

// All faults of a file can be shown to the person who sent it.
func ExampleReadAll() {
	file := strings.NewReader(`WEBVTT

00:02.000 --> 00:05.500
<v Agent>PC care, good morning.

00:06.000 --> 09.000 size:half
<v Customer>It is <b>slow again.
`)
	start := time.Date(2026, 3, 9, 10, 0, 30, 0, time.UTC)
	_, err := webvtt.ReadAll(file, start, nil, webvtt.Options{})
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, fault := range invalid.Faults {
			fmt.Printf("%s: %s\n", fault.Path, fault.Reason)
		}
	}
	// Output:
	// end: is not a time such as 00:01.000 or 01:00:01.000
	// settings.size: is not a percentage
	// text: has a <b> that is not closed
}

// A log shows a cue without its text.
func ExampleCue() {
	cue := webvtt.Cue{Line: 3, End: 1500 * time.Millisecond, Spans: []webvtt.Span{{Voice: "Agent", Text: "Good morning."}}}
	fmt.Printf("%+v\n", cue)
	fmt.Printf("%q\n", cue.Spans)
	fmt.Println(cue.Spans[0].Text)
	// Output:
	// cue of line 3 (1.5s, 1 span, 13 bytes)
	// [span of 13 bytes]
	// Good morning.
}

// The meeting software writes names before the text, and the program does not know which
// software it was.
func ExampleOptions_speakers() {
	file := strings.NewReader(`WEBVTT

1
00:00:02.000 --> 00:00:05.500
Ann Agent: PC care, good morning.

2
00:00:06.000 --> 00:00:09.000
Chris Customer: It is slow again.
Time: 10:30, since the update.
`)
	for cue, err := range webvtt.Read(file, webvtt.Options{Speakers: webvtt.Detect}) {
		if err != nil {
			log.Fatal(err)
		}
		for _, span := range cue.Spans {
			fmt.Printf("%s: %q\n", span.Voice, span.Text)
		}
	}
	// Output:
	// Ann Agent: "PC care, good morning."
	// Chris Customer: "It is slow again.\nTime: 10:30, since the update."
}

// A tool writes times in a form of its own. The program reads them, and lists every
// departure from the grammar for the reviewer.
func ExampleOptions_lenient() {
	file := strings.NewReader(`WEBVTT

0:0:2.0 --> 0:0:5.50
<v Agent>PC care, good morning.

00:00:06.000 --> 00:00:09.000 align:middle
<v Customer>It is slow again.
`)
	start := time.Date(2026, 3, 9, 10, 0, 30, 0, time.UTC)
	messages, err := webvtt.ReadAll(file, start, nil, webvtt.Options{
		Lenient: true,
		Warn:    func(w *evidence.LineError) { fmt.Println("warning:", w) },
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range messages {
		fmt.Println(m.At.Format(time.TimeOnly), m.From, m.Text)
	}
	// Output:
	// warning: line 3: refund: invalid input: start: is not a time such as 00:01.000 or 01:00:01.000; end: is not a time such as 00:01.000 or 01:00:01.000
	// warning: line 6: refund: invalid input: settings.align: is not start, center, end, left or right
	// 10:00:32 agent PC care, good morning.
	// 10:00:36 customer It is slow again.
}

// Live captions roll up: each cue shows the line before once more.
func ExampleOptions_foldRollUp() {
	file := strings.NewReader(`WEBVTT

00:01.000 --> 00:02.000
It was slow

00:02.000 --> 00:04.000
It was slow
on Monday,

00:04.000 --> 00:06.000
on Monday,
and it is slow now.
`)
	for cue, err := range webvtt.Read(file, webvtt.Options{FoldRollUp: true}) {
		if err != nil {
			log.Fatal(err)
		}
		for _, span := range cue.Spans {
			fmt.Println(cue.Start, span.Text)
		}
	}
	// Output:
	// 1s It was slow
	// 2s on Monday,
	// 4s and it is slow now.
}
