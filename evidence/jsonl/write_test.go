package jsonl_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestAppend(t *testing.T) {
	all := entries(full())
	least := evidence.Call{Header: evidence.Header{ID: "C-9", Issues: []string{}, Start: at(0, 0, 0), End: at(0, 0, 0).In(time.FixedZone("", 5*3600))}, Media: []evidence.Media{}, Transcript: []evidence.Message{}}
	for _, r := range []struct {
		why   string
		entry jsonl.Entry
		want  string
	}{
		{"a call", all[0], callText},
		{"a recording", all[1], recordingText},
		{"a chat", all[2], chatText},
		{"missing fields are left out, and instants are in UTC", jsonl.Entry{Call: &least}, leastText},
		{"the number of a line is not written", jsonl.Entry{Line: 17, Call: &least}, leastText},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, before := range []string{"", "[\n"} {
				got, err := jsonl.Append([]byte(before), r.entry)
				if err != nil || string(got) != before+r.want {
					t.Errorf("%v\nwant %s\ngot  %s", err, before+r.want, got)
				}
			}
		})
	}
}

func TestAppendRefuses(t *testing.T) {
	all := entries(full())
	call := full().Calls[0]
	call.ID, call.End = "", at(0, 0, 0).AddDate(0, 0, -1)
	recording := full().Recordings[0]
	recording.Start = time.Time{}
	chat := full().Chats[0]
	chat.StartedBy, chat.Messages[0].From = 4, 0
	late := full().Calls[0]
	late.Answered = at(59, 0, 0)
	for _, r := range []struct {
		why   string
		entry jsonl.Entry
		want  []string
	}{
		{"no record", jsonl.Entry{}, []string{""}},
		{"no record, on a line", jsonl.Entry{Line: 3}, []string{""}},
		{"a call and a recording", jsonl.Entry{Call: all[0].Call, Recording: all[1].Recording}, []string{""}},
		{"a call and a chat", jsonl.Entry{Call: all[0].Call, Chat: all[2].Chat}, []string{""}},
		{"a recording and a chat", jsonl.Entry{Recording: all[1].Recording, Chat: all[2].Chat}, []string{""}},
		{"all three", jsonl.Entry{Call: all[0].Call, Recording: all[1].Recording, Chat: all[2].Chat}, []string{""}},
		{"the zero call", jsonl.Entry{Call: &evidence.Call{}}, []string{"id", "start", "end"}},
		{"the zero recording", jsonl.Entry{Recording: &evidence.Recording{}}, []string{"id", "start", "end"}},
		{"the zero chat", jsonl.Entry{Chat: &evidence.Chat{}}, []string{"id", "start", "end"}},
		{"a call that is not sound", jsonl.Entry{Call: &call}, []string{"id", "end"}},
		{"an answer after the end", jsonl.Entry{Call: &late}, []string{"answered"}},
		{"a recording that is not sound", jsonl.Entry{Recording: &recording}, []string{"start"}},
		{"a chat that is not sound", jsonl.Entry{Chat: &chat}, []string{"started_by", "messages[0].from"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			before := append(make([]byte, 0, 1<<12), "before"...)
			got, err := jsonl.Append(before, r.entry)
			testkit.WantPaths(t, err, r.want...)
			if string(got) != "before" {
				t.Errorf("%d bytes along with an error", len(got))
			}
			if text, err := json.Marshal(r.entry); err == nil {
				t.Errorf("encoding/json wrote %s", text)
			}
		})
	}
}

// texts calls visit with each text of a record, by its path in a line.
func texts(v reflect.Value, path string, visit func(path string, text reflect.Value)) {
	switch v.Kind() {
	case reflect.String:
		visit(strings.ToLower(strings.TrimPrefix(path, ".")), v)
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			switch {
			case field.Type == reflect.TypeFor[time.Time]():
			case field.Anonymous:
				texts(v.Field(i), path, visit)
			default:
				texts(v.Field(i), path+"."+field.Name, visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	}
}

// record returns the record of an entry, which can be set.
func record(e jsonl.Entry) reflect.Value {
	v := reflect.ValueOf(e)
	for i := range v.NumField() {
		if v.Field(i).Kind() == reflect.Pointer && !v.Field(i).IsNil() {
			return v.Field(i).Elem()
		}
	}
	return reflect.Value{}
}

// A text that JSON cannot hold would come back as another one.
func TestAppendRefusesBadUTF8(t *testing.T) {
	n := 0
	for i := range entries(full()) {
		var list []string
		texts(record(entries(full())[i]), "", func(path string, _ reflect.Value) { list = append(list, path) })
		for _, bad := range list {
			n++
			for _, spoil := range []func(string) string{
				func(s string) string { return s + "\xff" },
				func(string) string { return "a/b; x=\"\xc3\"" }, // which could be the type of a file
			} {
				e := entries(full())[i]
				texts(record(e), "", func(path string, text reflect.Value) {
					if path == bad {
						text.SetString(spoil(text.String()))
					}
				})
				got, err := jsonl.Append(nil, e)
				testkit.WantPaths(t, err, bad)
				if got != nil {
					t.Errorf("%s: %d bytes along with an error", bad, len(got))
				}
			}
		}
	}
	if n < 25 {
		t.Errorf("only %d texts", n)
	}

	e := entries(full())[0]
	e.Call.ID, e.Call.Transcript[1].Text, e.Call.Issues[1] = "\xff", "\xff", "\xff"
	_, err := jsonl.Append(nil, e)
	testkit.WantPaths(t, err, "id", "issues[1]", "transcript[1].text")
	var faults *refund.InvalidError
	if !errors.As(err, &faults) || faults.Faults[0].Reason != "is not valid UTF-8" {
		t.Errorf("%v", err)
	}
}

// Append refuses a line that is too long for Read.
func TestAppendBoundsTheLine(t *testing.T) {
	call := full().Calls[0]
	call.Agent = strings.Repeat("a", jsonlines.MaxBytes-len(callText)+len("ops-3"))
	text, err := jsonl.Append([]byte("before"), jsonl.Entry{Call: &call})
	if err != nil || len(text) != len("before")+jsonlines.MaxBytes {
		t.Fatalf("%d bytes, %v", len(text), err)
	}
	if e, err := one(t, string(text[6:])); err != nil || e.Call.Agent != call.Agent {
		t.Errorf("not read again: %v", err)
	}
	call.Agent += "a"
	for _, before := range [][]byte{nil, []byte("before"), make([]byte, 6, 2<<20)} {
		text, err = jsonl.Append(before, jsonl.Entry{Call: &call})
		testkit.WantPaths(t, err, "")
		if !bytes.Equal(text, before) {
			t.Errorf("%d bytes along with an error", len(text))
		}
	}
}

func TestWrite(t *testing.T) {
	log := full()
	log.Calls = append(log.Calls, evidence.Call{Header: evidence.Header{ID: "C-9", Start: at(0, 0, 0), End: at(0, 0, 0)}})
	var b bytes.Buffer
	if err := jsonl.Write(&b, log); err != nil {
		t.Fatal(err)
	}
	if want := callText + "\n" + leastText + "\n" + recordingText + "\n" + chatText + "\n"; b.String() != want {
		t.Errorf("want %s\ngot  %s", want, b.String())
	}
	b.Reset()
	if err := jsonl.Write(&b, evidence.Log{}); err != nil || b.Len() != 0 {
		t.Errorf("of nothing: %q, %v", b.String(), err)
	}
}

func TestWriteNamesTheRecord(t *testing.T) {
	for _, r := range []struct {
		why  string
		edit func(*evidence.Log)
		want string
	}{
		{"a call", func(l *evidence.Log) { l.Calls = append(l.Calls, evidence.Call{}) },
			callText + "\ncalls[1]: " + invalid + "id: is required; start: is required; end: is required"},
		{"a recording", func(l *evidence.Log) { l.Recordings[0].ID = "" }, callText + "\nrecordings[0]: " + invalid + "id: is required"},
		{"a chat", func(l *evidence.Log) {
			l.Chats = append(l.Chats, l.Chats[0], l.Chats[0])
			l.Chats[2].ID = "\xff"
		}, callText + "\n" + recordingText + "\n" + chatText + "\n" + chatText + "\nchats[2]: " + invalid + "id: is not valid UTF-8"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			log := full()
			r.edit(&log)
			var b bytes.Buffer
			err := jsonl.Write(&b, log)
			var faults *refund.InvalidError
			if !errors.As(err, &faults) || b.String()+err.Error() != r.want {
				t.Errorf("%s: %s%v, want %s", r.why, b.String(), err, r.want)
			}
		})
	}
}

// A writer fails after so many bytes.
type fails struct {
	left int
	err  error
}

func (f *fails) Write(p []byte) (int, error) {
	if len(p) > f.left {
		return f.left, f.err
	}
	f.left -= len(p)
	return len(p), nil
}

func TestWriteFails(t *testing.T) {
	disk := errors.New("the disk is full")
	var many evidence.Log
	for range 300 {
		for _, e := range entries(full()) {
			e.AddTo(&many)
		}
	}
	for _, left := range []int{0, 10, 1 << 16, 1 << 17} {
		for _, log := range []evidence.Log{full(), many} {
			if err := jsonl.Write(&fails{left, disk}, log); !errors.Is(err, disk) && (left == 0 || log.Len() > 3) {
				t.Errorf("after %d bytes: %v", left, err)
			}
		}
	}
	unsound := full()
	unsound.Chats[0].ID = ""
	if err := jsonl.Write(&fails{0, disk}, unsound); err == nil {
		t.Error("no error at all")
	}
}

// A folder is a host's own struct.
type folder struct {
	Number int           `json:"number"`
	Record jsonl.Entry   `json:"record"`
	More   []jsonl.Entry `json:"more,omitempty"`
	One    *jsonl.Entry  `json:"one,omitempty"`
}

func TestHostStruct(t *testing.T) {
	unescaped := strings.NewReplacer("\\u003c", "<", "\\u003e", ">") // which encoding/json writes for web pages
	text := `{"number":7,"record":` + callText + `,"more":[` + chatText + `,` + leastText + `],"one":` + recordingText + `}`
	var f folder
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	var log evidence.Log
	for _, e := range append(f.More[:1:1], f.Record, *f.One) {
		if e.Line != 0 {
			t.Errorf("an entry of line %d, in no file", e.Line)
		}
		e.AddTo(&log)
	}
	same(t, full(), log)
	back, err := json.Marshal(f)
	if err != nil || unescaped.Replace(string(back)) != text {
		t.Errorf("%v\nwant %s\ngot  %s", err, text, back)
	}

	// null does not change an entry, and any other value replaces it.
	if err := json.Unmarshal([]byte(`{"record": null, "one": null}`), &f); err != nil {
		t.Fatal(err)
	}
	if f.Record.Call == nil || f.One != nil {
		t.Error("null changed the record")
	}
	f.Record.Line = 3
	if err := json.Unmarshal([]byte(`{"record": `+chatText+`}`), &f); err != nil {
		t.Fatal(err)
	}
	if f.Record.Call != nil || f.Record.Chat == nil || f.Record.Line != 0 {
		t.Error("an entry of two records")
	}
	kept := f.Record
	testkit.WantPaths(t, json.Unmarshal([]byte(`{"record": {"kind":"chat","id":7,"start":"x"}}`), &f), "id", "start", "end")
	if f.Record != kept {
		t.Error("a refused entry left something behind")
	}
	for _, bad := range []string{"", " null", "[]", "{}"} {
		if err := f.Record.UnmarshalJSON([]byte(bad)); err == nil || f.Record != kept {
			t.Errorf("%q is accepted, or left something behind", bad)
		}
	}
	if _, err := json.Marshal(folder{}); err == nil {
		t.Error("the zero entry was written")
	}
}
