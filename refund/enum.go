package refund

import (
	"slices"
	"strconv"
	"strings"
)

// The enumerations of this package are small integers with a table of codes,
// whose entry 0 is the empty code of the unset value.

func enumString[E ~uint8](kind string, codes []string, e E) string {
	switch {
	case e == 0:
		return "unset"
	case int(e) < len(codes):
		return codes[e]
	default:
		return kind + "(" + strconv.Itoa(int(e)) + ")"
	}
}

func enumMarshal[E ~uint8](kind string, codes []string, e E) ([]byte, error) {
	if int(e) >= len(codes) {
		return nil, &InvalidError{Faults: []Fault{{Path: kind, Reason: strconv.Itoa(int(e)) + " is no " + kind}}}
	}
	return []byte(codes[e]), nil
}

func enumUnmarshal[E ~uint8](kind string, codes []string, text []byte, e *E) error {
	for i, code := range codes {
		if code == string(text) {
			*e = E(i)
			return nil
		}
	}
	named := quoteCode(string(text))
	if slices.Contains(codes, strings.ToLower(string(text))) {
		named = strconv.Quote(string(text)) // no secret, but not in lower case
	}
	return &InvalidError{Faults: []Fault{{Path: kind, Reason: named + " is none of " + strings.Join(codes[1:], ", ")}}}
}

// enumValid reports whether e is one of the codes and not unset.
func enumValid[E ~uint8](codes []string, e E) bool { return e != 0 && int(e) < len(codes) }

// enumFault is the reason for which a required enumeration is refused.
func enumFault[E ~uint8](codes []string, e E) string {
	if e == 0 {
		return "is required: one of " + strings.Join(codes[1:], ", ")
	}
	return strconv.Itoa(int(e)) + " is none of " + strings.Join(codes[1:], ", ")
}

// quoteCode quotes a text that looks like a code, in lower case, and only tells the
// length of any other: a name or a number must not get out through an error.
func quoteCode(s string) string {
	const longest = 32
	code := s != "" && len(s) <= longest
	for i := 0; code && i < len(s); i++ {
		c := s[i]
		code = 'a' <= c && c <= 'z' || i > 0 && ('0' <= c && c <= '9' || c == '_' || c == '-')
	}
	if code {
		return strconv.Quote(s)
	}
	return lengthOf(s)
}

// lengthOf stands for a text that is not fit to be repeated.
func lengthOf(s string) string { return "a text of " + strconv.Itoa(len(s)) + " bytes" }
