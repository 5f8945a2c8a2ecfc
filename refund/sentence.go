package refund

import (
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// A sentence is a text under construction. Its methods return it with more, as append
// does, so that its memory need not outlive it.
type sentence struct {
	b    []byte
	json bool // the text stands within a JSON string
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

// time appends an instant with the name of its zone, which may be any text.
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

// dayIn appends the date of an instant, without its year if that is the given one.
func (w sentence) dayIn(year int, t time.Time) sentence {
	y, month, day := t.Date()
	w = w.number(day).text(" ").text(month.String())
	if y != year {
		w = w.text(" ").number(y)
	}
	return w
}

// span appends a time from one instant to another.
func (w sentence) span(from, to time.Time) sentence {
	start := len(w.b)
	w.b = words.AppendSpan(w.b, from, to)
	return w.foreign(start)
}

func (w sentence) date(d Date) sentence {
	w.b = words.AppendDay(w.b, func() (int, time.Month, int) { return d.Year, d.Month, d.Day })
	return w
}

// quote appends a text of the host's.
func (w sentence) quote(s string) sentence {
	start := len(w.b)
	w.b = words.AppendQuoted(w.b, s)
	return w.foreign(start)
}

// foreign makes text from start on, which may have any characters, fit for the sentence.
// All other text of sentences is fit as it is.
func (w sentence) foreign(start int) sentence {
	if w.json {
		w.b = strict.Escape(w.b, start)
	}
	return w
}
