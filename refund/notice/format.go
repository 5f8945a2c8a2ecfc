package notice

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// symbols has the currencies whose symbol people commonly read as that one currency. The
// yen's sign is also the yuan's; a dollar sign alone is read as US dollars.
var symbols = map[string]string{
	"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "ILS": "₪", "NGN": "₦", "TRY": "₺", "UAH": "₴",
}

// money returns an amount for people: $1,174.99, −$25.00 or 1,174.99 CAD.
func money(m refund.Money) string {
	digits, negative := strings.CutPrefix(m.Amount(), "-")
	whole, decimals, point := strings.Cut(digits, ".")
	text := grouped(whole)
	if point {
		text += "." + decimals
	}
	sign := ""
	if negative {
		sign = "−"
	}
	code := m.Currency().Code()
	if symbol := symbols[code]; symbol != "" {
		return sign + symbol + text
	}
	return sign + text + " " + code
}

// grouped puts a comma before each three digits.
func grouped(digits string) string {
	var b []byte
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, digits[i])
	}
	return string(b)
}

// issues returns a number of issues, such as "1 issue" or "1,000 issues".
func issues(n int) string {
	if n == 1 {
		return "1 issue"
	}
	return grouped(strconv.Itoa(n)) + " issues"
}

// day returns the date of an instant, such as 16 March 2026.
func day(t time.Time) string { return string(words.AppendDay(nil, t.Date)) }

func date(d refund.Date) string {
	return string(words.AppendDay(nil, func() (int, time.Month, int) { return d.Year, d.Month, d.Day }))
}

// clock returns an instant, such as 16 March 2026 at 12:00 EDT. A zone may have any name.
func clock(t time.Time) string { return plain(string(words.AppendTime(nil, t.Truncate(time.Second)))) }

func span(from, to time.Time) string {
	return plain(string(words.AppendSpan(nil, from.Truncate(time.Second), to.Truncate(time.Second))))
}

// place returns the name of a location for people: New York for America/New_York.
func place(location string) string {
	return plain(strings.ReplaceAll(location[strings.LastIndexByte(location, '/')+1:], "_", " "))
}

// plain returns a text of the host's on one line, without characters that change how the
// rest of a letter is shown. Joiners stay, since names are spelled with them.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c', r == '\u200d', unicode.IsGraphic(r):
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return ' '
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// short returns an id of the host's, cut to a readable length.
func short(s string) string { return cut(plain(s), longestName) }

// cut returns a text, cut to so many characters.
func cut(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// plainLines returns the lines that have text.
func plainLines(list ...string) (lines []string) {
	for _, s := range list {
		if s = plain(s); s != "" {
			lines = append(lines, s)
		}
	}
	return lines
}
