package testkit

import (
	"math"
	"strconv"
)

// Contrast returns the contrast ratio of two colors such as "#0b5345", from 1 to 21, as WCAG 2
// defines it. It panics for a text that is not a color.
func Contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(color string) (sum float64) {
	n, err := strconv.ParseUint(color[1:], 16, 32)
	if err != nil || color[0] != '#' || len(color) != 7 {
		panic("not a color: " + color)
	}
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(n>>(16-8*i)&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
