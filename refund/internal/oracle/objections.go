package oracle

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Objections lists the fields in which an outcome differs from the oracle's answer.
func Objections(p refund.Policy, c refund.Case, got refund.Outcome) []string {
	want := Ask(p, c)
	list := objectionsToResult(want, c, got)
	list.amount("base", got.Basis.Base(), want.Base, c)
	for i, step := range got.Steps() {
		if step.Clause != refund.Clauses()[i] || step.Status != got.Statuses[step.Clause] {
			list.add("step "+strconv.Itoa(i), step, "the clauses in order with their statuses")
		}
		if amount := want.Steps[step.Clause]; amount != nil {
			list.amount("step of "+step.Clause.String(), step.Amount, amount, c)
		} else if !step.Amount.IsZero() {
			list.add("step of "+step.Clause.String(), step.Amount, "no amount")
		}
	}
	list.when("request", got.Basis.RequestedAt, c.Request.At)
	list.when("call back", got.Basis.CalledBack, c.Request.CalledBack)
	for what, at := range map[string]time.Time{
		"opening": got.Window.Opens, "closing": got.Window.Closes,
		"earliest call back": got.Callback.Earliest, "latest call back": got.Callback.Latest,
		"request": got.Basis.RequestedAt, "call back": got.Basis.CalledBack,
	} {
		if !at.IsZero() && at.Location() != p.Location {
			list.add("location of "+what, at.Location(), p.Location)
		}
	}
	return list
}

type objections []string

func (list *objections) add(what string, got, want any) {
	*list = append(*list, fmt.Sprintf("%s is %v, want %v", what, got, want))
}

func (list *objections) when(what string, got, want time.Time) {
	if !got.Equal(want) {
		list.add(what, got, want)
	}
}

func (list *objections) amount(what string, got refund.Money, want *big.Rat, c refund.Case) {
	if currency := c.Subscription.Price.Currency(); got.Currency() != currency || Rat(got).Cmp(want) != 0 {
		minor := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(currency.Digits())), nil))
		list.add(what, got, minor.Mul(minor, want).RatString()+" minor units of "+currency.Code())
	}
}

// ObjectionsToResult is like Objections, but does not compare the basis, the steps and the
// locations of instants.
func ObjectionsToResult(p refund.Policy, c refund.Case, got refund.Outcome) []string {
	return objectionsToResult(Ask(p, c), c, got)
}

func objectionsToResult(want Answer, c refund.Case, got refund.Outcome) (list objections) {
	if got.Subscription != c.Subscription.ID {
		list.add("subscription", got.Subscription, c.Subscription.ID)
	}
	if got.Verdict != want.Verdict {
		list.add("verdict", got.Verdict, want.Verdict)
	}
	list.amount("deduction", got.Deduction, want.Deduction, c)
	list.amount("entitlement", got.Entitlement, want.Entitlement, c)
	list.amount("refundable", got.Refundable, want.Refundable, c)
	list.amount("refunded", got.Refunded, want.Refunded, c)
	list.amount("disputed", got.Disputed, want.Disputed, c)
	list.amount("remaining", got.Remaining, want.Remaining, c)
	if got.ResolvedIssues != want.Resolved {
		list.add("resolved issues", got.ResolvedIssues, want.Resolved)
	}
	list.when("opening", got.Window.Opens, want.Opens)
	list.when("closing", got.Window.Closes, want.Closes)
	if got.Window.LastDay.String() != want.LastDay {
		list.add("last day", got.Window.LastDay, want.LastDay)
	}
	list.when("earliest call back", got.Callback.Earliest, want.Earliest)
	list.when("latest call back", got.Callback.Latest, want.Latest)
	for clause, status := range want.Statuses {
		if got.Statuses[clause] != status {
			list.add("status of "+clause.String(), got.Statuses[clause], status)
		}
	}
	if len(want.Statuses) != 18 {
		list.add("number of clauses", len(want.Statuses), 18)
	}
	if got.Held != want.Held {
		list.add("held", got.Held, want.Held)
	}
	own := slices.Clone(got.Findings)
	for _, found := range c.Findings {
		if i := slices.Index(own, found); i >= 0 {
			own = slices.Delete(own, i, i+1)
		} else {
			list.add("findings", got.Findings, found)
		}
	}
	var made []string
	for _, found := range own {
		made = append(made, found.Clause.String()+" "+found.Severity.String()+" "+found.Subject)
	}
	if !slices.Equal(made, want.Made) {
		list.add("findings of its own", made, want.Made)
	}
	for i, found := range got.Findings[min(1, len(got.Findings)):] {
		if before := got.Findings[i]; before.Clause > found.Clause || before.Clause == found.Clause && before.Severity < found.Severity {
			list.add("order of findings", got.Findings, "by clause, the worst first")
		}
	}
	return list
}
