package whatif

import (
	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Cause is a part of a refundable amount that can move: one of the clauses that set the
// amount, the earlier refunds, or the open disputes. The zero Cause is unset.
type Cause uint8

const (
	// CauseGuarantee is the window, and the amount from which the guarantee starts
	// ([refund.ClauseGuarantee]).
	CauseGuarantee Cause = iota + 1
	// CauseCase2 is the charges for resolved issues ([refund.ClauseCase2]).
	CauseCase2
	// CauseOneTime is the rule on one-time services ([refund.ClauseOneTime]).
	CauseOneTime
	// CauseCap is the limit to the amount subscribed or paid ([refund.ClauseCap]).
	CauseCap
	// CauseRefunded is the part of the earlier refunds that reduces the amount.
	CauseRefunded
	// CauseDisputed is the part of the open disputes that reduces the amount.
	CauseDisputed

	causeCount = iota
)

var causeCodes = enum.Of[Cause]("Cause", "guarantee", "case-2", "one-time", "cap", "refunded", "disputed")

var causeClauses = [causeCount + 1]refund.Clause{
	CauseGuarantee: refund.ClauseGuarantee,
	CauseCase2:     refund.ClauseCase2,
	CauseOneTime:   refund.ClauseOneTime,
	CauseCap:       refund.ClauseCap,
}

// Causes returns all causes in order.
func Causes() []Cause {
	list := make([]Cause, causeCount)
	for i := range list {
		list[i] = Cause(i + 1)
	}
	return list
}

// String returns the code: that of the clause, "refunded" or "disputed".
func (c Cause) String() string { return causeCodes.String(c) }

// MarshalText returns the code, empty for the zero value.
func (c Cause) MarshalText() ([]byte, error) { return marshalCode("cause", causeCodes, c) }

// marshalCode is MarshalText for an enumeration; path names it in the error.
func marshalCode[E ~uint8](path string, codes *enum.Codes[E], e E) ([]byte, error) {
	text, reason := codes.Text(e)
	var f refund.Faults
	f.Add(path, reason)
	return text, f.Err()
}

// Clause returns the clause, the zero one for CauseRefunded and CauseDisputed.
func (c Cause) Clause() refund.Clause {
	if !causeCodes.Valid(c) {
		return 0
	}
	return causeClauses[c]
}

// parts are amounts of one case by cause.
type parts [causeCount + 1]refund.Money

// partsOf divides the refundable amount of an outcome whose guarantee applies: the steps add
// up to the entitlement, from which refunds come off before disputes.
func partsOf(o *refund.Outcome) (p parts) {
	for _, step := range o.Steps() {
		switch step.Clause {
		case refund.ClauseGuarantee:
			p[CauseGuarantee] = step.Amount
		case refund.ClauseCase2:
			p[CauseCase2] = step.Amount
		case refund.ClauseCap:
			p[CauseCap] = step.Amount
		}
	}
	refunded := lesser(o.Refunded, o.Entitlement)
	p[CauseRefunded] = minus(refund.Money{}, refunded)
	p[CauseDisputed] = minus(refund.Money{}, lesser(o.Disputed, minus(o.Entitlement, refunded)))
	return p
}

// movesOf divides the difference of two refundable amounts.
func movesOf(before, after *refund.Outcome, difference refund.Money) (moves parts) {
	switch {
	case !before.Verdict.Granted():
		moves[denying(before)] = difference
	case !after.Verdict.Granted():
		moves[denying(after)] = difference
	default:
		moves = partsOf(after)
		for c, amount := range partsOf(before) {
			moves[c] = minus(moves[c], amount)
			if moves[c].Sign() == 0 {
				moves[c] = refund.Money{}
			}
		}
	}
	return moves
}

// denying returns the cause for which an outcome grants no refund.
func denying(o *refund.Outcome) Cause {
	if o.Verdict == refund.VerdictOneTimeService {
		return CauseOneTime
	}
	return CauseGuarantee
}

// largest returns the cause with the largest amount, the first of equal ones.
func (p *parts) largest() Cause {
	best := CauseGuarantee
	for c := best + 1; c <= causeCount; c++ {
		if order(size(p[c]), size(p[best])) > 0 {
			best = c
		}
	}
	return best
}
