package web

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/refund"
)

var funcs = template.FuncMap{
	"bdi": bdi, "clean": clean, "sentence": sentence, "word": word, "money": money, "segment": url.PathEscape,
	"field": newField, "label": label, "clauses": refund.Clauses, "clause": clause, "facts": facts, "join": strings.Join,
	"has": slices.Contains[[]refund.Clause], "list": func(values ...any) []any { return values },
}

// clean returns a text without the characters that change the direction or the lines of the
// texts around it.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, s)
}

// bdi returns a text from outside with a direction of its own.
func bdi(s string) template.HTML {
	return template.HTML("<bdi>" + template.HTMLEscapeString(clean(s)) + "</bdi>")
}

// sentence returns a sentence with a capital letter. Those of the library begin with a small one.
func sentence(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return clean(string(unicode.ToUpper(r)) + s[size:])
}

// word returns a code in words. A code that has two meanings needs a prefix.
func word(code any, prefix ...string) string {
	text := fmt.Sprint(code)
	if name, ok := words.Codes[strings.Join(append(prefix, text), " ")]; ok {
		return name
	}
	return sentence(strings.NewReplacer("_", " ", ":", ": ").Replace(text))
}

// money returns an amount for people.
func money(m refund.Money) string {
	if m.IsZero() {
		return "–"
	}
	return strings.Replace(m.Amount(), "-", "−", 1) + " " + m.Currency().Code()
}

// clause returns the clause with a code, or the zero Clause, which the library refuses.
func clause(code string) (c refund.Clause) {
	_ = c.UnmarshalText([]byte(code))
	return c
}
