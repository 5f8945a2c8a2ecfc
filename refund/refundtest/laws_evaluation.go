package refundtest

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

func lawJudged(t *trial) *breach {
	if t.err == nil || !judgeable(t.p, t.c) {
		return nil
	}
	b := but("error: "+t.err.Error(), "an outcome")
	b.err = t.err
	return b
}

// roomy copies a slice, with spare capacity that an append would overwrite.
func roomy[S ~[]E, E any](list S) S {
	if list == nil {
		return nil
	}
	return append(make(S, 0, len(list)+2), list...)
}

// untouched reports whether a copy and its spare capacity are unchanged.
func untouched[S ~[]E, E comparable](list, was S) bool {
	var zero E
	for _, element := range list[len(list):cap(list)] {
		if element != zero {
			return false
		}
	}
	return slices.Equal(list, was)
}

func lawPure(t *trial) *breach {
	p, c := copyPolicy(t.p), *t.c
	p.Required = roomy(p.Required)
	c.Issues, c.Findings = roomy(c.Issues), roomy(c.Findings)
	again, err := judgeThese(t.evaluate, p, c)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return skip
	case err != nil:
		return &breach{got: "the second time, " + err.Error(), want: "the same outcome again", err: err}
	case !again.Equal(t.o):
		return but("the second time: "+first(again.Diff(t.o)), "the same outcome again")
	case !untouched(c.Issues, t.c.Issues):
		return but("the issues of the case are changed", "no change")
	case !untouched(c.Findings, t.c.Findings):
		return but("the findings of the case are changed", "no change")
	case !untouched(p.Required, t.p.Required) || !sameHours(&p, t.p):
		return but("the policy's lists are changed", "no change")
	}
	clear(c.Findings) // the only list of an outcome
	if !again.Equal(t.o) {
		return but("a later change of the case's findings changes the outcome", "an outcome that shares no memory with its case")
	}
	return nil
}

// sameHours reports whether two weeks have the same openings in the same order.
func sameHours(p, q *refund.Policy) bool {
	return slices.EqualFunc(p.Hours[:], q.Hours[:], slices.Equal[[]refund.Opening]) &&
		maps.EqualFunc(p.SpecialDays, q.SpecialDays, slices.Equal[[]refund.Opening])
}

// first returns the first line of a text.
func first(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func lawBasis(t *trial) *breach {
	s, r := &t.c.Subscription, &t.c.Request
	want := refund.Basis{
		Policy: t.p.Version, Location: t.p.Location.String(), WindowDays: t.p.WindowDays, Readings: t.p.Readings,
		Account: s.Account, RequestedBy: r.By, RecordedBy: r.RecordedBy,
		Service: s.Service, Price: s.Price, Paid: s.Paid,
		RequestedAt: r.At, Channel: r.Channel, CalledBack: r.CalledBack,
	}
	is := t.o
	is.Subscription, is.Basis = s.ID, want
	zero := s.Price.Times(0)
	is.Refunded, is.Disputed = plus(zero, s.Refunded), plus(zero, s.Disputed)
	if is.Equal(t.o) {
		return nil
	}
	return but(first(t.o.Diff(is)), "the facts of the case")
}
