package jsonobject_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/jsonobject"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// allFaults returns the faults of an error in their order, as texts.
func allFaults(t *testing.T, err error) (list []string) {
	t.Helper()
	if err == nil {
		return nil
	}
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("error %v, want an InvalidError", err)
	}
	for _, f := range invalid.Faults {
		list = append(list, f.Error())
	}
	return list
}

// TestObjectErr takes a text, a list b of objects with a text c each, and the list d of
// texts.
func TestObjectErr(t *testing.T) {
	const unknown = "unknown field"
	forty := strings.Repeat("n", 40)
	for _, r := range []struct {
		why, text string
		want      []string
	}{
		{"nothing is given", `{}`, nil},
		{"all is", `{"a":"x","b":[{"c":"y"},{}],"d":["z"]}`, nil},
		{"in another order", `{"d":[],"b":[],"a":""}`, nil},
		{"faults in the order in which fields are taken", `{"d":7,"b":"x","a":null}`, []string{"a: null is refused: leave the field out", "b: is a string, not an array", "d: is a number, not an array"}},
		{"given twice: the first stands, and the second is the fault", `{"a":"x","a":7}`, []string{"a: is given twice"}},
		{"the first may be one too", `{"a":7,"a":"x"}`, []string{"a: is given twice", "a: is a number, not a string"}},
		{"given three times", `{"a":"x","d":[],"a":"x","a":"x"}`, []string{"a: is given twice", "a: is given twice"}},
		{"given twice, once with escapes", `{"a":"x","\u0061":"x"}`, []string{"a: is given twice"}},
		{"a list twice", `{"d":[],"d":[7]}`, []string{"d: is given twice"}},
		{"an element of another kind", `{"d":["x",7,"y",["z"],{},null,true]}`,
			[]string{"d[1]: is a number, not a string", "d[3]: is an array, not a string", "d[4]: is an object, not a string", "d[5]: null is refused: leave the field out", "d[6]: is a boolean, not a string"}},
		{"an element that is no object", `{"b":[{},"x",[],null]}`, []string{"b[1]: is a string, not an object", "b[2]: is an array, not an object", "b[3]: null is refused: leave the field out"}},
		{"a fault in an element", `{"b":[{},{"c":7}]}`, []string{"b[1].c: is a number, not a string"}},
		{"a field twice in an element", `{"b":[{"c":"x"},{"c":"x","c":"x"}]}`, []string{"b[1].c: is given twice"}},
		{"a field that nobody took", `{"x":{"a":1},"a":"x"}`, []string{"x: " + unknown}},
		{"of another case", `{"A":"x"}`, []string{"A: " + unknown}},
		{"twice: each is told", `{"x":1,"x":1}`, []string{"x: " + unknown, "x: " + unknown}},
		{"in an element, after those of the object", `{"b":[{"x":1},{"c":"","y":2}],"z":0}`, []string{"z: " + unknown, "b[0].x: " + unknown, "b[1].y: " + unknown}},
		{"after faults of what was taken", `{"x":1,"a":1}`, []string{"a: is a number, not a string", "x: " + unknown}},
		{"an odd name is not told", `{"Jo Doe":1,"":2,"a.b":3,"1a":4}`,
			[]string{"*: " + unknown + " (a name of 6 bytes)", "*: " + unknown + " (a name of 0 bytes)", "*: " + unknown + " (a name of 3 bytes)", "*: " + unknown + " (a name of 2 bytes)"}},
		{"a long name is not told", `{"` + forty + `":1,"n` + forty + `":1}`, []string{forty + ": " + unknown, "*: " + unknown + " (a name of 41 bytes)"}},
		{"an odd name in an element", `{"b":[{"+1 555":1}]}`, []string{"b[0].*: " + unknown + " (a name of 6 bytes)"}},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			o := object(t, r.text)
			o.Text("a")
			for _, child := range o.Objects("b") {
				child.Text("c")
			}
			o.Texts("d")
			for _, when := range []string{"", ", asked again"} {
				if diff := cmp.Diff(r.want, allFaults(t, o.Err(nil))); diff != "" {
					t.Errorf("want -, got +%s:\n%s", when, diff)
				}
			}
		})
	}
}

func TestObjectPaths(t *testing.T) {
	o := object(t, `{"a":[{},{"b":[{"c":"x","d":[1],"e":[7],"f":"fax","g":"2026","h":{}}]}]}`)
	inner := o.Objects("a")[1].Objects("b")[0]
	inner.Integer("c")
	inner.Texts("d")
	inner.Objects("e")
	inner.Code("f", new(refund.Channel))
	inner.Instant("g")
	inner.Fault("i", "is missing")
	inner.Fault("", "is odd")
	o.Fault("j", "is missing")
	o.Fault("", "is odd")
	testkit.WantPaths(t, o.Err(nil), []string{"a[1].b[0].c", "a[1].b[0].d[0]", "a[1].b[0].e[0]", "a[1].b[0].f", "a[1].b[0].g", "a[1].b[0].h", "a[1].b[0].i", "a[1].b[0]", "j", ""}...)
	testkit.WantPaths(t, inner.Err(nil), testkit.Paths(o.Err(nil))...) // which are the outermost object's
}

// A list that is taken twice is the same one.
func TestObjectTakenTwice(t *testing.T) {
	o := object(t, `{"a":[{"b":"x","c":"y"}]}`)
	for range 2 {
		child := o.Objects("a")[0]
		if got := child.Text("b"); got != "x" {
			t.Errorf("took %q", got)
		}
	}
	testkit.WantPaths(t, o.Err(nil), []string{"a[0].c"}...)
	if got := o.Objects("a")[0].Text("c"); got != "y" {
		t.Errorf("took %q after all", got)
	}
}

// Faults of a validation are told, but for those that only follow.
func TestObjectErrOfAValidation(t *testing.T) {
	say := func(paths ...string) error {
		e := &refund.InvalidError{}
		for _, p := range paths {
			e.Faults = append(e.Faults, refund.Fault{Path: p, Reason: "is required"})
		}
		return fmt.Errorf("a record: %w", e)
	}
	for _, r := range []struct {
		why, text  string
		validation error
		want       []string
	}{
		{"no validation", `{}`, nil, nil},
		{"another error than that of an input has no path", `{}`, errors.New("x"), whole},
		{"faults of the validation alone", `{}`, say("a", "d[0].e", ""), []string{"a", "d[0].e", ""}},
		{"the same field: it follows", `{"a":7}`, say("a", "b"), []string{"a", "b"}},
		{"a field that is called alike does not", `{"a":7}`, say("ab", "a"), []string{"a", "ab"}},
		{"what is in a faulty list", `{"b":7}`, say("b[0].c", "b"), []string{"b"}},
		{"what is in a faulty element", `{"b":[7,{}]}`, say("b[0].c", "b[0]", "b[1].c"), []string{"b[0]", "b[1].c"}},
		{"what is around a faulty field", `{"b":[{"c":7}]}`, say("b", "b[0]", "b[0].d"), []string{"b[0].c", "b[0].d"}},
		{"what has a field that is none", `{"b":[{"x":7}]}`, say("b[0]", "b[0].c"), []string{"b[0].x", "b[0].c"}},
		{"a list that is no list at all is not also too short", `{"d":7}`, say("d"), []string{"d"}},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			o := object(t, r.text)
			o.Text("a")
			for _, child := range o.Objects("b") {
				child.Text("c")
			}
			o.Texts("d")
			for range 2 {
				testkit.WantPaths(t, o.Err(r.validation), r.want...)
			}
		})
	}
}

func TestObjectZero(t *testing.T) {
	var o jsonobject.Object
	c := refund.ChannelPhone
	o.Code("a", &c)
	if o.Text("a") != "" || !o.Instant("a").Equal(time.Time{}) || o.Integer("a") != 0 || o.Texts("a") != nil || o.Objects("a") != nil || c != refund.ChannelPhone {
		t.Error("it has a field")
	}
	if err := o.Err(nil); err != nil {
		t.Error(err)
	}
	o.Fault("a", "is missing")
	testkit.WantPaths(t, o.Err(nil), []string{"a"}...)
	var other jsonobject.Object
	other.Fault("", "is missing")
	testkit.WantPaths(t, other.Err(nil), whole...)
	var valid jsonobject.Object
	testkit.WantPaths(t, valid.Err(&refund.InvalidError{Faults: []refund.Fault{{Path: "a", Reason: "is required"}}}), []string{"a"}...)
}

// The first thousand faults are told, and that there are more.
func TestObjectBoundsTheFaults(t *testing.T) {
	for _, n := range []int{999, 1000, 1001, 100_000} {
		for _, text := range []string{
			`{"a":[` + strings.Repeat("1,", n-1) + "1]}",
			`{` + strings.Repeat(`"":1,`, n-1) + `"":1}`,
			`{"a":["x"` + strings.Repeat(`],"a":[`, n) + `"x"]}`,
		} {
			o := object(t, text)
			o.Texts("a")
			for _, when := range []string{"", ", asked again"} {
				got := allFaults(t, o.Err(nil))
				want := min(n, 1001)
				if len(got) != want {
					t.Errorf("%d faults are told%s, want %d of %d", len(got), when, want, n)
				}
				if last := got[len(got)-1]; (last == "has more than 1000 faults, of which these are the first") != (n > 1000) {
					t.Errorf("of %d faults, the last%s is %s", n, when, last)
				}
			}
		}
	}

	o := object(t, `{"a":[`+strings.Repeat("1,", 999)+"1]}")
	o.Texts("a")
	if got := allFaults(t, o.Err(&refund.InvalidError{Faults: []refund.Fault{{Path: "b", Reason: "is required"}}})); len(got) != 1001 {
		t.Errorf("%d faults are told, with one of a validation", len(got))
	}
}

// What a text of 1 MiB costs is bounded.
func TestObjectBoundsTheMemory(t *testing.T) {
	for _, part := range []string{"0,", `{"":0},`} {
		text := `{"a":[` + strings.Repeat(part, maxBytes/len(part)-8) + part[:len(part)-1] + "]}"
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		o := object(t, text)
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(o)
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 256 {
			t.Errorf("1 MiB of %s took %d MiB", part, took)
		}
	}
}
