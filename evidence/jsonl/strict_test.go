package jsonl_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A tree is a line that can be changed in one place as it is written.
type tree struct {
	root any
	// change writes the value at a path, and reports whether it did.
	change func(b *bytes.Buffer, path, name string, value any) bool
}

func parse(t testing.TB, text string) any {
	t.Helper()
	var root any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&root); err != nil {
		t.Fatal(err)
	}
	return root
}

func (tr *tree) String() string {
	var b bytes.Buffer
	tr.write(&b, "", "", tr.root)
	return b.String()
}

// write writes a value, which is the field of that name, if it has one.
func (tr *tree) write(b *bytes.Buffer, path, name string, value any) {
	if tr.change != nil && tr.change(b, path, name, value) {
		return
	}
	if name != "" {
		fmt.Fprintf(b, "%q:", name)
	}
	switch value := value.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, field := range slices.Sorted(maps.Keys(value)) {
			if i > 0 {
				b.WriteByte(',')
			}
			tr.write(b, strings.TrimPrefix(path+"."+field, "."), field, value[field])
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, element := range value {
			if i > 0 {
				b.WriteByte(',')
			}
			tr.write(b, fmt.Sprintf("%s[%d]", path, i), "", element)
		}
		b.WriteByte(']')
	default:
		text, err := json.Marshal(value)
		if err != nil {
			panic(err)
		}
		b.Write(text)
	}
}

// A spot is a place of a line.
type spot struct {
	path, name string
	kind       string
}

// spots returns every place of a line but the whole.
func spots(t testing.TB, text string) (list []spot) {
	t.Helper()
	tr := tree{root: parse(t, text), change: func(_ *bytes.Buffer, path, name string, value any) bool {
		if path != "" {
			list = append(list, spot{path, name, kindOf(value)})
		}
		return false
	}}
	_ = tr.String()
	return list
}

func kindOf(value any) string {
	switch value.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	}
	return "number"
}

// Every field and element of another kind than its own is a fault at its path, and
// nothing else is told that only follows from it.
func TestEveryPlaceHasItsKind(t *testing.T) {
	others := map[string]string{"object": `{"a":[{}]}`, "array": `["2026-03-02T15:00:00Z"]`, "string": `"x"`, "number": `7`, "null": `null`, "true": `true`, "false": `false`}
	n := 0
	for _, text := range []string{callText, recordingText, chatText} {
		for _, s := range spots(t, text) {
			for kind, other := range others {
				if kind == s.kind {
					continue
				}
				n++
				tr := tree{root: parse(t, text), change: func(b *bytes.Buffer, path, name string, _ any) bool {
					if path != s.path {
						return false
					}
					if name != "" {
						fmt.Fprintf(b, "%q:", name)
					}
					b.WriteString(other)
					return true
				}}
				_, err := one(t, tr.String())
				testkit.WantPaths(t, err, s.path)
				told := "not " + map[string]string{"object": "an object", "array": "an array", "string": "a string", "number": "an integer"}[s.kind]
				if kind == "null" {
					told = "null is not allowed"
				}
				if s.path != "kind" && (err == nil || !strings.Contains(err.Error(), told)) {
					t.Errorf("%s: %v, want %s", s.path, err, told)
				}
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d changes", n)
	}
}

// A field is given once, and no other field beside those of its object.
func TestEveryFieldOnce(t *testing.T) {
	n := 0
	for _, text := range []string{callText, recordingText, chatText} {
		for _, s := range spots(t, text) {
			if s.name != "" {
				n++
				twice := tree{root: parse(t, text)}
				twice.change = func(b *bytes.Buffer, path, name string, value any) bool {
					if path == s.path {
						plain := tree{root: value}
						fmt.Fprintf(b, "%q:%s,", name, plain.String())
					}
					return false
				}
				_, err := one(t, twice.String())
				testkit.WantPaths(t, err, s.path)
			}
			if s.kind != "object" {
				continue
			}
			n++
			more := tree{root: parse(t, text), change: func(b *bytes.Buffer, path, name string, _ any) bool {
				if path == s.path+".name" || path == s.path+".at" {
					b.WriteString(`"Extra":{"name":[1]},"no name":"a","":2,`)
				}
				return false
			}}
			_, err := one(t, more.String())
			testkit.WantPaths(t, err, s.path+".Extra", s.path+".…", s.path+".…")
		}
	}
	if n < 50 {
		t.Errorf("only %d changes", n)
	}
}

func TestStrict(t *testing.T) {
	type changes []string
	only := func(path string) []string { return []string{path} }
	long := strings.Repeat("n", 41)
	for _, r := range []struct {
		why, text string
		changes   changes
		want      []string
	}{
		{"no kind", leastText, changes{`"kind":"call",`, ``}, only("kind")},
		{"a missing kind hides the other faults", callText, changes{`"kind":"call",`, ``, `"id":"C-1"`, `"id":1,"x":2`}, only("kind")},
		{"an empty kind", leastText, changes{`"call"`, `""`}, only("kind")},
		{"an unknown kind", leastText, changes{`"call"`, `"fax"`}, only("kind")},
		{"a kind in another letter case", leastText, changes{`"call"`, `"Call"`}, only("kind")},
		{"two kinds", leastText, changes{`"kind":"call"`, `"kind":"call","kind":"chat"`}, only("kind")},
		{"a field in another letter case", leastText, changes{`"id"`, `"ID"`}, []string{"ID", "id"}},
		{"the name of a Go field", leastText, changes{`"id"`, `"started_by":"agent","StartedBy":"agent","id"`}, only("StartedBy")},
		{"a line's number is not written", leastText, changes{`"id"`, `"line":1,"id"`}, only("line")},
		{"a name of many bytes", leastText, changes{`"id"`, `"` + long + `":1,"id"`}, only("…")},

		{"a call has no software", callText, changes{`"from":"+`, `"software":"x","from":"+`}, only("software")},
		{"a call has no messages", callText, changes{`"transcript"`, `"messages"`}, only("messages")},
		{"empty fields of other kinds are unknown fields too", leastText, changes{`"id"`, `"software":"","messages":[],"id"`}, []string{"software", "messages"}},
		{"a recording has no fields of a call or a chat", recordingText, changes{`"software"`, `"answered":"","from":"","to":"","transcript":[],"messages":[],"software"`},
			[]string{"answered", "from", "to", "transcript", "messages"}},
		{"a chat has no fields of a call or a recording", chatText, changes{`"media"`, `"answered":"","from":"","to":"","transcript":[],"software":"","media"`}, []string{"answered", "from", "to", "transcript", "software"}},

		{"no required field", leastText, changes{`"id":"C-9","start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:00:00Z"`, `"x":0`}, []string{"x", "id", "start", "end"}},
		{"the required fields are empty", recordingText, changes{`"R-1"`, `""`, `00:00Z","end":"2026-03-02T15:20:00Z"`, `00:00Z","end":""`, `"R-1.webm"`, `""`, `"` + sha + `"`, `""`, `"video/webm; codecs=\"vp9\""`, `""`},
			[]string{"id", "end", "media[0].name", "media[0].sha256", "media[0].type"}},
		{"a message without a side", chatText, changes{`"from":"system"`, `"from":""`}, only("messages[0].from")},
		{"a message without an instant", chatText, changes{`"at":"2026-03-02T15:00:00Z",`, ``}, only("messages[0].at")},

		{"a code in another letter case", callText, changes{`"started_by":"customer"`, `"started_by":"Customer"`}, only("started_by")},
		{"a code with blanks", callText, changes{`"started_by":"customer"`, `"started_by":" customer"`}, only("started_by")},
		{"the text of an unset side", callText, changes{`"started_by":"customer"`, `"started_by":"unset"`}, only("started_by")},
		{"an unknown side", callText, changes{`"from":"agent"`, `"from":"machine"`}, only("transcript[0].from")},

		{"an instant without a zone", callText, changes{`"answered":"2026-03-02T15:00:09.000000001Z"`, `"answered":"2026-03-02T15:00:09"`}, only("answered")},
		{"a day", leastText, changes{`"start":"2026-03-02T15:00:00Z"`, `"start":"2026-03-02"`}, only("start")},
		{"a day that does not exist", leastText, changes{`"start":"2026-03-02T15:00:00Z"`, `"start":"2026-02-29T15:00:00Z"`}, only("start")},
		{"ten digits of a second", callText, changes{`00:09.000000001Z`, `00:09.0000000010Z`}, only("answered")},
		{"a lower-case z", callText, changes{`00:20.5Z`, `00:20.5z`}, only("transcript[1].at")},
		{"the zero instant", leastText, changes{`"start":"2026-03-02T15:00:00Z"`, `"start":"0001-01-01T00:00:00Z"`}, only("start")},
		{"an instant of the year 10000, in UTC", leastText, changes{`"end":"2026-03-02T15:00:00Z"`, `"end":"9999-12-31T23:59:59-00:01"`}, only("end")},
		{"an instant of the year 0, in UTC", leastText, changes{`"start":"2026-03-02T15:00:00Z"`, `"start":"0001-01-01T00:00:00+00:01"`}, only("start")},

		{"a size that is a fraction", callText, changes{`2048`, `2048.5`}, only("media[0].size")},
		{"a size with a fraction of zero", callText, changes{`2048`, `2048.0`}, only("media[0].size")},
		{"an exponent", callText, changes{`2048`, `2e3`}, only("media[0].size")},
		{"a negative size", callText, changes{`2048`, `-1`}, only("media[0].size")},
		{"a size of more than 63 bits", chatText, changes{`9223372036854775807`, `9223372036854775808`}, only("media[0].size")},
		{"a very large negative size", chatText, changes{`9223372036854775807`, `-9223372036854775809`}, only("media[0].size")},
		{"the smallest 64-bit integer", chatText, changes{`9223372036854775807`, `-9223372036854775808`}, only("media[0].size")},
		{"a size that is a text", callText, changes{`2048`, `"2048"`}, only("media[0].size")},
		{"a missing size is zero", recordingText, changes{`"size":0,`, ``}, nil},
		{"a size of minus zero", recordingText, changes{`"size":0`, `"size":-0`}, nil},

		{"faulty elements, each by its path", callText, changes{`"T-2"`, `"",null,"T-1"`, `}],"transcript":[{`, `},{"name":"../a","size":[],"sha256":"x","type":"y"}],"transcript":[7,{"at":"x","from":"x","txt":""},{`},
			[]string{"issues[1]", "issues[2]", "issues[3]", "media[1].name", "media[1].size", "media[1].sha256", "media[1].type", "transcript[0]", "transcript[1].at", "transcript[1].from", "transcript[1].txt"}},
		{"a list of lists", callText, changes{`["T-1","T-2"]`, `[["T-1"],{}]`}, []string{"issues[0]", "issues[1]"}},
		{"a name twice", callText, changes{`}],"transcript"`, `},{"name":"calls/C-1.ogg","sha256":"` + sha + `","type":"a/b"}],"transcript"`}, only("media[1].name")},

		{"an end before the start", callText, changes{`15:20:00Z`, `14:59:59Z`}, only("end")},
		{"an answer after the end, and a message before the start", callText, changes{`15:00:09.000000001Z`, `15:20:00.000000001Z`, `15:00:10Z`, `14:59:59.999999999Z`}, []string{"answered", "transcript[0].at"}},
		{"messages out of order", callText, changes{`15:00:20.5Z`, `15:00:09Z`}, only("transcript[1].at")},
		{"without a valid start, instants are not compared with it", callText, changes{`"start":"2026-03-02T15:00:00Z"`, `"start":5`, `15:00:09.000000001Z`, `16:00:00Z`}, only("start")},
		{"without a valid instant of a message, the next one is not compared with it", callText, changes{`"at":"2026-03-02T15:00:10Z"`, `"at":"2026"`}, only("transcript[0].at")},
		{"faults of reading and of the record, together", callText, changes{`"id":"C-1"`, `"id":""`, `"agent":"ops-3"`, `"agent":3`, `15:20:00Z`, `14:59:59Z`}, []string{"agent", "id", "end"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			_, err := one(t, edit(t, r.text, r.changes...))
			testkit.WantPaths(t, err, r.want...)
		})
	}
}

// If there are more than a thousand faults, the error says so.
func TestManyFaults(t *testing.T) {
	_, err := one(t, edit(t, callText, `["T-1","T-2"]`, "["+strings.Repeat("7,", 5000)+"7]"))
	if got := testkit.Paths(err); len(got) != 1001 || got[0] != "issues[0]" || got[999] != "issues[999]" || got[1000] != "" {
		t.Errorf("%d faults, the last at %q", len(got), got[len(got)-1])
	}
}

// Reasons are worded as those of a case are.
func TestReasons(t *testing.T) {
	_, err := one(t, edit(t, callText, `"kind":"call"`, `"kind":"call","x y":1,"xy":2`, `"id":"C-1"`, `"id":"C-1","id":"C-1"`, `"agent":"ops-3"`, `"agent":null`, `15:20:00Z`, `15:20:60Z`,
		`"from":"agent"`, `"from":"the agent"`, `2048`, `2048.5`))
	var got []string
	var faults *refund.InvalidError
	if errors.As(err, &faults) {
		for _, f := range faults.Faults {
			got = append(got, f.Error())
		}
	}
	want := []string{
		"…: unknown field (a name of 3 bytes)",
		"xy: unknown field",
		"id: is given twice",
		"agent: null is not allowed: leave the field out",
		"end: is not a date of the years 1 to 9999 and a time of day",
		"media[0].size: is not an integer",
		"transcript[0].from: is not one of customer, agent, system",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	_, err = one(t, edit(t, leastText, `"call"`, `"fax"`))
	if want := "line 1: " + invalid + "kind: is not one of call, recording, chat"; err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
