package e2e_test

import (
	"fmt"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// subscription returns one of 199.99 USD that started some days ago. The customer has not asked.
// One issue was resolved by a call that is on record, for 25.00 USD.
func subscription(id, name string, days int) desk.Record {
	start := time.Now().AddDate(0, 0, -days).UTC().Truncate(time.Second)
	at := func(d time.Duration) string { return start.Add(d).Format(time.RFC3339) }
	account := "ACC-" + id
	return desk.Record{
		Subscription: refund.Subscription{ID: id, Account: account, Start: start, Price: usd("199.99"),
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")}},
		Issues: refund.IssueLog{{ID: "T-1", Opened: start.Add(time.Hour), Resolved: start.Add(2 * time.Hour)}},
		Customer: desk.Customer{Name: name, Email: "customer@example.com",
			Particulars: []customer.Particular{{Name: "address", Present: true}}, Reports: []customer.MisuseReport{}},
		Evidence: fmt.Sprintf(`{"kind":"call","id":"C-1","account":%q,"issues":["T-1"],"start":%q,"answered":%q,"end":%q}`+"\n",
			account, at(70*time.Minute), at(71*time.Minute), at(110*time.Minute)),
	}
}

// asked adds a request by the holder.
func asked(r desk.Record, ago time.Duration) desk.Record {
	r.Request = refund.Request{At: time.Now().Add(-ago).Truncate(time.Second), By: r.Subscription.Account, Channel: refund.ChannelEmail,
		Reason: "It is not what I expected."}
	return r
}

// unreviewed removes the records of calls, so that an officer has to review the issues.
func unreviewed(r desk.Record) desk.Record {
	r.Evidence = ""
	return r
}
