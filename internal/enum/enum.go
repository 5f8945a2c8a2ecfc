// Package enum converts small enumerations to and from their codes.
package enum

import (
	"slices"
	"strconv"
	"strings"
)

// Codes holds the codes of an enumeration whose values count from 1. The value 0 is
// unset, and its code is empty.
type Codes[E ~uint8] struct {
	typeName string
	codes    []string
}

// Of returns the codes of the values 1, 2 and so on of a type.
func Of[E ~uint8](typeName string, codes ...string) *Codes[E] {
	return &Codes[E]{typeName, append([]string{""}, codes...)}
}

// String returns the code of e, "unset" for 0, and a text such as "Verdict(9)" for a
// value without a code.
func (c *Codes[E]) String(e E) string {
	switch {
	case e == 0:
		return "unset"
	case int(e) < len(c.codes):
		return c.codes[e]
	}
	return c.typeName + "(" + strconv.Itoa(int(e)) + ")"
}

// Valid reports whether e has a code. 0 is not valid.
func (c *Codes[E]) Valid(e E) bool { return e != 0 && int(e) < len(c.codes) }

// Fault returns the reason why a required value is not valid, or "".
func (c *Codes[E]) Fault(e E) string {
	if c.Valid(e) {
		return ""
	}
	return fault(c.codes, int(e))
}

func fault(codes []string, e int) string {
	if e == 0 {
		return "is required: one of " + list(codes)
	}
	return strconv.Itoa(e) + " is not one of " + list(codes)
}

// Text returns the code of e, which is empty for 0, or the reason if e has no code.
func (c *Codes[E]) Text(e E) (text []byte, reason string) {
	if int(e) >= len(c.codes) {
		return nil, c.Fault(e)
	}
	return []byte(c.codes[e]), ""
}

// Parse sets e to the value of a code. If text is not a code, it returns the reason, which
// does not quote the text. An empty text is 0.
func (c *Codes[E]) Parse(text []byte, e *E) (reason string) {
	i := slices.Index(c.codes, string(text))
	if i < 0 {
		return "is not one of " + list(c.codes)
	}
	*e = E(i)
	return ""
}

func list(codes []string) string { return strings.Join(codes[1:], ", ") }
