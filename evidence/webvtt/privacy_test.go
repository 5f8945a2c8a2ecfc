package webvtt_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

var (
	_ fmt.Formatter  = webvtt.Cue{}
	_ fmt.Formatter  = webvtt.Span{}
	_ fmt.Formatter  = webvtt.Sides{}
	_ slog.LogValuer = webvtt.Cue{}
	_ slog.LogValuer = webvtt.Span{}
	_ slog.LogValuer = webvtt.Sides{}
)

// secrets has a word with "secret" in every place where a file has text, right or wrong.
const secrets = `WEBVTT secret header
secret: line

NOTE secret
secret --> secret

STYLE
secret

REGION
id:secret

secret

secret id
00:01.000 --> 00:09.000 region:secret
<v.secret secret name>secret text <lang secret>secret</lang></v> secret

secret id
00:01.000 --> 00:09.000
<v secret>secret&secret;

secret
secret --> secret secret:secret align:secret line:secret size:secret vertical:secret position:secret region:secret-->
secret <secret secret> <b secret> </secret> <v>secret <lang.secret.>secret <00:secret> <b.&secret>secret <secret

00:secret --> secret:00.000
secret --> secret
`

func TestPrivacy(t *testing.T) {
	var values []any
	show := func(v any, err error) {
		values = append(values, v)
		if err != nil {
			values = append(values, err)
		}
	}
	var cues []webvtt.Cue
	for _, file := range []string{secrets, "secret", "WEBVTTsecret", strings.ReplaceAll(secrets, "secret", "\x00secret\xff"), strings.ReplaceAll(secrets, "\n\n", "\n")} {
		for cue, err := range webvtt.Read(strings.NewReader(file), webvtt.Options{}) {
			show(cue, err)
			cues = append(cues, cue)
			for _, span := range cue.Spans {
				show(span, nil)
				show(&span, nil)
			}
		}
		for o := range everyOptions {
			for cue, err := range webvtt.Read(strings.NewReader(file), o) {
				show(cue, err)
			}
			o.Warn = func(w *evidence.LineError) { show(w, w) }
			_, err := webvtt.ReadAll(strings.NewReader(file), began, nil, o)
			show(o, err)
		}
		for m, err := range webvtt.Messages(webvtt.Read(strings.NewReader(file), webvtt.Options{}), began, nil) {
			show(m, err)
		}
		_, err := webvtt.ReadAll(strings.NewReader(file), began, nil, webvtt.Options{})
		show(nil, err)
	}
	if len(cues) < 10 || len(cues[2].Spans)+len(cues[3].Spans) < 3 {
		t.Fatal("the file has too few cues", len(cues))
	}
	sides := webvtt.Sides{"secret": evidence.SideAgent}
	show([]any{
		cues, &cues[3], []*webvtt.Cue{&cues[3]}, map[string]webvtt.Cue{"": cues[3]}, struct{ C webvtt.Cue }{cues[3]},
		cues[3].Spans, struct{ S []webvtt.Span }{cues[3].Spans}, sides, &sides, []webvtt.Sides{sides}, (*webvtt.Cue)(nil),
	}, nil)

	check := func(how, text string) {
		text = strings.ToLower(text)
		for _, hidden := range []string{"secret", hex.EncodeToString([]byte("secret"))} {
			if strings.Contains(text, hidden) {
				t.Errorf("%s shows %s", how, text)
			}
		}
	}
	for _, v := range values {
		items, all := v.([]any)
		if !all {
			items = []any{v}
		}
		for _, v := range items {
			for format, text := range testkit.Formatted(v) {
				check(format, text)
			}
			check("Errorf", fmt.Errorf("reading %v", v).Error())
			text, err := json.Marshal(v)
			check("JSON", fmt.Sprint(string(text), err))
			asText, asJSON := testkit.Logged(v)
			check("a log", asText+asJSON)
		}
	}
}

func TestString(t *testing.T) {
	cue := webvtt.Cue{Line: 3, Start: 1e9, End: 25e8, Spans: []webvtt.Span{{Voice: "Jo", Text: "Good"}, {Text: "day"}}}
	for _, r := range []struct {
		why  string
		got  any
		want string
	}{
		{"a cue shows line, duration and counts", cue, "cue of line 3 (1.5s, 2 spans, 7 bytes)"},
		{"one span of one byte is in the singular", webvtt.Cue{Line: 9, Spans: []webvtt.Span{{Text: "x"}}}, "cue of line 9 (0s, 1 span, 1 byte)"},
		{"the zero cue shows zeros", webvtt.Cue{}, "cue of line 0 (0s, 0 spans, 0 bytes)"},
		{"a span shows its length", cue.Spans[0], "span of 4 bytes"},
		{"sides show the number of voices", webvtt.Sides{"Jo": evidence.SideAgent, "Al": evidence.SideCustomer}, "2 voices"},
		{"nil sides have 0 voices", webvtt.Sides(nil), "0 voices"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			if got := fmt.Sprintf("%d", r.got); got != r.want {
				t.Errorf("%s: %s", r.why, got)
			}
			if got := r.got.(slog.LogValuer).LogValue().String(); got != r.want {
				t.Errorf("%s: logged as %s", r.why, got)
			}
		})
	}
}
