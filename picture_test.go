package refundpolicy_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

var update = flag.Bool("update", false, "write the picture of the README anew; look at it")

// The picture of the README is that of notice.Timeline, and its alternative text is the
// beginning of the words of the picture.
func TestReadmePicture(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	policy := refund.Published(newYork)
	policy.Required = nil
	march := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, newYork) }
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001", Account: "ACC-7", Start: march(1, 10), Price: usd("199.99"), Paid: usd("199.99"), Refunded: usd("30.00"),
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: march(2, 9), Resolved: march(3, 11)},
			{ID: "T-2", Opened: march(4, 14), Resolved: march(6, 16)},
			{ID: "T-3", Opened: march(8, 9), Resolved: march(11, 15)},
		},
		Request: refund.Request{At: march(9, 10), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied", CalledBack: march(9, 15)},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By: decision.Officer{ID: "ops-3", Limit: usd("500.00")}, At: march(12, 9), Amount: outcome.Refundable,
	})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := notice.Timeline(policy, c, notice.TimelineOptions{Refunds: []notice.Refund{{Amount: usd("30.00"), At: march(7, 12)}}, Decision: d.Facts()})
	if err != nil {
		t.Fatal(err)
	}
	const name = "docs/timeline.svg"
	if *update {
		if err := os.WriteFile(name, []byte(picture), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if read(t, name) != picture {
		t.Errorf("%s is not the picture of the case; go test . -run %s -update writes it anew", name, t.Name())
	}
	_, words, _ := strings.Cut(picture, "<title>")
	words, _, _ = strings.Cut(strings.Replace(words, "</title>\n<desc>", " ", 1), "</desc>")
	_, readme, _ := strings.Cut(read(t, "README.md"), "![")
	if alternative, rest, _ := strings.Cut(readme, "]("); alternative == "" || !strings.HasPrefix(words, alternative) || !strings.HasPrefix(rest, name+")") {
		t.Errorf("the alternative text of the picture is %q, which is not the beginning of %q", alternative, words)
	}
}
