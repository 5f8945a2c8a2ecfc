package main

import (
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// Each voice of a transcript has the side that sides.json names.
func TestSides(t *testing.T) {
	const call = `{"kind":"call","id":"C-1","account":"ACC-7","start":"2026-03-02T10:00:00Z","end":"2026-03-02T10:01:00Z"}`
	const prefixes = "WEBVTT\n\n00:00.000 --> 00:01.000\nAnn Desk: Hello.\n\n00:02.000 --> 00:03.000\nChris: It is slow.\n\n00:04.000 --> 00:05.000\nAnn Desk: Still?\n"
	const tags = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Agent>Hello.\n\n00:02.000 --> 00:03.000\n<v Chris>It is slow.\n\n00:04.000 --> 00:05.000\nHm.\n"
	for _, r := range []struct {
		why, sides, transcript string
		from                   string   // the sides of the messages
		voices                 []string // without a side
		problems               []string
	}{
		{"both voices have a side", `{"Ann Desk": "agent", "Chris": "customer"}`, prefixes, "agent customer agent", nil, nil},
		{"a voice of software", `{"Ann Desk": "system", "Chris": "customer"}`, prefixes, "system customer system", nil, nil},
		{"without sides, the voices are listed", "", prefixes, "", []string{"Ann Desk", "Chris"},
			[]string{"transcripts/C-1.vtt:0 : 3 messages are left out, because the side of the voice is unknown: add it to sides.json"}},
		{"a voice that is missing from the sides", `{"Ann Desk": "agent"}`, prefixes, "agent agent", []string{"Chris"},
			[]string{"transcripts/C-1.vtt:0 : 1 message is left out, because the side of the voice is unknown: add it to sides.json"}},
		{"without sides, agent and customer have theirs", "", tags, "agent", []string{"Chris", ""},
			[]string{"transcripts/C-1.vtt:0 : 2 messages are left out, because the side of the voice is unknown: add it to sides.json"}},
		{"text without a voice can have a side", `{"Agent": "agent", "Chris": "customer", "": "customer"}`, tags, "agent customer customer", nil, nil},
		{"a side that does not exist", `{"Ann Desk": "boss"}`, prefixes, "", []string{"Ann Desk", "Chris"},
			[]string{"sides.json:0 : has a value that is not one of customer, agent, system",
				"transcripts/C-1.vtt:0 : 3 messages are left out, because the side of the voice is unknown: add it to sides.json"}},
		{"sides that are not texts", `{"Ann Desk": ["agent"]}`, "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Agent>Hello.\n", "agent", nil,
			[]string{"sides.json:0 : is an array, not a string"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			files := map[string]string{"logs/a.jsonl": call, "transcripts/C-1.vtt": r.transcript}
			if r.sides != "" {
				files[sidesFile] = r.sides
			}
			got := look(t, folderOf(files))
			var from []string
			for _, m := range got.log.Calls[0].Transcript {
				from = append(from, m.From.String())
			}
			var found []string
			for _, v := range got.voices {
				found = append(found, v.Names...)
			}
			same(t, r.from, strings.Join(from, " "))
			same(t, r.voices, found)
			same(t, r.problems, got.told())
			shown := string(text(got, defaultWidth))
			for _, name := range r.voices {
				if !strings.Contains(shown, "VOICES") || name != "" && !strings.Contains(shown, name) || name == "" && !strings.Contains(shown, "(no name)") {
					t.Errorf("%q is not in\n%s", name, shown)
				}
			}
		})
	}
}

// A departure from the grammar that loses no words is a warning, and the rest is read.
func TestTranscriptWarnings(t *testing.T) {
	r := look(t, folderOf(map[string]string{
		"logs/a.jsonl":        `{"kind":"call","id":"C-1","account":"ACC-7","start":"2026-03-02T10:00:00Z","end":"2026-03-02T10:01:00Z"}`,
		"transcripts/C-1.vtt": "WEBVTT\n\n0:0:1.0 --> 0:0:2.0\n<v Agent>Hello.\n",
	}))
	if n := len(r.log.Calls[0].Transcript); n != 1 || r.problems.count() != 0 || r.warnings.count() == 0 {
		t.Errorf("%d messages, problems %q, warnings %v", n, r.told(), r.warnings.all())
	}
	if out := string(text(r, defaultWidth)); !strings.Contains(out, "WARNINGS\n") || strings.Contains(out, "PROBLEMS") {
		t.Errorf("the text is\n%s", out)
	}
}

// A file with many problems lists the first, and counts the others.
func TestManyProblems(t *testing.T) {
	for _, row := range []struct {
		why    string
		lines  int
		listed int
		last   string
	}{
		{"a hundred", 100, 100, "is not valid JSON, at byte 1"},
		{"one more", 101, 101, "has 1 more problem"},
		{"many more", 5000, 101, "has 4900 more problems"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			r := look(t, folderOf(map[string]string{"logs/a.jsonl": strings.Repeat("x\n", row.lines) + chat("H-1", "10:10:00", "10:20:00")}))
			all := r.problems.all()
			if len(all) != row.listed || all[len(all)-1].Reason != row.last || r.problems.count() != row.lines {
				t.Errorf("%d listed of %d, the last is %q", len(all), r.problems.count(), all[len(all)-1])
			}
			if r.report.Standing("T-1") != evidence.StandingPlausible {
				t.Error("the rest of the file is not read")
			}
		})
	}
}
