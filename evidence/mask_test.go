package evidence_test

import (
	"bytes"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A planting puts a secret of its own into every text of a value, and knows where each
// is. A field that is added to a record later is found by itself.
type planting struct {
	of   map[string]string // the path of each secret
	time time.Time         // what all instants become
}

// plant returns a value of a type with two elements in each list.
func (p *planting) plant(t *testing.T, typ reflect.Type) reflect.Value {
	t.Helper()
	if p.of == nil {
		p.of = map[string]string{}
	}
	v := reflect.New(typ).Elem()
	p.in(t, typ.Name(), v)
	return v
}

func (p *planting) in(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(p.time))
		return
	}
	switch v.Kind() {
	case reflect.String:
		secret := fmt.Sprintf("jane%03dq", len(p.of))
		p.of[secret] = path
		v.SetString(secret)
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				t.Fatalf("%s.%s cannot be planted", path, v.Type().Field(i).Name)
			}
			p.in(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			p.in(t, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Uint8, reflect.Int64: // codes, and sizes
	case reflect.Interface: // Check.Err
		secret := fmt.Sprintf("jane%03dq", len(p.of))
		p.of[secret] = path
		v.Set(reflect.ValueOf(&fs.PathError{Op: "open", Path: secret, Err: fs.ErrPermission}))
	default:
		t.Fatalf("%s is a %v: say here how a secret gets into it", path, v.Kind())
	}
}

// silent fails if a text has a secret, as it is or in hexadecimal. The secrets of the fields
// in told are allowed.
func (p *planting) silent(t *testing.T, where, text string, told ...string) {
	t.Helper()
	lower := strings.ToLower(text)
	if !strings.Contains(lower, "jane") && !strings.Contains(strings.ReplaceAll(lower, " ", ""), hex.EncodeToString([]byte("jane"))) {
		return
	}
secret:
	for secret, path := range p.of {
		if !strings.Contains(lower, secret) && !strings.Contains(lower, hex.EncodeToString([]byte(secret))) {
			continue
		}
		for _, name := range told {
			if strings.Contains(path+".", "."+name+".") || strings.Contains(path, "."+name+"[") {
				continue secret
			}
		}
		t.Errorf("%s tells %s: %s", where, path, text)
		return
	}
	if len(told) == 0 {
		t.Errorf("%s tells something: %s", where, text)
	}
}

// private returns the types that may hold texts of people: those that a log and a check
// are made of.
func private() (list []reflect.Type) {
	seen := map[reflect.Type]bool{}
	var down func(reflect.Type)
	down = func(t reflect.Type) {
		switch {
		case t.Kind() == reflect.Slice:
			down(t.Elem())
		case t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]() && !seen[t]:
			seen[t] = true
			list = append(list, t)
			for i := range t.NumField() {
				down(t.Field(i).Type)
			}
		}
	}
	down(reflect.TypeFor[evidence.Log]())
	down(reflect.TypeFor[evidence.MediaCheck]())
	return list
}

// wrapped returns a value in all that a host may have it in.
func wrapped(v reflect.Value) map[string]any {
	typ := v.Type()
	pointer := reflect.New(typ)
	pointer.Elem().Set(v)
	slice := reflect.Append(reflect.MakeSlice(reflect.SliceOf(typ), 0, 1), v)
	pointers := reflect.Append(reflect.MakeSlice(reflect.SliceOf(pointer.Type()), 0, 1), pointer)
	array := reflect.New(reflect.ArrayOf(1, typ)).Elem()
	array.Index(0).Set(v)
	byName := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[string](), typ))
	byName.SetMapIndex(reflect.ValueOf("key"), v)
	field := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "Field", Type: typ}})).Elem()
	field.Field(0).Set(v)
	all := map[string]any{
		"a value": v.Interface(), "a pointer": pointer.Interface(), "a slice": slice.Interface(), "a slice of pointers": pointers.Interface(),
		"an array": array.Interface(), "a map": byName.Interface(), "a field": field.Interface(), "a pointer to a field": field.Addr().Interface(),
		"an interface": struct{ Any any }{v.Interface()}, "a slice of interfaces": []any{v.Interface(), pointer.Interface()},
		"a map in a slice in a field": struct{ List []map[int]any }{[]map[int]any{{1: slice.Interface()}}},
	}
	if typ.Comparable() {
		keys := reflect.MakeMap(reflect.MapOf(typ, reflect.TypeFor[int]()))
		keys.SetMapIndex(v, reflect.ValueOf(1))
		all["a map's key"] = keys.Interface()
	}
	return all
}

var encoders = map[string]func(any) ([]byte, error){
	"encoding/json": json.Marshal,
	"encoding/xml":  xml.Marshal,
	"encoding/gob": func(value any) ([]byte, error) {
		var b bytes.Buffer
		err := gob.NewEncoder(&b).Encode(value)
		return b.Bytes(), err
	},
}

func TestRecordsDoNotPrintOrEncodeTexts(t *testing.T) {
	types := private()
	if len(types) != 8 {
		t.Errorf("a log and a check are of %d types, want 8: %v", len(types), types)
	}
	for _, typ := range types {
		t.Run(typ.Name(), func(t *testing.T) {
			var p planting
			v := p.plant(t, typ)
			for _, name := range []string{"String", "LogValue"} {
				method := v.MethodByName(name)
				if method.IsZero() {
					t.Fatalf("has no method %s", name)
				}
				p.silent(t, name, fmt.Sprint(method.Call(nil)[0].Interface()))
			}
			for encoder, encode := range encoders {
				if text, err := encode(reflect.Zero(typ).Interface()); err == nil {
					t.Errorf("%s writes the zero value: %q", encoder, text)
				}
			}
			for in, value := range wrapped(v) {
				for format, text := range testkit.Formatted(value) {
					p.silent(t, in+" under "+format, text)
				}
				asText, asJSON := testkit.Logged(value)
				p.silent(t, in+" in a structured log", asText+asJSON)

				for encoder, encode := range encoders {
					text, err := encode(value)
					if err == nil {
						t.Errorf("%s writes %s: %q", encoder, in, text)
						continue
					}
					p.silent(t, encoder+" of "+in, string(text)+err.Error())
				}
			}
		})
	}
}

// What prints is of use all the same.
func TestPrinted(t *testing.T) {
	at := time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)
	h := evidence.Header{ID: "C-1", Issues: []string{"T-1"}, Start: at, End: at.Add(5*time.Minute + 12*time.Second)}
	messages := []evidence.Message{{From: evidence.SideAgent, Text: "hello"}, {Text: "?"}}
	media := make([]evidence.Media, 2)
	for _, r := range []struct {
		why   string
		value any
		want  string
	}{
		{"a call", evidence.Call{Header: h}, "call (5m12s, 1 issue)"},
		{"a call with all fields", evidence.Call{Header: h, Media: media, Transcript: messages}, "call (5m12s, 1 issue, 2 files, 2 messages)"},
		{"a recording", evidence.Recording{Header: h, Media: media[:1]}, "recording (5m12s, 1 issue, 1 file)"},
		{"a chat", evidence.Chat{Header: evidence.Header{Start: at, End: at, Issues: []string{"a", "b"}}, Media: media[:1], Messages: messages[:1]}, "chat (0s, 2 issues, 1 file, 1 message)"},
		{"a header", h, "record (5m12s, 1 issue)"},
		{"nothing", evidence.Call{}, "call (0s)"},
		{"a message", messages[0], "agent: 5 bytes"},
		{"a short message from an unknown side", messages[1], "unset: 1 byte"},
		{"a file", evidence.Media{Size: 2048}, "file of 2048 bytes"},
		{"a log", evidence.Log{Calls: make([]evidence.Call, 1), Chats: make([]evidence.Chat, 2)}, "1 call, 0 recordings, 2 chats"},
		{"a check", evidence.MediaCheck{State: evidence.MediaAltered}, "altered"},
		{"no check", evidence.MediaCheck{}, "unset"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			logged := r.value.(slog.LogValuer).LogValue()
			if got := r.value.(fmt.Stringer).String(); got != r.want || logged.Kind() != slog.KindString || logged.String() != r.want {
				t.Errorf("%s: %q, and %q in a log, want %q", r.why, got, logged, r.want)
			}
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
				if got := fmt.Sprintf(verb, r.value); got != r.want {
					t.Errorf("%s: %q under %s, want %q", r.why, got, verb, r.want)
				}
			}
		})
	}
}

// allTexts returns every text of an error: its own, and those of all that it wraps but what
// a file system said, which is for its own host.
func allTexts(err error) string {
	if err == nil {
		return ""
	}
	text := fmt.Sprintf("%v %+v %#v\n", err, err, err)
	switch err := err.(type) {
	case interface{ Unwrap() []error }:
		for _, e := range err.Unwrap() {
			text += allTexts(e)
		}
	case *evidence.LineError:
		text += allTexts(err.Err)
	}
	return text
}

func TestErrorsHaveNoTextOfRecords(t *testing.T) {
	for _, r := range []struct {
		why  string
		time time.Time
		edit func(*evidence.Log)
	}{
		{"invalid names, digests and types", time.Time{}, func(*evidence.Log) {}},
		{"invalid sides and sizes", time.Unix(1, 0), func(l *evidence.Log) {
			l.Calls[0].StartedBy, l.Calls[0].Transcript[0].From, l.Calls[0].Media[0].Size = 200, 100, -5
		}},
		{"ids, issues and names twice", time.Unix(1, 0), func(l *evidence.Log) {
			l.Recordings[1].ID, l.Chats[0].ID = l.Calls[0].ID, l.Calls[0].ID
			l.Calls[0].Issues[1], l.Calls[0].Media[1].Name = l.Calls[0].Issues[0], l.Calls[0].Media[0].Name
		}},
		{"names that are not paths", time.Unix(1, 0), func(l *evidence.Log) {
			for i := range l.Chats {
				l.Chats[i].Media[0].Name = "/" + l.Chats[i].Media[0].Name
				l.Chats[i].Media[1].Name += "/../\xff"
			}
		}},
		{"instants out of order", time.Unix(1, 0), func(l *evidence.Log) {
			l.Calls[0].Start, l.Calls[1].Answered, l.Chats[0].Messages[1].At, l.Chats[1].Messages[0].At = time.Unix(2, 0), time.Unix(2, 0), time.Unix(0, 0), time.Unix(9, 0)
		}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			p := planting{time: r.time}
			log := p.plant(t, reflect.TypeFor[evidence.Log]()).Interface().(evidence.Log)
			r.edit(&log)
			_, verified := evidence.VerifyMedia(t.Context(), opener(nil), log, nil)
			errs := []error{log.Validate(), log.Calls[0].Validate(), log.Recordings[1].Validate(), log.Chats[0].Validate(), verified}
			for _, err := range errs {
				if err == nil {
					t.Fatalf("%s: there is an error missing in %v", r.why, errs)
				}
				p.silent(t, r.why, allTexts(err)+allTexts(&evidence.LineError{Line: 3, Err: err}))
			}
		})
	}
}

func TestLineError(t *testing.T) {
	fault := &refund.InvalidError{Faults: []refund.Fault{{Path: "end", Reason: "is before start"}}}
	var err error = &evidence.LineError{Line: 17, Err: fault}
	var invalid *refund.InvalidError
	if want := "line 17: refund: invalid input: end: is before start"; err.Error() != want || !errors.As(err, &invalid) || invalid != fault {
		t.Errorf("%v, want %s", err, want)
	}
}

// The faults of all lines of a file can be shown at once, each with its line.
func TestFaultsOfLineErrors(t *testing.T) {
	end := &refund.InvalidError{Faults: []refund.Fault{{Path: "end", Reason: "is before start"}, {Reason: "is not an object"}}}
	var got refund.Faults
	got.Merge(fmt.Errorf("a file: %w", errors.Join(
		&evidence.LineError{Line: 3, Err: end},
		&evidence.LineError{Line: 17, Err: errors.New("is too long")},
		&evidence.LineError{Line: 18},
		errors.New("1 more error"),
	)))
	want := refund.Faults{
		{Path: "line 3: end", Reason: "is before start"},
		{Path: "line 3", Reason: "is not an object"},
		{Path: "line 17", Reason: "is too long"},
		{Path: "line 18", Reason: "is invalid"},
		{Reason: "1 more error"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("faults %v, want %v", got, want)
	}
	if end.Faults[0].Path != "end" {
		t.Error("the error has changed")
	}
}

// A report has the ids of records and issues, and no other text of them.
func TestReportsHaveOnlyIDs(t *testing.T) {
	p := planting{time: time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)}
	log := p.plant(t, reflect.TypeFor[evidence.Log]()).Interface().(evidence.Log)
	var issues refund.IssueLog
	for i := range log.Recordings {
		log.Recordings[i].Account = log.Chats[0].Account
		issues = append(issues, refund.Issue{ID: log.Recordings[i].Issues[0], Opened: p.time, Resolved: p.time})
	}
	damaged := evidence.MediaCheck{Media: log.Recordings[0].Media[0], State: evidence.MediaAltered}
	r := evidence.Review(log, refund.Case{Subscription: refund.Subscription{ID: "SUB-1", Account: log.Chats[0].Account}, Issues: issues}, damaged)
	if len(r.OtherAccounts) == 0 || len(r.Unknown) == 0 || len(r.Damaged) == 0 || r.Resolutions[0].Contradicting == nil || r.Resolutions[1].Supporting == nil {
		t.Fatal("a list of the report is empty")
	}
	var refs []string
	for _, ref := range r.OtherAccounts {
		refs = append(refs, ref.String())
	}
	p.silent(t, "a report", fmt.Sprintf("%v %+v %s %v %+v %v", r, r, r.Unknown, r.Findings(), r.Findings(), refs), "ID", "Issues")
}
