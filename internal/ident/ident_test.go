package ident_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestFault(t *testing.T) {
	const blank, control = "has white space at an end", "has a control character"
	for _, row := range []struct{ why, id, want string }{
		{"an optional identifier may be absent", "", ""},
		{"visible ASCII characters", "SUB-1001", ""},
		{"a space inside may be part of it", "SUB 1001", ""},
		{"letters of any script", "Kündigung-Æ", ""},
		{"a space at the end looks like the same identifier", "OFF-1 ", blank},
		{"a space at the start does too", " OFF-1", blank},
		{"a space alone looks absent", " ", blank},
		{"a no-break space is white space", "OFF-1\u00a0", blank},
		{"a line break at the end is white space", "OFF-1\n", blank},
		{"a line break inside splits a log line", "OFF\n1", control},
		{"a null byte ends a string elsewhere", "OFF\x001", control},
		{"a delete character is not visible", "OFF\x7f1", control},
		{"so is a control character beyond ASCII", "OFF\u00851", control},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := ident.Fault(row.id); got != row.want {
				t.Errorf("Fault(%q) = %q, want %q", row.id, got, row.want)
			}
			want := row.want
			if row.id == "" {
				want = "is required"
			}
			if got := ident.Required(row.id); got != want {
				t.Errorf("Required(%q) = %q, want %q", row.id, got, want)
			}
		})
	}
}
