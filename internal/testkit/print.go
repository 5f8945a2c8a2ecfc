package testkit

import (
	"bytes"
	"fmt"
	"iter"
	"log/slog"
)

// Formatted returns the output of package fmt for a value, by format: every verb with various
// flags, and some wrong formats. It omits %p and %w, for which fmt calls no method.
func Formatted(value any) iter.Seq2[string, string] {
	return func(yield func(format, text string) bool) {
		formats := []string{"no verb", "%", "%[3]d", "%*d", "%.*f"}
		for _, verb := range "abcdefghijklmnoqrstuvxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
			for _, flags := range []string{"", "+", "#", "+#", " ", "-0", "010.3", "[1]"} {
				formats = append(formats, "%"+flags+string(verb))
			}
		}
		for _, format := range formats {
			if !yield(format, fmt.Sprintf(format, value)) {
				return
			}
		}
		yield("Sprint", fmt.Sprint(value, value)+fmt.Sprintln(value))
	}
}

// Logged returns the output of the text and JSON handlers of package slog for a value,
// without the time.
func Logged(value any) (text, json string) {
	var t, j bytes.Buffer
	options := &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&t, options), slog.NewJSONHandler(&j, options)} {
		logger := slog.New(handler)
		logger.Info("as an attribute", "value", value)
		logger.Info("in a group", slog.Group("group", slog.Any("value", value)))
		logger.With("value", value).Info("for all")
		logger.Info("without a name", []any{value}...)
	}
	return t.String(), j.String()
}
