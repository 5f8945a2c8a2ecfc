package gen

import "pgregory.net/rapid"

var coin = rapid.Bool()

// pick draws an index below n, more often 0 than any other, which shrinking prefers. It
// draws single bits, and as many of them for every index: rapid shrinks those in far
// fewer steps than its integers.
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

// choose draws one of a list, more often the first than any other.
func choose[T any](t *rapid.T, label string, list ...T) T { return list[pick(t, label, len(list))] }

// several draws a list, of one element on average. Each element is drawn together with
// the bit that says whether it is there, so that shrinking can leave any of them out.
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
