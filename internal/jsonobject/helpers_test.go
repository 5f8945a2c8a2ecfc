package jsonobject_test

import (
	"slices"
	"strings"
	"testing"
)

// maxBytes and maxDepth bound a text.
const (
	maxBytes = 1 << 20
	maxDepth = 64
)

// whole is the paths of a text that is not an object.
var whole = []string{""}

// exactly returns a text with no room behind it, so that whoever reads beyond its end
// panics.
func exactly(text string) []byte { return slices.Clip([]byte(text)) }

// named fails a table's row that does not say why it is there.
func named(t testing.TB, why string) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without its reason")
	}
}
