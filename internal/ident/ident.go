// Package ident checks identifiers: of subscriptions, accounts, issues and officers.
package ident

import (
	"strings"
	"unicode"
)

// Fault returns the reason why an optional identifier is refused, or "". Identifiers are
// compared byte for byte and never trimmed, so one that looks like another must not pass:
// white space at either end and control characters are refused.
func Fault(id string) string {
	for i := range len(id) {
		if id[i]-'!' > '~'-'!' { // most identifiers have only visible ASCII characters
			return fault(id)
		}
	}
	return ""
}

// Required is Fault for an identifier that must be given.
func Required(id string) string {
	if id == "" {
		return "is required"
	}
	return Fault(id)
}

func fault(id string) string {
	switch {
	case strings.TrimSpace(id) != id:
		return "has white space at an end"
	case strings.ContainsFunc(id, unicode.IsControl):
		return "has a control character"
	}
	return ""
}
