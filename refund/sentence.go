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
