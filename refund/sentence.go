package refund

import (
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// A sentence is a text under construction. Its methods return the longer text, as append
// does, so that its memory can stay on the stack.
type sentence struct {
	b    []byte
	json bool // the text is part of a JSON string
}

func (w sentence) text(s string) sentence {
	w.b = append(w.b, s...)
	return w
}

func (w sentence) number(n int) sentence {
	w.b = strconv.AppendInt(w.b, int64(n), 10)
	return w
}

func (w sentence) money(m Money) sentence {
	w.b = m.append(w.b)
	return w
}

func (w sentence) issues(n int) sentence {
	w.b = words.AppendCount(w.b, n, "issue", "issues")
	return w
}

func (w sentence) days(n int) sentence {
	w.b = words.AppendCount(w.b, n, "day", "days")
	return w
}

// time appends an instant with the name of its zone.
func (w sentence) time(t time.Time) sentence {
	start := len(w.b)
	w.b = words.AppendTime(w.b, t)
	return w.foreign(start)
}

// day appends the date of an instant.
func (w sentence) day(t time.Time) sentence {
	w.b = words.AppendDay(w.b, t.Date)
	return w
}

// dayIn appends the date of an instant. It omits the year if it is the given one.
func (w sentence) dayIn(year int, t time.Time) sentence {
	y, month, day := t.Date()
	w = w.number(day).text(" ").text(month.String())
	if y != year {
		w = w.text(" ").number(y)
	}
	return w
}

// span appends the period from one instant to another.
func (w sentence) span(from, to time.Time) sentence {
	start := len(w.b)
	w.b = words.AppendSpan(w.b, from, to)
	return w.foreign(start)
}

func (w sentence) date(d Date) sentence {
	w.b = words.AppendDay(w.b, func() (int, time.Month, int) { return d.Year, d.Month, d.Day })
	return w
}

// quote appends a text from the input.
func (w sentence) quote(s string) sentence {
	start := len(w.b)
	w.b = words.AppendQuoted(w.b, s)
	return w.foreign(start)
}

// foreign escapes the text from start on if the sentence is part of a JSON string. Texts
// from the input and names of zones may have any characters; all other text needs no
// escaping.
func (w sentence) foreign(start int) sentence {
	if w.json {
		w.b = strict.Escape(w.b, start)
	}
	return w
}
