package refund

import (
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// Summary states a clause in one sentence for people, with the figures of the policy. It
// returns "" if c is not a clause. The policy need not be valid.
func (p Policy) Summary(c Clause) string {
	switch c {
	case ClauseGuarantee:
		return "A customer who is not satisfied may ask for the money back " + p.windowText() + "; the company decides whether to grant it."
	case ClauseCase1:
		return "If no issue was resolved, the whole " + p.baseText() + " is refunded."
	case ClauseCase2:
		return "If issues were resolved " + p.windowText() + ", the charge per instance is deducted from the " + p.baseText() + " once for each of them."
	case ClauseOneTime:
		if p.Readings.OneTime == OneTimeRefundedIfUnresolved {
			return "A one-time service is refunded only if no issue was resolved."
		}
		return "One-time services are not refunded."
	case ClauseTicket:
		return "A request is an e-mail that states the reason, or a call to the cancellation desk while it is open" + p.hoursText() + "."
	case ClauseCallback:
		span := "between " + durationText(p.CallbackAfter) + " and " + durationText(p.CallbackWithin) + " after"
		if p.CallbackAfter <= 0 {
			span = "within " + durationText(p.CallbackWithin) + " of"
		}
		return "The company calls the customer back " + span + " the request" + p.clockText() + "."
	case ClauseLogReview:
		return "The company reviews the records of calls, desktop sharing and chats to check the facts."
	case ClauseCooperation:
		return "The customer works with the support team."
	case ClausePeripherals:
		return "The customer provides the third-party devices that are needed to resolve an issue."
	case ClauseLicensed:
		return "Only genuine, licensed products are supported."
	case ClauseBestEffort:
		return "Third-party applications, and knowing how to use a program, are supported as well as reasonably possible, without a promise."
	case ClauseDataLoss:
		return "The company is not liable for lost or damaged software and data; the customer should keep backups and a plan for recovery."
	case ClauseEnvironment:
		return "The customer should have genuine hardware and software, a working telephone line and backup power."
	case ClauseRegistration:
		return "The customer registers with complete, current and correct details, and chooses a username and a password."
	case ClauseCredentials:
		return "The holder keeps the access confidential, answers for all use of the account, and reports misuse without delay."
	case ClauseAccountAccess:
		return "Using another customer's account needs that holder's permission."
	case ClauseGoodwill:
		return "Whatever the other clauses say, the company may refund assistance charges case by case, less its servicing fees and less the price of paid software that came free with the assistance."
	case ClauseCap:
		return "A refund never exceeds the amount subscribed or the amount paid, whichever is less."
	}
	return ""
}

// windowText returns a text such as "in the first 15 days after the day of subscribing".
func (p *Policy) windowText() string {
	days := words.Count(p.WindowDays, "day", "days")
	if p.WindowDays == 1 {
		days = "day"
	}
	switch p.Readings.DayCount {
	case DayCountSameDay:
		return "in the first " + days + ", starting with the day of subscribing"
	case DayCountElapsed:
		return "in the first " + words.Count(24*p.WindowDays, "hour", "hours") + " after subscribing"
	}
	return "in the first " + days + " after the day of subscribing"
}

// baseText returns the amount from which charges are deducted, such as "subscription
// amount".
func (p *Policy) baseText() string {
	if p.Readings.DeductFrom == DeductFromAmountPaid {
		return "amount subscribed or paid, whichever is less,"
	}
	return "subscription amount"
}

// hoursText returns the hours of the desk, such as " (Monday to Friday from 08:00 to
// 22:00)". It groups consecutive days with the same openings.
func (p *Policy) hoursText() string {
	var groups []string
	for first := 1; first <= 7; { // from Monday
		openings := p.Hours[first%7]
		last := first
		for last < 7 && openingsText(p.Hours[(last+1)%7]) == openingsText(openings) {
			last++
		}
		if len(openings) > 0 {
			days := time.Weekday(first % 7).String()
			if last > first {
				days += " to " + time.Weekday(last%7).String()
			}
			groups = append(groups, days+" "+openingsText(openings))
		}
		first = last + 1
	}
	if groups == nil {
		return ""
	}
	return " (" + strings.Join(groups, ", ") + ")"
}

// openingsText returns openings such as "from 08:00 to 13:00 and from 14:00 to 22:00".
func openingsText(openings []Opening) string {
	texts := make([]string, len(openings))
	for i, o := range openings {
		texts[i] = "from " + clockText(o.Opens) + " to " + clockText(o.Closes)
	}
	return strings.Join(texts, " and ")
}

// clockText returns a time of day such as "08:00".
func clockText(d time.Duration) string {
	b := words.AppendPadded(nil, int(d/time.Hour), 2)
	b = append(b, ':')
	return string(words.AppendPadded(b, int(d%time.Hour/time.Minute), 2))
}

// durationText returns a duration such as "4 hours" or "8 hours 30 minutes".
func durationText(d time.Duration) string {
	var parts []string
	for _, unit := range []struct {
		length    time.Duration
		one, many string
	}{{time.Hour, "hour", "hours"}, {time.Minute, "minute", "minutes"}} {
		if n := d / unit.length; n > 0 {
			parts = append(parts, string(words.AppendCount(nil, int(n), unit.one, unit.many)))
			d %= unit.length
		}
	}
	if d != 0 || parts == nil {
		parts = append(parts, d.String())
	}
	return strings.Join(parts, " ")
}

func (p *Policy) clockText() string {
	if p.Readings.CallbackClock == CallbackClockBusinessHours {
		return ", counting the hours in which the desk is open"
	}
	return ""
}
