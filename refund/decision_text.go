package refund

import (
	"encoding/json"
	"log/slog"
	"time"
)

// Why returns what was decided in one line of words; the officer's reason is quoted
// in it, with blanks for control characters. It is "" for the zero Decision.
func (d Decision) Why() string {
	if d.IsZero() {
		return ""
	}
	var w sentence
	switch d.Kind() {
	case DecisionAuthorized:
		w = w.money(d.Amount()).text(" authorized of ").money(d.d.outcome.Refundable).text(" refundable")
	case DecisionGoodwill:
		w = d.d.whyGoodwill(w)
	case DecisionDeclined:
		w = w.text("declined")
	}
	w = w.text(", by ").quote(d.d.officer.ID).text(" on ").time(d.At())
	if d.Reason() != "" {
		w = w.text(": ").quote(d.Reason())
	}
	if _, ends := d.EndsService(); ends {
		w = w.text("; the service ends")
	}
	return string(w)
}

func (d *decision) whyGoodwill(w sentence) sentence {
	g := &d.goodwill
	w = w.money(d.amount).text(" of goodwill: assistance ").money(g.Charges).text(" less servicing ").money(g.Fees)
	for i := range g.Software {
		w = w.text(" less ").quote(g.Software[i].Name).text(" ").money(g.Software[i].Price)
	}
	if net, err := g.Net(); err == nil && net.cmp(d.amount) > 0 {
		w = w.text(" is ").money(net).text(", limited by the cap")
	}
	return w
}

// LogValue returns kind, subscription, amount, officer and instant: no reason, which
// is free text.
func (d Decision) LogValue() slog.Value {
	if d.IsZero() {
		return slog.StringValue("no decision")
	}
	return slog.GroupValue(
		slog.String("kind", d.Kind().String()),
		slog.String("subscription", d.Subscription()),
		slog.Any("amount", d.Amount()),
		slog.String("officer", d.d.officer.ID),
		slog.Time("at", d.At()),
	)
}

// String returns kind and amount, such as "authorized 100.00 USD", and "no
// decision" for the zero Decision.
func (d Decision) String() string {
	switch d.Kind() {
	case 0:
		return "no decision"
	case DecisionDeclined:
		return d.Kind().String()
	}
	return d.Kind().String() + " " + d.Amount().String()
}

type decisionJSON struct {
	Kind         DecisionKind  `json:"kind"`
	Subscription string        `json:"subscription"`
	Amount       Money         `json:"amount"`
	Officer      string        `json:"officer"`
	At           time.Time     `json:"at"`
	Reason       string        `json:"reason,omitempty"`
	Breakdown    *goodwillJSON `json:"breakdown,omitempty"`
	Paid         Money         `json:"paid"`
	Refunded     Money         `json:"refunded"`
	EndsService  *time.Time    `json:"ends_service,omitempty"`
	Policy       Digest        `json:"policy"`
	Case         Digest        `json:"case"`
	Outcome      Digest        `json:"outcome"`
	Detail       string        `json:"detail"`
}

type goodwillJSON struct {
	Charges  Money              `json:"charges"`
	Fees     Money              `json:"fees"`
	Software []freeSoftwareJSON `json:"software"`
}

type freeSoftwareJSON struct {
	Name  string `json:"name"`
	Price Money  `json:"price"`
}

// MarshalJSON returns the decision for people and programs to look at, null for the
// zero one. Nothing reads it back: what can be trusted again is a record
// ([Decision.Record]).
func (d Decision) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	out := decisionJSON{
		Kind:         d.Kind(),
		Subscription: d.Subscription(),
		Amount:       d.Amount(),
		Officer:      d.d.officer.ID,
		At:           d.At().UTC(),
		Reason:       d.Reason(),
		Paid:         d.Paid(),
		Refunded:     d.Refunded(),
		Policy:       d.d.policyDigest,
		Case:         d.d.caseDigest,
		Outcome:      d.d.outcomeDigest,
		Detail:       d.Why(),
	}
	if at, ends := d.EndsService(); ends {
		at = at.UTC()
		out.EndsService = &at
	}
	if g, ok := d.Breakdown(); ok {
		out.Breakdown = &goodwillJSON{g.Charges, g.Fees, make([]freeSoftwareJSON, len(g.Software))}
		for i, s := range g.Software {
			out.Breakdown.Software[i] = freeSoftwareJSON(s)
		}
	}
	return json.Marshal(out)
}
