package gen

import "pgregory.net/rapid"

var coin = rapid.Bool()

// pick draws an index below n. It draws 0 more often than any other index, and an index
// shrinks to 0. It draws the same number of single bits for every index: rapid shrinks bits
// in far fewer steps than integers.
func pick(t *rapid.T, label string, n int) int {
	i, first := 0, !coin.Draw(t, label)
	for bit := 1; bit < n; bit *= 2 {
		if coin.Draw(t, label) {
			i += bit
		}
	}
	if first {
		return 0
	}
	return i % n
}

// choose draws an element of a list, the first one more often than any other.
func choose[T any](t *rapid.T, label string, list ...T) T { return list[pick(t, label, len(list))] }

// several draws a list with one element on average. Each element is drawn together with the
// bit for its presence, so that shrinking can remove any element.
func several[V any](t *rapid.T, label string, element func(*rapid.T) V) (list []V) {
	next := rapid.Custom(func(t *rapid.T) *V {
		if !coin.Draw(t, "more") {
			return nil
		}
		v := element(t)
		return &v
	})
	for v := next.Draw(t, label); v != nil; v = next.Draw(t, label) {
		list = append(list, *v)
	}
	return list
}
