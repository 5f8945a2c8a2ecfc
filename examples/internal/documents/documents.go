// Package documents generates random documents for measurements.
package documents

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Write writes n documents as JSON Lines, the same ones for the same seed. They resemble
// those of a billing service: up to four issues, four places and two currencies; some are
// late, held, in dispute, partly refunded, or for one-time support.
func Write(w io.Writer, n int, seed uint64) error {
	out := bufio.NewWriterSize(w, 1<<20)
	random := rand.New(rand.NewPCG(seed, 0))
	places := []string{"America/New_York", "Europe/Berlin", "Asia/Kolkata", "America/Sao_Paulo"}
	const policy = `,"policy":{"location":"%s","window_days":15,"readings":{"day_count":"day_after",` +
		`"deduct_from":"amount_subscribed","resolved_until":"request","callback_clock":"business_hours"}}}`
	var line []byte
	for i := range n {
		place := places[random.IntN(len(places))]
		var err error
		if line, err = caseOf(random, i).AppendJSON(line[:0]); err != nil {
			return err
		}
		line = append(line[:len(line)-1], fmt.Sprintf(policy, place)...) // inside the braces of the case
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

func caseOf(random *rand.Rand, i int) refund.Case {
	id := strconv.Itoa(100_000 + i)
	price, charge := refund.MustMoney("199.99", "USD"), refund.MustMoney("25.00", "USD")
	if random.IntN(4) == 0 {
		price, charge = refund.MustMoney("24800", "JPY"), refund.MustMoney("3000", "JPY")
	}
	start := time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(random.IntN(300*24*60)) * time.Minute)
	asked := start.Add(time.Duration(random.IntN(18*24*60)) * time.Minute)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-" + id,
			Account: "ACC-" + id,
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: charge},
			Start:   start,
			Price:   price,
			Paid:    price,
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: asked, By: "ACC-" + id, Channel: refund.ChannelEmail, Reason: "not satisfied with the service"},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Detail: "records match the issue log"},
		},
	}
	for j := range random.IntN(5) {
		opened := start.Add(time.Duration(random.IntN(12*24*60)) * time.Minute)
		issue := refund.Issue{ID: "T-" + id + strconv.Itoa(j), Opened: opened}
		if random.IntN(3) > 0 {
			issue.Resolved = opened.Add(time.Duration(random.IntN(48*60)) * time.Minute)
		}
		c.Issues = append(c.Issues, issue)
	}
	switch random.IntN(20) {
	case 0:
		c.Subscription.Service.Billing = refund.BillingOneTime
	case 1:
		c.Request.By = "ACC-1"
	case 5:
		c.Subscription.Refunded = charge
	case 6:
		c.Subscription.Disputed = charge
	case 2, 3, 4:
		c.Request.CalledBack = asked.Add(time.Duration(random.IntN(72)) * time.Hour)
	}
	return c
}
