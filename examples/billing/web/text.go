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
	"field": newField, "label": label, "clauses": refund.Clauses, "clause": clause, "facts": facts, "changes": changes,
	"has": slices.Contains[[]refund.Clause], "join": strings.Join, "list": func(values ...any) []any { return values },
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

// facts returns the facts of an outcome that a page shows. A form carries them, so that the changes
// can be shown later: the digest only shows that there is one.
func facts(o refund.Outcome) []string {
	list := []string{"Can be refunded: " + money(o.Refundable), "The policy grants: " + money(o.Entitlement),
		"Already refunded: " + money(o.Refunded), "In dispute: " + money(o.Disputed), "Result: " + word(o.Verdict)}
	for _, c := range refund.Clauses() {
		list = append(list, c.Title()+": "+word(o.Statuses[c]))
	}
	return list
}

// changes returns the facts that differ from those of a form: the name of each, as it was, and as
// it is.
func changes(seen string, o refund.Outcome) (list [][3]string) {
	then, now := strings.Split(seen, "|"), facts(o)
	for i := range now {
		if len(then) == len(now) && then[i] != now[i] {
			name, is, _ := strings.Cut(now[i], ": ")
			_, was, _ := strings.Cut(then[i], ": ")
			list = append(list, [3]string{name, clean(was), is})
		}
	}
	return list
}
