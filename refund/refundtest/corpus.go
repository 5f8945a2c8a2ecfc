package refundtest

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An example is a case on which laws are tried.
type example struct {
	p refund.Policy
	c refund.Case
}

// variations is how many cases laws are tried on beside those of the vectors.
const variations = 2000

// corpus returns the cases of the vectors, and variations of them: the same ones every
// time.
var corpus = sync.OnceValue(func() []example {
	list := []example{{Policy(), Case()}, {Policy(), ReviewedCase()}}
	known, _ := vectors() // what is wrong with them is told elsewhere
	for _, v := range known {
		list = append(list, example{v.p, v.c})
	}
	bases := len(list)
	for i := range variations {
		r := variation{Rand: rand.New(rand.NewPCG(20260301, uint64(i)))}
		list = append(list, r.of(list[i%bases]))
	}
	return list
})

// A variation changes an example at random.
type variation struct {
	*rand.Rand
	example
}

// of returns an example with a few changes after which it can still be judged, or the
// example if none are found.
func (r *variation) of(e example) example {
	for range 100 {
		r.example = example{copyPolicy(&e.p), copyCase(&e.c)}
		for range 1 + r.IntN(5) {
			changes[r.IntN(len(changes))](r)
		}
		if judgeable(&r.p, &r.c) {
			return r.example
		}
	}
	return e
}

func pick[V any](r *variation, list ...V) V { return list[r.IntN(len(list))] }

var changes = [...]func(*variation){
	(*variation).move, (*variation).read, (*variation).measure,
	(*variation).ask, (*variation).ask, (*variation).asker, (*variation).callBack,
	(*variation).issue, (*variation).issue, (*variation).issue,
	(*variation).pay, (*variation).pay, (*variation).giveBack, (*variation).charge, (*variation).exchange,
	(*variation).finding, (*variation).finding,
}

// clockChanges are days on which clocks do something odd: change at midnight, by half
// an hour, a day left out.
var clockChanges = []struct {
	place string
	day   refund.Date
}{
	{"America/New_York", refund.Date{Year: 2026, Month: time.March, Day: 8}},
	{"America/New_York", refund.Date{Year: 2026, Month: time.November, Day: 1}},
	{"Asia/Beirut", refund.Date{Year: 2026, Month: time.March, Day: 29}},
	{"America/Havana", refund.Date{Year: 2026, Month: time.March, Day: 8}},
	{"America/Santiago", refund.Date{Year: 2026, Month: time.September, Day: 6}},
	{"America/Santiago", refund.Date{Year: 2026, Month: time.April, Day: 5}},
	{"Africa/Cairo", refund.Date{Year: 2026, Month: time.April, Day: 24}},
	{"Australia/Lord_Howe", refund.Date{Year: 2026, Month: time.April, Day: 5}},
	{"America/St_Johns", refund.Date{Year: 2006, Month: time.October, Day: 29}}, // back into the day before
	{"Pacific/Apia", refund.Date{Year: 2011, Month: time.December, Day: 31}},
	{"Asia/Kathmandu", refund.Date{Year: 2026, Month: time.March, Day: 17}},
	{"UTC", refund.Date{Year: 2028, Month: time.February, Day: 29}},
}

var places = sync.OnceValue(func() map[string]*time.Location {
	all := map[string]*time.Location{}
	for _, change := range clockChanges {
		all[change.place] = mustPlace(change.place)
	}
	return all
})

// move takes the case to another place, so that its window closes, or opens, about a
// day on which clocks change.
func (r *variation) move() {
	to := pick(r, clockChanges...)
	loc := places()[to.place]
	r.p.Location = loc
	days := pick(r, 0, r.p.WindowDays, r.p.WindowDays+1)
	day := to.day.AddDays(-days)
	start := time.Date(day.Year, day.Month, day.Day, pick(r, 0, 1, 10, 23), pick(r, 0, 30, 59), 0, 0, loc)
	by := start.Sub(r.c.Subscription.Start)
	everyInstant(&r.c, func(at time.Time) time.Time { return at.Add(by) })
}

// read settles a doubt in another way.
func (r *variation) read() {
	readings := &r.p.Readings
	switch r.IntN(4) {
	case 0:
		readings.DayCount = pick(r, refund.DayCountDayAfter, refund.DayCountSameDay, refund.DayCountElapsed)
	case 1:
		readings.DeductFrom = pick(r, refund.DeductFromAmountSubscribed, refund.DeductFromAmountPaid)
	case 2:
		readings.ResolvedUntil = pick(r, refund.ResolvedUntilRequest, refund.ResolvedUntilWindowClose)
	case 3:
		readings.CallbackClock = pick(r, refund.CallbackClockBusinessHours, refund.CallbackClockElapsed)
	}
}

// measure changes the lengths that a policy has, and its desk's hours.
func (r *variation) measure() {
	switch r.IntN(4) {
	case 0:
		r.p.WindowDays = pick(r, 1, 2, 14, 16, 60)
	case 1:
		opening := pick(r, refund.Opening{Closes: 24 * time.Hour}, refund.Opening{Opens: 22 * time.Hour, Closes: 24 * time.Hour},
			refund.Opening{Closes: 3 * time.Hour}, refund.Opening{Opens: 9*time.Hour + 30*time.Minute, Closes: 17 * time.Hour})
		for day := range r.p.Hours {
			r.p.Hours[day] = opening
		}
		if r.IntN(2) == 0 {
			r.p.Hours[time.Saturday], r.p.Hours[time.Sunday] = refund.Opening{}, refund.Opening{}
		}
	case 2:
		day := refund.DateOf(r.c.Request.At.In(r.p.Location))
		r.p.Holidays = append(r.p.Holidays, day.AddDays(r.IntN(4)), day.AddDays(r.IntN(8)))
	case 3:
		r.p.CallbackAfter = pick(r, 0, 30*time.Minute, 14*time.Hour)
		r.p.CallbackWithin = r.p.CallbackAfter + pick(r, time.Nanosecond, time.Hour, 14*time.Hour)
	}
}

// edge returns an instant that matters, or one beside it.
func (r *variation) edge() time.Time {
	w, err := r.p.Window(r.c.Subscription.Start)
	if err != nil { // other changes have made it so; it will be dropped
		return r.c.Request.At
	}
	at := pick(r, w.Opens, w.Closes, w.Closes, r.c.Request.At, w.Opens.Add(w.Closes.Sub(w.Opens)/2))
	return at.Add(pick(r, 0, 0, 0, -1, 1, time.Hour, -time.Hour, 24*time.Hour, -24*time.Hour))
}

func (r *variation) ask() {
	at := r.edge()
	switch r.IntN(5) {
	case 0: // as the desk opens or closes
		local := at.In(r.p.Location)
		o := r.p.Hours[local.Weekday()]
		at = time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, r.p.Location).Add(pick(r, o.Opens, o.Closes, o.Closes-1))
	case 1:
		at = r.c.Subscription.Start.Add(time.Duration(r.IntN(40*24)) * time.Hour)
	}
	if at.Before(r.c.Subscription.Start) {
		at = r.c.Subscription.Start
	}
	r.c.Request.At, r.c.Request.CalledBack = at, time.Time{}
	r.c.Request.Channel = pick(r, refund.ChannelEmail, refund.ChannelPhone, refund.ChannelOther)
	r.c.Request.Reason = pick(r, "not satisfied", "not satisfied", "", " \t")
}

func (r *variation) asker() {
	r.c.Request.By = pick(r, "ACC-7", "ACC-8", "")
	r.c.Subscription.Account = pick(r, "ACC-7", "ACC-7", "")
	r.c.Request.RecordedBy = pick(r, "", "ops-1")
}

func (r *variation) callBack() {
	due, err := r.p.Callback(r.c.Request.At)
	if err != nil {
		return
	}
	r.c.Request.CalledBack = pick(r, r.c.Request.At, due.Earliest, due.Latest, due.Latest.Add(1), due.Latest.Add(24*time.Hour))
}

func (r *variation) issue() {
	at := r.edge()
	i := refund.Issue{ID: "T-" + strconv.Itoa(len(r.c.Issues)+1) + "v", Opened: at.Add(-pick(r, 0, time.Hour, 90*24*time.Hour)), Resolved: at}
	if r.IntN(4) == 0 {
		i.Resolved = time.Time{}
	}
	r.c.Issues = slices.Insert(r.c.Issues, r.IntN(len(r.c.Issues)+1), i)
}

func (r *variation) unit() refund.Money { return minorUnit(r.c.Subscription.Price.Currency()) }

// about returns an amount at or beside another, not below nothing.
func (r *variation) about(m refund.Money) refund.Money {
	return pick(r, m, plus(m, r.unit()), less(m, r.unit()), m.Times(2), m.Times(0), portion(m, 2), portion(m, 3), r.unit())
}

// portion returns an amount divided, down to the minor unit.
func portion(m refund.Money, by int64) refund.Money {
	quotient, _ := minorUnits(m).QuoRem(decimal.NewFromInt(by), 0)
	return mustMoney(quotient.Shift(-int32(m.Currency().Digits())), m.Currency())
}

func (r *variation) pay() {
	s := &r.c.Subscription
	s.Paid = r.about(s.Price)
	if compare(s.Refunded, s.Paid) > 0 {
		s.Refunded = s.Paid
	}
}

func (r *variation) giveBack() { r.c.Subscription.Refunded = r.about(r.c.Subscription.Paid) }

func (r *variation) charge() {
	s := &r.c.Subscription
	s.Service.PerInstance = r.about(portion(s.Price, 1+int64(len(r.c.Issues))))
	if r.IntN(4) == 0 {
		s.Service.Billing = refund.BillingOneTime
	}
}

func (r *variation) exchange() { r.c = exchanged(r.c, pick(r, currencies[:]...)) }

func (r *variation) finding() {
	f := objections[r.IntN(len(objections))]
	if r.IntN(2) == 0 {
		f.Severity = refund.SeveritySatisfied
	}
	f.Subject, f.Detail = pick(r, "", "T-1", "REC-2"), pick(r, "", "seen", "two\nlines")
	r.c.Findings = append(r.c.Findings, f)
}
