package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// idWidth is the largest number of characters of an id that are shown.
const idWidth = 24

// text returns the report for people, in lines of at most so many characters.
func text(r *review, width int) []byte {
	p := page{width: width}
	r.subscription(&p)
	r.logs(&p)
	r.issues(&p)
	r.histories(&p)
	r.remarks(&p)
	r.found(&p)
	r.result(&p)
	r.voiceList(&p)
	listProblems(&p, "WARNINGS", r.warnings.all())
	listProblems(&p, "PROBLEMS", r.problems.all())
	return p.b
}

// when returns an instant in the policy's location, with seconds if they are not zero.
func (r *review) when(t time.Time) string {
	t = t.In(r.Policy.Location)
	if t.Second() != 0 || t.Nanosecond() != 0 {
		return t.Format("2006-01-02 15:04:05 MST")
	}
	return t.Format("2006-01-02 15:04 MST")
}

func (r *review) subscription(p *page) {
	s, q := &r.Case.Subscription, &r.Case.Request
	of := ""
	if s.Account != "" {
		of = " of account " + shown(s.Account, idWidth)
	}
	service := shown(s.Service.Code, idWidth) + ", " + s.Service.Billing.String()
	if !s.Service.PerInstance.IsZero() {
		service += ", " + s.Service.PerInstance.String() + " an instance"
	}
	price := s.Price.String() + ", paid " + s.Paid.String()
	if s.Refunded.Sign() > 0 {
		price += ", refunded before " + s.Refunded.String()
	}
	if s.Disputed.Sign() > 0 {
		price += ", in dispute " + s.Disputed.String()
	}
	by := "account unknown"
	if q.By != "" {
		by = "by account " + shown(q.By, idWidth)
	}
	p.table([][]string{
		{"SUBSCRIPTION", shown(s.ID, idWidth) + of},
		{"service", service},
		{"price", price},
		{"window", "from " + r.when(r.outcome.Window.Opens) + "; " + r.lastDay() + ", in " + r.Policy.Location.String()},
		{"asked", r.when(q.At) + " by " + channelWords[q.Channel] + ", " + by},
	})
}

// lastDay returns until when the customer could ask. A window that is measured in hours
// closes during a day.
func (r *review) lastDay() string {
	w := &r.outcome.Window
	if r.Policy.Readings.DayCount == refund.DayCountElapsed {
		return "it closes on " + r.when(w.Closes)
	}
	return "the last day is " + w.LastDay.String()
}

var channelWords = map[refund.Channel]string{
	refund.ChannelEmail: "e-mail",
	refund.ChannelPhone: "telephone",
	refund.ChannelOther: "another way",
}

func (r *review) logs(p *page) {
	var bad []string
	for _, check := range r.checks {
		if check.State != evidence.MediaIntact {
			bad = append(bad, check.State.String()+": "+shown(check.Media.Name, 0))
		}
	}
	files := words.Count(len(r.checks), "file", "files") + " checked"
	switch {
	case bad != nil:
		files += fmt.Sprint(", ", len(r.checks)-len(bad), " intact\n", strings.Join(bad, "\n"))
	case len(r.checks) > 0:
		files += ", all intact"
	}
	rows := [][]string{
		{"records", r.log.String()},
		{"media", files},
		{"digest", r.report.Log.String()},
	}
	if n := r.problems.count(); n > 0 {
		rows = append(rows, []string{"problems", words.Count(n, "problem", "problems") + ", listed at the end: parts of the folder could not be read"})
	}
	p.head("LOG")
	p.table(rows)
}

// issues shows the standing of each issue, and the records for it.
func (r *review) issues(p *page) {
	p.head("ISSUES")
	rows := [][]string{{"issue", "resolved", "standing", "at stake ", "records"}}
	for i := range r.report.Resolutions {
		s := &r.report.Resolutions[i]
		resolved, stake := "", ""
		if !s.Resolved.IsZero() {
			resolved = r.when(s.Resolved)
		}
		if amount, ok := r.stakes[s.Issue]; ok {
			stake = amount.String()
		}
		rows = append(rows, []string{shown(s.Issue, idWidth), resolved, s.Standing.String(), stake, records(s)})
	}
	if len(rows) == 1 {
		p.line("none")
		return
	}
	p.table(rows)
	p.line("")
	p.text(r.standings())
	p.line("")
	p.table([][]string{
		{"refundable ", "if these resolutions count"},
		{r.figures.Logged.String(), "all that are logged"},
		{r.figures.Supported.String(), "those that are corroborated or plausible"},
		{r.figures.Corroborated.String(), "those that are corroborated"},
	})
}

// standings returns a summary of the table, the best standing first.
func (r *review) standings() string {
	of := map[evidence.Standing]int{}
	for i := range r.report.Resolutions {
		of[r.report.Resolutions[i].Standing]++
	}
	var parts []string
	for s := evidence.StandingCorroborated; s > 0; s-- {
		if of[s] > 0 {
			parts = append(parts, fmt.Sprint(of[s], " ", s))
		}
	}
	return words.Count(len(r.report.Resolutions), "issue", "issues") + ": " + strings.Join(parts, ", ") + "."
}

// records lists the records that contradict a resolution, and those that support it.
func records(s *evidence.Resolution) string {
	var lines []string
	more := s.More
	for i, c := range s.Contradicting {
		if i >= evidence.MaxListed {
			more++
			continue
		}
		lines = append(lines, "contradicting: "+record(c.Record)+", "+objection(c.Objection))
	}
	for i, ref := range s.Supporting {
		if i >= evidence.MaxListed {
			more++
			continue
		}
		lines = append(lines, record(ref))
	}
	if more > 0 {
		lines = append(lines, fmt.Sprint("and ", more, " more"))
	}
	return strings.Join(lines, "\n")
}

func record(ref evidence.Ref) string { return ref.Kind.String() + " " + shown(ref.ID, idWidth) }

func objection(o evidence.Objection) string {
	switch o {
	case evidence.ObjectionCameBack:
		return "came back"
	case evidence.ObjectionMedia:
		return "file not intact"
	}
	return o.String()
}

// histories shows the events of the tickets.
func (r *review) histories(p *page) {
	if len(r.tickets) == 0 {
		return
	}
	rows := [][]string{{"ticket", "history"}}
	for i := range r.tickets {
		t := &r.tickets[i]
		var lines []string
		for _, e := range t.History {
			line := r.when(e.At) + " "
			if e.Ticket != t.Issue.ID {
				line += shown(e.Ticket, idWidth) + " "
			}
			line += eventWords[e.Kind]
			if e.By != "" {
				line += " by " + shown(e.By, idWidth)
			}
			lines = append(lines, line)
		}
		rows = append(rows, []string{shown(t.Issue.ID, idWidth), strings.Join(lines, "\n")})
	}
	p.head("TICKETS")
	p.table(rows)
}

var eventWords = map[tickets.Kind]string{
	tickets.KindOpened:   "opened",
	tickets.KindResolved: "resolved",
	tickets.KindReopened: "reopened",
	tickets.KindMerged:   "merged into it",
}

// remarks lists the records with a special role, and those that name unknown issues.
func (r *review) remarks(p *page) {
	rows := [][]string{{"record", "remark"}}
	add := func(ref evidence.Ref, remark string) { rows = append(rows, []string{record(ref), remark}) }
	for _, ref := range r.report.Asked {
		add(ref, "has the request for the refund, so it does not contradict a resolution")
	}
	for _, ref := range r.report.OtherAccounts {
		add(ref, "belongs to another account, so it does not count")
	}
	for _, ref := range r.report.Damaged {
		add(ref, "has a file that is not intact, so it does not support a resolution")
	}
	for _, mention := range r.report.Unknown {
		add(mention.Record, "names "+shown(mention.Issue, idWidth)+", which is missing from the issue log")
	}
	if len(rows) > 1 {
		p.head("RECORDS TO NOTE")
		p.table(rows)
	}
}
