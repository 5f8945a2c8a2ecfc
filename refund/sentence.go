package refund

import (
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// A sentence is a text under construction. Its methods return it with more, as append
// does, so that its memory need not outlive it.
type sentence []byte

func (w sentence) text(s string) sentence { return append(w, s...) }

func (w sentence) number(n int) sentence { return strconv.AppendInt(w, int64(n), 10) }

func (w sentence) money(m Money) sentence { return m.append(w) }

func (w sentence) issues(n int) sentence { return words.AppendCount(w, n, "issue", "issues") }

func (w sentence) days(n int) sentence { return words.AppendCount(w, n, "day", "days") }

func (w sentence) time(t time.Time) sentence { return words.AppendTime(w, t) }

func (w sentence) quote(s string) sentence { return words.AppendQuoted(w, s) }
