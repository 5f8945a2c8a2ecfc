package canon_test

import (
	"crypto/sha256"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/canon"
)

func TestForm(t *testing.T) {
	f := canon.New("thing")
	f.Text("empty", "")
	f.Given("absent", "")
	f.Given("name", "two words\nand a line")
	f.Int("count", -3)
	f.Duration("length", 90*time.Second)
	f.Instant("at", time.Unix(1773158400, 5))
	f.Instant("never", time.Time{})
	const want = "refundpolicy thing 1\nempty 0 \nname 20 two words\nand a line\ncount 2 -3\nlength 13 90000000000ns\nat 20 1773158400.000000005\n"
	if string(f.Bytes()) != want {
		t.Errorf("got\n%s\nwant\n%s", f.Bytes(), want)
	}
	if f.Sum() != sha256.Sum256([]byte(want)) {
		t.Error("Sum is not the SHA-256 of Bytes")
	}

	// Reading the form returns the same fields.
	fields, ok := canon.CutHead([]byte(want), "thing")
	again := canon.New("thing")
	for ok && len(fields) > 0 {
		var name, value string
		if name, value, fields, ok = canon.CutField(fields); ok {
			again.Text(name, value)
		}
	}
	if !ok || string(again.Bytes()) != want {
		t.Errorf("read as\n%s", again.Bytes())
	}
}

func TestCutRefuses(t *testing.T) {
	if _, ok := canon.CutHead([]byte("refundpolicy thing 2\n"), "thing"); ok {
		t.Error("a form with another version is accepted")
	}
	for reason, text := range map[string]string{
		"no length":                       "name\n",
		"a length that is not a number":   "name x v\n",
		"a negative length":               "name -1 v\n",
		"a length beyond the text":        "name 3 v\n",
		"a value without its line end":    "name 1 v",
		"a value longer than its length":  "name 1 vv\n",
		"a length that overflows 31 bits": "name 4294967297 v\n",
	} {
		if _, _, _, ok := canon.CutField([]byte(text)); ok {
			t.Errorf("%s: accepted", reason)
		}
	}
}

func TestInstants(t *testing.T) {
	for _, at := range []time.Time{time.Unix(0, 0), time.Unix(-1, 999_999_999), time.Unix(253402300799, 1)} {
		back, err := canon.ParseInstant(canon.InstantText(at))
		if err != nil || !back.Equal(at) {
			t.Errorf("%v is read as %v, %v", at, back, err)
		}
	}
	if _, err := canon.ParseInstant("now"); err == nil {
		t.Error("a word is read as an instant")
	}
}
