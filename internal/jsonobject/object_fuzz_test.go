package jsonobject_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/kasperinfotech/refundpolicy/internal/jsonobject"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// An oracle is an object as encoding/json reads it, field by field.
type oracle []struct {
	name string
	raw  json.RawMessage
}

func oracleOf(t *testing.T, text []byte) (fields oracle) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	token := func() json.Token {
		token, err := decoder.Token()
		if err != nil {
			t.Fatalf("accepted, and refused by encoding/json: %v", err)
		}
		return token
	}
	for token(); decoder.More(); {
		name := token().(string)
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			t.Fatalf("accepted, and refused by encoding/json: %v", err)
		}
		fields = append(fields, struct {
			name string
			raw  json.RawMessage
		}{name, raw})
	}
	return fields
}

var plainName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,39}$`)

// compare takes every field that there is a method for, checks that it is what
// encoding/json reads, and returns the paths of the faults that there are to be.
func (fields oracle) compare(t *testing.T, o *jsonobject.Object, in string) (paths []string) {
	t.Helper()
	decode := func(raw []byte, v any) bool { return json.Unmarshal(raw, v) == nil }
	taken := map[string]bool{}
	for _, f := range fields {
		if taken[f.name] {
			paths = append(paths, in+f.name) // given twice
			continue
		}
		var elements []json.RawMessage
		switch c := f.raw[0]; {
		case f.name == "": // to Fault, that is the object
			paths = append(paths, in+"*")
			continue
		case c == '"':
			var want string
			if decode(f.raw, &want); o.Text(f.name) != want {
				t.Errorf("%s%s: %q, want %q", in, f.name, o.Text(f.name), want)
			}
		case c == '-' || '0' <= c && c <= '9':
			var want int64
			if !decode(f.raw, &want) {
				want, paths = 0, append(paths, in+f.name)
			}
			if got := o.Integer(f.name); got != want {
				t.Errorf("%s%s: %d, want %d", in, f.name, got, want)
			}
		case c == '[' && decode(f.raw, &elements):
			var texts []string
			if decode(f.raw, &texts) && !bytes.Contains(f.raw, []byte("null")) {
				if got := o.Texts(f.name); !cmp.Equal(got, texts) {
					t.Errorf("%s%s: %q, want %q", in, f.name, got, texts)
				}
				break
			}
			objects := o.Objects(f.name)
			if len(objects) != len(elements) {
				t.Fatalf("%s%s: %d objects, want %d", in, f.name, len(objects), len(elements))
			}
			for i, raw := range elements {
				at := fmt.Sprintf("%s%s[%d]", in, f.name, i)
				if raw[0] != '{' {
					paths = append(paths, at)
					continue
				}
				paths = append(paths, oracleOf(t, raw).compare(t, objects[i], at+".")...)
			}
		default: // an object, a boolean or null, which nobody takes
			name := f.name
			if !plainName.MatchString(name) {
				name = "*"
			}
			paths = append(paths, in+name)
			continue
		}
		taken[f.name] = true
	}
	return paths
}

// FuzzParseObject compares an Object with encoding/json: what is accepted, both read the
// same; and each field that is given twice or not taken has a fault.
func FuzzParseObject(f *testing.F) {
	// Values of every kind, and at every depth.
	f.Add([]byte(`{"text":"\u00e9\ud83d\ude00\n","none":"","integer":-17,"texts":["a","\u0062"],"empty":[],"objects":[{"a":1,"b":[{"c":"d"}]},{}],"t":true,"n":null,"o":{"a":1}}`))
	// Numbers that are no integers, and such that are too great.
	f.Add([]byte(`{"a":1.0,"b":1e3,"c":-0,"d":9223372036854775807,"e":9223372036854775808,"f":-9223372036854775808,"g":0.1E-2}`))
	// Names given twice, one of them escaped, and odd ones.
	f.Add([]byte(`{"a":1,"\u0061":2,"a":"3","":1,"x y":null,"":null,"*":true,"n":null,"n":null}`))
	// Elements that are neither all texts nor all objects.
	f.Add([]byte(`{"a":["b",{},null,[{}],1],"b":[{"c":1,"c":2},{"c":{}}],"c":[null],"d":["null"]}`))
	// What is none.
	f.Add([]byte(`[{}]`))
	f.Add([]byte(`{"a":"` + "\xff" + `"}`))
	f.Add([]byte(`{"a":"\ud83d"} x`))
	// More faults than are told.
	f.Add([]byte(`{"a":[` + strings.Repeat("1,", 1500) + `{}]}`))
	// A case, and another, and a document, which are objects too.
	f.Add([]byte(testkit.CaseText))
	f.Add([]byte(testkit.DocumentText))

	f.Fuzz(func(t *testing.T, text []byte) {
		o, err := jsonobject.Parse(exactly(string(text)))
		if err != nil {
			testkit.WantPaths(t, err, whole...)
			if o != nil {
				t.Error("an object and an error")
			}
			return
		}
		if !json.Valid(text) || !utf8.Valid(text) {
			t.Fatal("accepted, and no JSON")
		}
		want := oracleOf(t, text).compare(t, o, "")
		if len(want) > 1000 {
			if got := testkit.Paths(o.Err(nil)); len(got) != 1001 {
				t.Errorf("%d of %d faults are told", len(got), len(want))
			}
			return
		}
		testkit.WantPaths(t, o.Err(nil), want...)
	})
}
