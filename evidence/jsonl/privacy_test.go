package jsonl_test

import (
	"bytes"
	"encoding/gob"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

var secrets = []string{"Jane Q. Secret +1 555 0100", "+1-555-0100", "secret.jane@example.com", "2026-03-01 Jane Q. Secret", "../Jane Secret\x00"}

// tells fails if a text has a part of a secret.
func tells(t *testing.T, where, text string) {
	t.Helper()
	for _, part := range []string{"jane", "secret", "555"} {
		if strings.Contains(strings.ToLower(text), part) {
			t.Errorf("%s: it is told: %.200s", where, text)
			return
		}
	}
}

// errorTells is tells for an error and its faults.
func errorTells(t *testing.T, where string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	tells(t, where, err.Error())
	var faults *refund.InvalidError
	if errors.As(err, &faults) {
		for _, f := range faults.Faults {
			tells(t, where, f.Path+" "+f.Reason)
		}
	}
}

// readAll reads a text in every way there is.
func readAll(t *testing.T, where, text string) {
	t.Helper()
	for _, err := range jsonl.Read(strings.NewReader(text)) {
		errorTells(t, where, err)
	}
	_, err := jsonl.ReadAll(strings.NewReader(text + "\n" + text))
	errorTells(t, where, err)
	var e jsonl.Entry
	errorTells(t, where, e.UnmarshalJSON([]byte(text)))
}

// A secret stands in every place of a line, as a text, in others, and as a name.
func TestErrorsKeepSecrets(t *testing.T) {
	for _, text := range []string{callText, recordingText, chatText} {
		for _, s := range spots(t, text) {
			for _, secret := range secrets {
				for _, form := range []string{`%[1]q:%[2]q`, `%[1]q:[%[2]q]`, `%[1]q:{%[2]q:%[2]q}`, `%[2]q:1`, `%[1]q:[{%[2]q:1}]`, `%[1]q:%[2]s`, `%[1]q:%[2]q,%[1]q:%[2]q`, `%[2]q:1,%[2]q:1`} {
					if s.name == "" {
						form = strings.TrimPrefix(form, `%[1]q:`)
					}
					tr := tree{root: parse(t, text), change: func(b *bytes.Buffer, path, name string, _ any) bool {
						if path == s.path {
							b.WriteString(strings.ReplaceAll(fmt.Sprintf(form+"%.0[1]s", name, secret), `\x00`, `\u0000`))
						}
						return path == s.path
					}}
					readAll(t, s.path+" "+form, tr.String())
				}
			}
		}
	}
}

// fill makes a secret of every text of an entry, which stays sound.
func fill(e jsonl.Entry) {
	texts(record(e), "", func(path string, text reflect.Value) {
		if !strings.HasSuffix(path, ".sha256") && !strings.HasSuffix(path, ".type") {
			text.SetString("Jane Q. Secret +1 555 0100, " + path)
		}
	})
}

// All texts of a line are secret, and another place is wrong.
func TestErrorsKeepSecretsOfOtherFields(t *testing.T) {
	for i, text := range []string{callText, recordingText, chatText} {
		e := entries(full())[i]
		fill(e)
		filled, err := jsonl.Append(nil, e)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range spots(t, text) {
			for _, value := range []string{`null`, `1`, `true`, `""`, `"x"`, `[]`, `{}`, ``} {
				tr := tree{root: parse(t, string(filled)), change: func(b *bytes.Buffer, path, name string, _ any) bool {
					if path == s.path && name != "" {
						fmt.Fprintf(b, "%q:", name)
					}
					if path == s.path {
						b.WriteString(value)
					}
					return path == s.path
				}}
				readAll(t, s.path+" "+value, tr.String())
			}
		}
		for n := 0; n < len(filled); n += 7 {
			readAll(t, "cut short", string(filled[:n]))
			readAll(t, "a bad character", string(filled[:n])+"\xff"+string(filled[n:]))
		}

		record(e).FieldByName("Issues").Index(0).SetString("")
		record(e).FieldByName("Media").Index(0).FieldByName("Name").SetString("/Jane Q. Secret")
		_, err = jsonl.Append(nil, e)
		testkit.WantPaths(t, err, "issues[0]", "media[0].name")
		errorTells(t, "not written", err)
		var log evidence.Log
		e.AddTo(&log)
		errorTells(t, "a log that is not written", jsonl.Write(io.Discard, log))
	}
}

func TestEntryPrinted(t *testing.T) {
	want := []string{"call (20m0s, 2 issues, 1 file, 2 messages)", "recording (20m0s, 1 issue, 1 file)", "chat (20m0s, 1 issue, 1 file, 1 message)", "no record"}
	for i, e := range append(entries(full()), jsonl.Entry{Line: 3}) {
		if got := e.String(); got != want[i] || e.LogValue().String() != got || fmt.Sprintf("%v %+v %#v %d", e, e, e, &e) != strings.Join([]string{got, got, got, got}, " ") {
			t.Errorf("prints as %s, want %s", got, want[i])
		}
	}
}

// An entry prints as its record does, and a logger does not write it as JSON.
func TestEntriesDoNotPrintTexts(t *testing.T) {
	for _, e := range entries(full()) {
		fill(e)
		for _, value := range []any{e, &e, []jsonl.Entry{e}, map[string]jsonl.Entry{"a": e}, struct{ E jsonl.Entry }{e}} {
			for format, text := range testkit.Formatted(value) {
				tells(t, format, text)
			}
			asText, _ := testkit.Logged(value)
			tells(t, "a text logger", asText)
		}
		for _, value := range []any{e, &e} {
			_, asJSON := testkit.Logged(value)
			tells(t, "a JSON logger", asJSON)
		}
	}
}

// JSON is what the package is for. Other encoders would write the texts by accident.
func TestOtherEncodersRefuseEntries(t *testing.T) {
	for _, e := range entries(full()) {
		fill(e)
		for _, value := range []any{e, &e, []jsonl.Entry{e}, struct{ E jsonl.Entry }{e}} {
			text, err := xml.Marshal(value)
			if err == nil {
				t.Errorf("encoding/xml writes %s", text)
			}
			tells(t, "encoding/xml", string(text)+fmt.Sprint(err))
			var b bytes.Buffer
			err = gob.NewEncoder(&b).Encode(value)
			if err == nil {
				t.Errorf("encoding/gob writes %q", b.Bytes())
			}
			tells(t, "encoding/gob", b.String()+fmt.Sprint(err))
		}
	}
}
