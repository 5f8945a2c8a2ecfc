package notice

import (
	"slices"
	"time"
)

// A scale places instants from left to right. It is in seconds since 1970.
type scale struct{ from, to int64 }

// The ends of a scale. A mark at an end is within the margin.
const (
	scaleLeft  = margin + markSize/2
	scaleRight = sceneWidth - margin - markSize/2
)

// x returns the place of an instant: an end for one that is not on the scale.
func (s scale) x(t time.Time) int {
	second := min(max(t.Unix(), s.from), s.to)
	return scaleLeft + int((second-s.from)*(scaleRight-scaleLeft)/(s.to-s.from))
}

// scale returns the scale of a picture. The window, or the time up to the call back in a
// picture without one, has at least half of it: later events are at the right edge.
func (ch *chronicle) scale() scale {
	from, to := ch.window.Opens.Unix(), ch.window.Closes.Unix()
	if ch.window.Opens.IsZero() {
		from, to = ch.asked.Unix(), ch.asked.Unix()
		for _, e := range ch.rows {
			if e.kind == kindCallback {
				to = e.span[1].Unix()
			}
		}
	}
	length := max(to-from, 24*60*60)
	to = from + length
	first, last := from, to
	for _, e := range ch.rows {
		for _, t := range slices.Concat(e.marks, e.span[:]) {
			if !t.IsZero() {
				first, last = min(first, t.Unix()), max(last, t.Unix())
			}
		}
	}
	to = min(last, to+length) + length/24
	if first < from {
		from -= length / 24
	}
	return scale{from, to}
}
