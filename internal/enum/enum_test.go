package enum_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
)

type color uint8

var colors = enum.Of[color]("Color", "red", "green")

func TestCodes(t *testing.T) {
	for _, r := range []struct {
		reason string
		value  color
		text   string
		fault  string
	}{
		{"the zero value is unset, and required", 0, "unset", "is required: one of red, green"},
		{"the first value", 1, "red", ""},
		{"the last value", 2, "green", ""},
		{"a value beyond the codes", 3, "Color(3)", "3 is not one of red, green"},
	} {
		t.Run(r.reason, func(t *testing.T) {
			if got := colors.String(r.value); got != r.text {
				t.Errorf("prints as %q, want %q", got, r.text)
			}
			if got := colors.Fault(r.value); got != r.fault {
				t.Errorf("fault %q, want %q", got, r.fault)
			}
			if got := colors.Valid(r.value); got != (r.fault == "") {
				t.Errorf("valid: %t", got)
			}
		})
	}
}

func TestTextAndParse(t *testing.T) {
	for value := range color(3) {
		text, reason := colors.Text(value)
		if reason != "" {
			t.Fatal(reason)
		}
		back := color(9)
		if reason := colors.Parse(text, &back); reason != "" || back != value {
			t.Errorf("%q is read as %d: %s", text, back, reason)
		}
	}
	if text, reason := colors.Text(3); text != nil || reason != "3 is not one of red, green" {
		t.Errorf("a value without a code is written as %q: %s", text, reason)
	}
	c := color(1)
	if reason := colors.Parse([]byte("4111 1111"), &c); reason != "is not one of red, green" || c != 1 {
		t.Errorf("an unknown code: %s, %d", reason, c)
	}
}
