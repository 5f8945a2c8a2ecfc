package evidence_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d.%09d", t.Unix(), t.Nanosecond())
}

// canonical is the canonical form of one record, as the comment of Digest has it.
func canonical(kind string, h evidence.Header, own [][2]string, media []evidence.Media, messages []evidence.Message) string {
	form := "refundpolicy evidence " + kind + " 1\n"
	given := func(name, value string) {
		if value != "" {
			form += testkit.Line(name, value)
		}
	}
	given("id", h.ID)
	given("account", h.Account)
	given("agent", h.Agent)
	for _, id := range slices.Sorted(slices.Values(h.Issues)) {
		form += testkit.Line("issue", id)
	}
	given("start", instant(h.Start))
	given("end", instant(h.End))
	if h.StartedBy != 0 {
		given("started_by", h.StartedBy.String())
	}
	for _, f := range own {
		given(f[0], f[1])
	}
	var files []string
	for _, m := range media {
		files = append(files, m.Name+"\x00"+m.SHA256+"\x00"+fmt.Sprintf("%020d", m.Size)+"\x00"+m.Type)
	}
	slices.Sort(files) // no name, digest or size of these tests has a NUL or a sign
	for _, file := range files {
		part := strings.Split(file, "\x00")
		size := strings.TrimLeft(part[2], "0")
		if size == "" {
			size = "0"
		}
		form += testkit.Line("media.name", part[0]) + testkit.Line("media.size", size) + testkit.Line("media.sha256", part[1]) + testkit.Line("media.type", part[3])
	}
	for _, m := range messages {
		form += testkit.Line("message.at", instant(m.At)) + testkit.Line("message.from", m.From.String()) + testkit.Line("message.text", m.Text)
	}
	return form
}

// digestOf is the digest of a log, made of canonical forms.
func digestOf(log evidence.Log) string {
	var lines []string
	add := func(form string) { lines = append(lines, fmt.Sprintf("%x\n", sha256.Sum256([]byte(form)))) }
	for _, c := range log.Calls {
		own := [][2]string{{"answered", instant(c.Answered)}, {"from", c.From}, {"to", c.To}}
		add(canonical("call", c.Header, own, c.Media, c.Transcript))
	}
	for _, r := range log.Recordings {
		add(canonical("recording", r.Header, [][2]string{{"software", r.Software}}, r.Media, nil))
	}
	for _, c := range log.Chats {
		add(canonical("chat", c.Header, nil, c.Media, c.Messages))
	}
	slices.Sort(lines)
	return fmt.Sprintf("%x", sha256.Sum256([]byte("refundpolicy evidence log 1\n"+strings.Join(lines, ""))))
}

// These digests are for ever: a log that was reviewed must be found again.
func TestDigestGolden(t *testing.T) {
	full := fullLog()
	early := time.Date(1969, 12, 31, 23, 59, 58, 999_999_999, time.UTC)
	for _, row := range []struct {
		why    string
		log    evidence.Log
		digest string
	}{
		{"no records", evidence.Log{}, "7ae05356aa64a6db00ef55b4a3cba157039e7966293fa04e7c4153881b0e144c"},
		{"a call without fields", evidence.Log{Calls: []evidence.Call{{}}}, "63c98e3fade73787ea99483588915cc676cfcc6130fd2a0b038d884558590bb5"},
		{"a recording without fields", evidence.Log{Recordings: []evidence.Recording{{}}}, "4bfd3fd3b4074e40f46e5959a205024357364af7dfdb7e9dd464136341aa9f91"},
		{"a chat without fields", evidence.Log{Chats: []evidence.Chat{{}}}, "8ff3f6e306886e5dc860802e7daee326658cf5fa14e9df33f0e885a0d9c10cd2"},
		{"one record of each kind with all fields", full, "0075a27bee3426687061aaea77abca774507cbb5d3eaa2428a636eac21c6e409"},
		{"the call alone", evidence.Log{Calls: full.Calls}, "730ae0922141c0c956905b50173693ce639f402d729a735063b325af559d19f3"},
		{"empty messages and media, undefined sides, an instant before 1970", evidence.Log{Chats: []evidence.Chat{{
			Header:   evidence.Header{ID: "K-1", Issues: []string{""}, Start: early, StartedBy: 9},
			Messages: []evidence.Message{{}, {At: early, From: 9}},
			Media:    []evidence.Media{{}, {}},
		}}}, "cbfa1724c1dc0879047b28bb31dcaf327729c7717abf55a094c758bd6e89009d"},
		{"one record twice", evidence.Log{Calls: []evidence.Call{full.Calls[0], full.Calls[0]}}, "bede31d7b0848cdbe62d3154552427de843b42705700a5cdd3fb12be6c294969"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			got := row.log.Digest().String()
			if want := digestOf(row.log); got != want {
				t.Errorf("%s: the digest is %s, that of its canonical forms %s", row.why, got, want)
			}
			if got != row.digest {
				t.Errorf("%s: the digest is %s, want %s", row.why, got, row.digest)
			}
		})
	}
}

// The form of a short call, letter by letter.
func TestDigestForm(t *testing.T) {
	log := logOf(call("C-1", opened, resolved, "T-2", "T-1"))
	form := "refundpolicy evidence call 1\n" +
		"id 3 C-1\n" +
		"account 5 ACC-7\n" +
		"issue 3 T-1\n" +
		"issue 3 T-2\n" +
		"start 20 1773144000.000000000\n" +
		"end 20 1773147600.000000000\n" +
		"started_by 8 customer\n" +
		"answered 20 1773144000.000000000\n"
	want := sha256.Sum256(fmt.Appendf([]byte("refundpolicy evidence log 1\n"), "%x\n", sha256.Sum256([]byte(form))))
	if got := log.Digest(); got != want {
		t.Errorf("the digest is %v, want %x", got, want)
	}
}

// leaves calls visit with each field and element below v, by its path, and what v holds
// at that moment.
func leaves(v reflect.Value, path string, visit func(path string, leaf reflect.Value)) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		visit(path, v)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case v.Kind() == reflect.Slice:
		visit(path, v)
		for i := range v.Len() {
			leaves(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	default:
		visit(path, v)
	}
}

// changes returns other values for a field.
func changes(t *testing.T, v reflect.Value) (others []reflect.Value) {
	switch value := v.Interface().(type) {
	case string:
		others = append(others, reflect.ValueOf(value+" "), reflect.ValueOf(""), reflect.ValueOf(strings.ToUpper(value)+"\n"))
	case int64:
		others = append(others, reflect.ValueOf(value+1), reflect.ValueOf(-value), reflect.ValueOf(int64(0)))
	case evidence.Side:
		others = append(others, reflect.ValueOf(value%3+1), reflect.ValueOf(evidence.Side(0)), reflect.ValueOf(evidence.Side(9)))
	case time.Time:
		others = append(others, reflect.ValueOf(value.Add(1)), reflect.ValueOf(value.Add(-time.Second)), reflect.ValueOf(time.Time{}))
	default:
		if v.Kind() != reflect.Slice {
			t.Fatalf("no other %T is known", value)
		}
		n := v.Len()
		others = append(others,
			v.Slice(0, n-1),
			v.Slice(1, n),
			v.Slice(0, 0),
			reflect.AppendSlice(v.Slice3(0, n, n), v.Slice(0, 1)),
			reflect.Append(v.Slice3(0, n, n), reflect.Zero(v.Type().Elem())),
		)
	}
	return others
}

// Every field is in the digest, those that will be added too. No two changes of two
// fields have one digest.
func TestDigestHasEveryField(t *testing.T) {
	log := fullLog()
	seen := map[string]string{log.Digest().String(): "nothing"}
	leaves(reflect.ValueOf(&log).Elem(), "log", func(path string, leaf reflect.Value) {
		if leaf.IsZero() {
			t.Errorf("%s is not given", path)
			return
		}
		old := reflect.New(leaf.Type()).Elem()
		old.Set(leaf)
		for _, other := range changes(t, leaf) {
			leaf.Set(other)
			got := log.Digest().String()
			if first, ok := seen[got]; ok && first != path {
				t.Errorf("a change of %s has the digest of a change of %s", path, first)
			}
			seen[got] = path
			leaf.Set(old)
		}
	})
	if len(seen) < 150 {
		t.Errorf("only %d digests were looked at", len(seen))
	}
}

// What stands in one field, record or list is something else in another.
func TestDigestDistinguishesFields(t *testing.T) {
	for _, row := range []struct {
		why    string
		change func(*evidence.Log)
	}{
		{"messages have an order, at one instant too", func(l *evidence.Log) { slices.Reverse(l.Chats[0].Messages) }},
		{"the messages of a call have an order", func(l *evidence.Log) { slices.Reverse(l.Calls[0].Transcript) }},
		{"from and to are different fields", func(l *evidence.Log) { l.Calls[0].From, l.Calls[0].To = l.Calls[0].To, l.Calls[0].From }},
		{"account and agent are different fields", func(l *evidence.Log) {
			h := &l.Calls[0].Header
			h.Account, h.Agent = h.Agent, h.Account
		}},
		{"start and end are different fields", func(l *evidence.Log) { h := &l.Calls[0].Header; h.Start, h.End = h.End, h.Start }},
		{"a recording and a chat differ", func(l *evidence.Log) {
			*l = evidence.Log{Calls: l.Calls, Recordings: []evidence.Recording{{Header: l.Chats[0].Header}}, Chats: []evidence.Chat{{Header: l.Recordings[0].Header}}}
		}},
		{"an issue belongs to its record", func(l *evidence.Log) {
			l.Calls[0].Issues, l.Chats[0].Issues = []string{"T-1"}, []string{"T-1", "T-2", "T-2"}
		}},
		{"a name belongs to its file", func(l *evidence.Log) {
			m := l.Calls[0].Media
			m[0].Name, m[1].Name = m[1].Name, m[0].Name
		}},
		{"a message has a definite end", func(l *evidence.Log) {
			m := l.Chats[0].Messages
			m[0].Text, m[1].Text = m[0].Text+"\n", m[1].Text[1:]
		}},
		{"no issue differs from an empty id", func(l *evidence.Log) { l.Calls[0].Issues = append(l.Calls[0].Issues, "") }},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			log := fullLog()
			for i := range log.Chats[0].Messages {
				log.Chats[0].Messages[i].At = log.Chats[0].Start
			}
			before := log.Digest()
			if row.change(&log); log.Digest() == before {
				t.Errorf("%s: the digest is the same", row.why)
			}
		})
	}
}

// shuffle puts everything in a log that has no order of its own into another, in place,
// and its instants into another location.
func shuffle(log evidence.Log, r *rand.Rand) {
	east := time.FixedZone("east", 3600)
	mix := func(h *evidence.Header, media []evidence.Media, messages []evidence.Message) {
		h.Start, h.End = h.Start.In(east), h.End.In(east)
		r.Shuffle(len(h.Issues), reflect.Swapper(h.Issues))
		r.Shuffle(len(media), reflect.Swapper(media))
		for i := range messages {
			messages[i].At = messages[i].At.In(east)
		}
	}
	for i := range log.Calls {
		c := &log.Calls[i]
		c.Answered = c.Answered.In(east)
		mix(&c.Header, c.Media, c.Transcript)
	}
	for i := range log.Recordings {
		mix(&log.Recordings[i].Header, log.Recordings[i].Media, nil)
	}
	for i := range log.Chats {
		mix(&log.Chats[i].Header, log.Chats[i].Media, log.Chats[i].Messages)
	}
	r.Shuffle(len(log.Calls), reflect.Swapper(log.Calls))
	r.Shuffle(len(log.Recordings), reflect.Swapper(log.Recordings))
	r.Shuffle(len(log.Chats), reflect.Swapper(log.Chats))
}

// TestDigestLaw checks that the digest does not depend on the order of records, issues and
// media or on locations, and that computing it does not change the log.
func TestDigestLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := smallWorld.draw(t).log
		if rapid.Bool().Draw(t, "full") {
			full := fullLog()
			log.Calls = append(log.Calls, full.Calls...)
			log.Chats = append(log.Chats, full.Chats...)
		}
		before := clone(log)
		digest := log.Digest()
		if !reflect.DeepEqual(log, before) {
			t.Error("the log has changed")
		}
		if want := digestOf(log); digest.String() != want {
			t.Errorf("the digest is %v, that of its canonical forms %v", digest, want)
		}
		shuffle(log, rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
		if log.Digest() != digest {
			t.Error("another order has another digest")
		}
	})
	a, b := fullLog(), fullLog()
	a.Calls[0].Issues, b.Calls[0].Issues = nil, []string{}
	if a.Digest() != b.Digest() {
		t.Error("naming none is not naming none")
	}
}

// clone copies a value with all that its slices hold.
func clone[T any](value T) T {
	var cp func(v reflect.Value) reflect.Value
	cp = func(v reflect.Value) reflect.Value {
		to := reflect.New(v.Type()).Elem()
		switch {
		case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
			for i := range v.NumField() {
				to.Field(i).Set(cp(v.Field(i)))
			}
		case v.Kind() == reflect.Slice && !v.IsNil():
			to.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				to.Index(i).Set(cp(v.Index(i)))
			}
		default:
			to.Set(v)
		}
		return to
	}
	return cp(reflect.ValueOf(&value).Elem()).Interface().(T)
}

// scramble overwrites everything that the slices below a pointer hold.
func scramble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		scramble(v.Elem())
	case reflect.Struct:
		for i := 0; i < v.NumField() && v.Type() != reflect.TypeFor[time.Time](); i++ {
			scramble(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			scramble(v.Index(i))
			v.Index(i).SetZero()
		}
	}
}
