// Package ident checks the identifiers of subscriptions, accounts, issues and officers.
package ident

import (
	"strings"
	"unicode"
)

// Fault returns the reason why an optional identifier is not valid, or "". Identifiers are
// compared byte for byte and never trimmed. So that different ids do not look the same, white
// space at either end and control characters are not allowed.
func Fault(id string) string {
	for i := range len(id) {
		if id[i]-'!' > '~'-'!' { // most identifiers have only visible ASCII characters
			return fault(id)
		}
	}
	return ""
}

// Required is like Fault, for an identifier that must not be empty.
func Required(id string) string {
	if id == "" {
		return "is required"
	}
	return Fault(id)
}

func fault(id string) string {
	switch {
	case strings.TrimSpace(id) != id:
		return "begins or ends with white space"
	case strings.ContainsFunc(id, unicode.IsControl):
		return "has a control character"
	}
	return ""
}
