package testkit

import "testing"

func TestContrast(t *testing.T) {
	for _, row := range []struct {
		reason, a, b string
		least, most  float64
	}{
		{"the largest contrast is 21", "#000000", "#ffffff", 20.99, 21.01},
		{"a color has a contrast of 1 to itself", "#0b5345", "#0b5345", 1, 1},
		{"this gray is the lightest that is legible on white", "#767676", "#ffffff", 4.5, 4.6},
		{"this gray is too light, whichever comes first", "#ffffff", "#777777", 4.4, 4.5},
	} {
		Row(t, row.reason, func(t *testing.T) {
			if c := Contrast(row.a, row.b); c < row.least || c > row.most {
				t.Errorf("%.2f is not between %v and %v", c, row.least, row.most)
			}
		})
	}
}
