package e2e_test

import (
	_ "embed"
)

//go:embed testdata/rules.js
var rules string

// check reports an error for each rule that the page breaks.
func (b *tab) check() {
	b.t.Helper()
	for _, broken := range eval[[]string](b, rules) {
		b.t.Errorf("%s: %s", eval[string](b, `location.pathname + " at " + innerWidth + " px"`), broken)
	}
}
