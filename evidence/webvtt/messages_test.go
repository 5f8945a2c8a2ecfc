package webvtt_test

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// began is the time at which the recordings of these tests began.
var began = time.Date(2026, 3, 9, 10, 0, 0, 0, time.FixedZone("", -5*3600))

// one returns a sequence of one cue, at line 7 and 90 seconds.
func one(spans ...webvtt.Span) iter.Seq2[webvtt.Cue, error] {
	return func(yield func(webvtt.Cue, error) bool) {
		yield(webvtt.Cue{Line: 7, Start: 90 * time.Second, End: 91 * time.Second, Spans: spans}, nil)
	}
}

// lines returns messages and errors as text, which messages hide.
func lines(tb testing.TB, messages iter.Seq2[evidence.Message, error]) (all []string) {
	for m, err := range messages {
		line := fmt.Sprint(m.At.Format(time.RFC3339), " ", m.From, " ", strings.ReplaceAll(m.Text, "\n", "|"))
		if err != nil {
			line = err.Error()
			if !m.At.IsZero() || m.From != 0 || m.Text != "" {
				tb.Error("a message that is not empty comes with an error")
			}
		}
		all = append(all, line)
	}
	return all
}

func TestMessages(t *testing.T) {
	const unknown = "line 7: refund: invalid input: voice: is not a name in sides"
	const missing = "line 7: refund: invalid input: voice: is missing, and sides has no entry for text without a voice"
	const customer, agent, system = "2026-03-09T10:01:30-05:00 customer x", "2026-03-09T10:01:30-05:00 agent x", "2026-03-09T10:01:30-05:00 system x"
	names := webvtt.Sides{"Jo van Hoek": evidence.SideCustomer, "PC Care": evidence.SideAgent, " Al": evidence.SideAgent, "0": 0, "9": 9, "3": evidence.SideSystem}
	for _, r := range []struct {
		why   string
		voice string
		sides webvtt.Sides
		want  string
	}{
		{"customer is a name by default", "customer", nil, customer},
		{"agent is a name by default", "agent", nil, agent},
		{"system is a name by default", "system", nil, system},
		{"the default names may be in any case", "CuStomer", nil, customer},
		{"the default names may be in upper case", "AGENT", nil, agent},
		{"blanks around a name do not matter", " \tAgent\n", nil, agent},
		{"another name is unknown by default", "Jo", nil, unknown},
		{"a similar letter makes another name", "cu\u017ftomer", nil, unknown},
		{"a longer name is another name", "agent 2", nil, unknown},
		{"text without a voice is unknown by default", "", nil, missing},

		{"a name in sides is known", "Jo van Hoek", names, customer},
		{"blanks in a name are collapsed", " Jo  van\tHoek", names, customer},
		{"the case of a name in sides matters", "jo van hoek", names, unknown},
		{"sides replace the default names", "agent", names, unknown},
		{"empty sides have no names", "agent", webvtt.Sides{}, unknown},
		{"a name in sides with a blank before it matches no voice", "Al", names, unknown},
		{"the zero side is unknown", "0", names, unknown},
		{"the last side is known", "3", names, system},
		{"a side above the last one is unknown", "9", names, unknown},
		{"text without a voice is unknown if sides do not have it", "", names, missing},
		{"sides may have text without a voice", "", webvtt.Sides{"": evidence.SideAgent}, agent},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			got := lines(t, webvtt.Messages(one(webvtt.Span{Voice: r.voice, Text: "x"}), began, r.sides))
			if diff := cmp.Diff([]string{r.want}, got); diff != "" {
				t.Errorf("%s: want -, got +:\n%s", r.why, diff)
			}
		})
	}
}

func TestMessagesOfAFile(t *testing.T) {
	file := "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Agent>Hello.\nYes?\n<v Customer>It is slow.\n<v Jo>Hm.</v><v agent>Oh.\n\n" +
		"00:00.000 --> 00:01.000\n<v Agent>No.\n\n00:02.000 --> 00:03.000\n<v System>\n\n01:00:00.001 --> 01:00:01.000\n<v System>Bye.\n"
	want := []string{
		"2026-03-09T10:00:01-05:00 agent Hello.|Yes?",
		"2026-03-09T10:00:01-05:00 customer It is slow.",
		"line 3: refund: invalid input: voice: is not a name in sides",
		"2026-03-09T10:00:01-05:00 agent Oh.",
		"line 9: refund: invalid input: start: is before the start of the previous cue",
		"2026-03-09T11:00:00-05:00 system Bye.",
	}
	if diff := cmp.Diff(want, lines(t, webvtt.Messages(webvtt.Read(strings.NewReader(file), webvtt.Options{}), began, nil))); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	for stop := range want { // a break ends the sequence
		n := 0
		for range webvtt.Messages(webvtt.Read(strings.NewReader(file), webvtt.Options{}), began, nil) {
			if n++; n > stop {
				break
			}
		}
		if n != stop+1 {
			t.Errorf("%d messages before a break", n)
		}
	}

	all, err := webvtt.ReadAll(strings.NewReader(file), began, nil, webvtt.Options{})
	if len(all) != 4 || err == nil || err.Error() != want[2]+"\n"+want[4] {
		t.Errorf("%d messages beside the errors %v", len(all), err)
	}
	failure := errors.New("the disk is gone")
	if all, err := webvtt.ReadAll(iotest.ErrReader(failure), began, nil, webvtt.Options{}); all != nil || !errors.Is(err, failure) {
		t.Errorf("without a file: %v, %v", all, err)
	}
	if all, err := webvtt.ReadAll(strings.NewReader("WEBVTT\n\n"+c), began, nil, webvtt.Options{}); all != nil || err != nil {
		t.Errorf("a cue without text: %v, %v", all, err)
	}
}

func TestReadAllKeepsAHundredErrorsAndTheirNumber(t *testing.T) {
	failure := errors.New("the disk is gone")
	for _, r := range []struct {
		why  string
		bad  int
		tail io.Reader
		want int    // errors joined
		last string // the last of them
	}{
		{"a hundred errors are kept, and no number follows", 100, strings.NewReader(""), 100, "line 597: refund: invalid input: voice: is not a name in sides"},
		{"the 101st error is counted", 101, strings.NewReader(""), 101, "webvtt: 1 more errors"},
		{"many errors take the space of a hundred", 20_000, strings.NewReader(""), 101, "webvtt: 19900 more errors"},
		{"an error of reading is kept even when others are dropped", 200, iotest.ErrReader(failure), 102, "webvtt: 100 more errors"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			file := "WEBVTT\n\n" + strings.Repeat("00:01.000 --> 00:02.000\n<v Agent>x\n\n00:01.000 --> 00:02.000\n<v Jo>x\n\n", r.bad)
			file = strings.Replace(file, "00:01.000 --> 00:02.000\n<v Agent>x\n\n", "", 1)
			all, err := webvtt.ReadAll(io.MultiReader(strings.NewReader(file), r.tail), began, nil, webvtt.Options{})
			joined, ok := err.(interface{ Unwrap() []error })
			if !ok || len(all) != r.bad-1 {
				t.Fatal(len(all), "messages,", err)
			}
			errs := joined.Unwrap()
			if len(errs) != r.want || !strings.HasPrefix(errs[len(errs)-1].Error(), r.last) {
				t.Errorf("%d errors, the last of which is %v", len(errs), errs[len(errs)-1])
			}
			if r.want == 102 && !errors.Is(err, failure) {
				t.Error("the error of reading is missing")
			}
		})
	}
}

func TestMessagesWithoutAStart(t *testing.T) {
	for _, start := range []time.Time{{}, time.Time{}.In(began.Location())} {
		n := 0
		for m, err := range webvtt.Messages(one(webvtt.Span{Voice: "agent", Text: "x"}), start, nil) {
			n++
			var invalid *refund.InvalidError
			if !errors.As(err, &invalid) || len(invalid.Faults) != 1 || invalid.Faults[0].Path != "start" || m.Text != "" {
				t.Error(m, err)
			}
		}
		if n != 1 {
			t.Error(n, "messages")
		}
	}
}

func TestMessagesOfCuesThatReadDidNotMake(t *testing.T) {
	got := lines(t, webvtt.Messages(one(webvtt.Span{Text: " \u00a0\n"}, webvtt.Span{Voice: "Agent", Text: " x "}), began, nil))
	if diff := cmp.Diff([]string{"2026-03-09T10:01:30-05:00 agent  x "}, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	// A time without the monotonic reading equals the same time read from storage.
	for m, err := range webvtt.Messages(one(webvtt.Span{Voice: "agent", Text: "x"}), time.Now(), nil) {
		if err != nil || m.At != m.At.Round(0) {
			t.Error(m.At, err)
		}
	}
}

func TestReadAllReturnsAtMostAHundredThousandMessages(t *testing.T) {
	const most = 100_000
	for _, r := range []struct {
		why      string
		messages int
		err      string
	}{
		{"a hundred thousand messages are returned", most, ""},
		{"reading stops at one more", most + 1, "line 4: refund: invalid input: has message 100,001: reading stops after 100,000 messages"},
		{"reading stops before an error of reading that follows", most + 500, "line 4: refund: invalid input: has message 100,001: reading stops after 100,000 messages"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			var tail io.Reader = strings.NewReader("")
			if r.messages > most+1 {
				tail = iotest.ErrReader(errors.New("read on"))
			}
			file := "WEBVTT\n\n\n" + c + strings.Repeat("agent: a\n", r.messages) + "\n"
			all, err := webvtt.ReadAll(io.MultiReader(strings.NewReader(file), tail), began, nil, webvtt.Options{Speakers: webvtt.Prefix})
			if len(all) != most || (err == nil) != (r.err == "") || err != nil && err.Error() != r.err {
				t.Errorf("%d messages, %v", len(all), err)
			}
		})
	}
}
