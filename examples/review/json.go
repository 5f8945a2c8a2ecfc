package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The JSON types have the members of the object for programs, in the order in which they are
// written.
type (
	reviewJSON struct {
		Subscription  subscriptionJSON `json:"subscription"`
		Request       requestJSON      `json:"request"`
		Location      string           `json:"location"`
		Log           logJSON          `json:"log"`
		Media         []mediaJSON      `json:"media"`
		Issues        []issueJSON      `json:"issues"`
		Asked         []refJSON        `json:"asked"`
		OtherAccounts []refJSON        `json:"other_accounts"`
		Unknown       []mentionJSON    `json:"unknown"`
		Damaged       []refJSON        `json:"damaged"`
		Findings      []findingJSON    `json:"findings"`
		Figures       figuresJSON      `json:"figures"`
		Outcome       refund.Outcome   `json:"outcome"`
		Tickets       []ticketJSON     `json:"tickets"`
		Voices        []voices         `json:"voices"`
		Problems      []problem        `json:"problems"`
		Warnings      []problem        `json:"warnings"`
	}
	subscriptionJSON struct {
		ID       string        `json:"id"`
		Account  string        `json:"account,omitempty"`
		Service  serviceJSON   `json:"service"`
		Start    time.Time     `json:"start"`
		Price    refund.Money  `json:"price"`
		Paid     refund.Money  `json:"paid"`
		Refunded *refund.Money `json:"refunded,omitempty"`
		Disputed *refund.Money `json:"disputed,omitempty"`
	}
	serviceJSON struct {
		Code        string         `json:"code"`
		Billing     refund.Billing `json:"billing"`
		PerInstance *refund.Money  `json:"per_instance,omitempty"`
	}
	requestJSON struct {
		At      time.Time      `json:"at"`
		Channel refund.Channel `json:"channel"`
		By      string         `json:"by,omitempty"`
	}
	logJSON struct {
		Calls      int           `json:"calls"`
		Recordings int           `json:"recordings"`
		Chats      int           `json:"chats"`
		Digest     refund.Digest `json:"digest"`
	}
	mediaJSON struct {
		Name  string              `json:"name"`
		State evidence.MediaState `json:"state"`
	}
	issueJSON struct {
		Issue         string              `json:"issue"`
		Opened        time.Time           `json:"opened"`
		Resolved      time.Time           `json:"resolved,omitzero"`
		Standing      evidence.Standing   `json:"standing"`
		Stake         *refund.Money       `json:"stake,omitempty"`
		Supporting    []refJSON           `json:"supporting"`
		More          int                 `json:"more"`
		Contradicting []contradictionJSON `json:"contradicting"`
	}
	refJSON struct {
		Kind evidence.Kind `json:"kind"`
		ID   string        `json:"id"`
	}
	contradictionJSON struct {
		refJSON
		Objection evidence.Objection `json:"objection"`
	}
	mentionJSON struct {
		refJSON
		Issue string `json:"issue"`
	}
	findingJSON struct {
		Clause   refund.Clause   `json:"clause"`
		Severity refund.Severity `json:"severity"`
		Subject  string          `json:"subject,omitempty"`
		Detail   string          `json:"detail,omitempty"`
	}
	ticketJSON struct {
		Issue    string            `json:"issue"`
		Merged   []string          `json:"merged"`
		History  []eventJSON       `json:"history"`
		Warnings []tickets.Warning `json:"warnings"`
	}
	eventJSON struct {
		Kind   tickets.Kind `json:"kind"`
		At     time.Time    `json:"at"`
		By     string       `json:"by,omitempty"`
		Ticket string       `json:"ticket"`
		Status string       `json:"status"`
	}
	figuresJSON struct {
		Logged       refund.Money `json:"logged"`
		Supported    refund.Money `json:"supported"`
		Corroborated refund.Money `json:"corroborated"`
	}
)

// asJSON returns the report for programs: one line.
func asJSON(r *review) []byte {
	s, q := &r.Case.Subscription, &r.Case.Request
	out := reviewJSON{
		Subscription: subscriptionJSON{
			ID: s.ID, Account: s.Account, Start: s.Start.UTC(), Price: s.Price, Paid: s.Paid, Refunded: given(s.Refunded), Disputed: given(s.Disputed),
			Service: serviceJSON{s.Service.Code, s.Service.Billing, given(s.Service.PerInstance)},
		},
		Request:       requestJSON{q.At.UTC(), q.Channel, q.By},
		Location:      r.Policy.Location.String(),
		Log:           logJSON{len(r.log.Calls), len(r.log.Recordings), len(r.log.Chats), r.report.Log},
		Media:         list(r.checks, func(c evidence.MediaCheck) mediaJSON { return mediaJSON{c.Media.Name, c.State} }),
		Issues:        list(r.report.Resolutions, r.issueJSON),
		Asked:         list(r.report.Asked, func(ref evidence.Ref) refJSON { return refJSON(ref) }),
		OtherAccounts: list(r.report.OtherAccounts, func(ref evidence.Ref) refJSON { return refJSON(ref) }),
		Unknown: list(r.report.Unknown, func(m evidence.Mention) mentionJSON {
			return mentionJSON{refJSON(m.Record), m.Issue}
		}),
		Damaged:  list(r.report.Damaged, func(ref evidence.Ref) refJSON { return refJSON(ref) }),
		Findings: list(r.findings, func(f refund.Finding) findingJSON { return findingJSON(f) }),
		Figures:  figuresJSON(r.figures),
		Outcome:  r.outcome,
		Tickets:  list(r.tickets, ticketOf),
		Voices:   list(r.voices, func(v voices) voices { return v }),
		Problems: list(r.problems.all(), func(p problem) problem { return p }),
		Warnings: list(r.warnings.all(), func(p problem) problem { return p }),
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		panic(err) // cannot happen: every field can be encoded
	}
	return escaped(b.Bytes())
}

// escaped returns JSON in which the characters that a terminal may act on, and that
// encoding/json does not escape, are escaped. All of them are in strings, since JSON has only
// ASCII elsewhere.
func escaped(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			out = fmt.Appendf(out, `\u%04x`, r)
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

func ticketOf(t tickets.Ticket) ticketJSON {
	same := func(w tickets.Warning) tickets.Warning { return w }
	return ticketJSON{
		Issue:    t.Issue.ID,
		Merged:   list(t.Merged, func(id string) string { return id }),
		History:  list(t.History, func(e tickets.Event) eventJSON { return eventJSON{e.Kind, e.At.UTC(), e.By, e.Ticket, e.Status} }),
		Warnings: list(t.Warnings, same),
	}
}

func (r *review) issueJSON(s evidence.Resolution) issueJSON {
	return issueJSON{
		Issue:      s.Issue,
		Opened:     s.Opened.UTC(),
		Resolved:   s.Resolved.UTC(),
		Standing:   s.Standing,
		Stake:      given(r.stakes[s.Issue]),
		Supporting: list(s.Supporting, func(ref evidence.Ref) refJSON { return refJSON(ref) }),
		More:       s.More,
		Contradicting: list(s.Contradicting, func(c evidence.Contradiction) contradictionJSON {
			return contradictionJSON{refJSON(c.Record), c.Objection}
		}),
	}
}

// given returns a pointer to an amount, or nil if the amount is not given.
func given(m refund.Money) *refund.Money {
	if m.IsZero() {
		return nil
	}
	return &m
}

// list returns a list that is not nil, so that an empty one is written as [].
func list[T, U any](from []T, to func(T) U) []U {
	out := make([]U, 0, len(from))
	for _, element := range from {
		out = append(out, to(element))
	}
	return out
}
