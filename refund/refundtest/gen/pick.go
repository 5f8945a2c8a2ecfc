package gen

import "pgregory.net/rapid"

// pick draws an index below n, most often 0, which shrinking prefers. rapid draws the
// greatest number that it may in a way that shrinking hardly leaves: so that one is 0
// too.
func pick(t *rapid.T, label string, n int) int {
	return rapid.IntRange(0, n).Draw(t, label) % n
}

// choose draws one of a list, most often the first.
func choose[T any](t *rapid.T, label string, list ...T) T { return list[pick(t, label, len(list))] }
