package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// decisionFile is the file of the decision vectors in [FS].
const decisionFile = "decision.json"

// A DecisionVector is an officer's decision on a case with the expected result.
// Exactly one of Approve, Grant and Decline is set. The zero DecisionVector is not valid.
type DecisionVector struct {
	// Name is permanent and unique, such as "decision/approve-the-whole".
	Name string

	// Clause is the code of the clause that the vector is about.
	Clause string

	// Reason states the rule in words.
	Reason string

	// Document is a case with its policy, in one line.
	Document []byte

	// Line is the input of a program: the case, the outcome that the officer saw, and the
	// officer's decision, as README.md describes, as one line without its line feed.
	Line []byte

	// Current is true if the officer saw the outcome of Document, and false for another
	// outcome.
	Current bool

	Approve *decision.Approval // for package decision's Approve
	Grant   *decision.Goodwill // for its Grant
	Decline *decision.Denial   // for its Decline

	// Want is the expected result.
	Want WantDecision
}

// WantDecision is the result of a decision vector: a decision of a Kind, or the closed
// gates, or the fields of an input error. The zero WantDecision is not valid.
type WantDecision struct {
	// Kind and Amount are those of the decision; the Amount of a denial is zero.
	Kind   decision.Kind
	Amount refund.Money

	// Gates lists the codes of all closed gates in their order, such as "held". If the
	// officer saw another outcome, it is "stale" alone.
	Gates []string

	// Fields lists the paths of all faults of an input error, in any order.
	Fields []string
}

type decisionJSON struct {
	Name   string `json:"name"`
	Clause string `json:"clause"`
	Reason string `json:"reason"`
	lineJSON
	Want struct {
		Kind   decision.Kind `json:"kind,omitempty"`
		Amount *amountJSON   `json:"amount,omitempty"`
		Gates  []string      `json:"gates,omitempty"`
		Fields []string      `json:"fields,omitempty"`
	} `json:"want"`
}

// lineJSON is the part of a vector that a program gets.
type lineJSON struct {
	Case    json.RawMessage `json:"case"`
	Shown   string          `json:"shown"`
	By      officerJSON     `json:"by,omitzero"`
	At      time.Time       `json:"at,omitzero"`
	Approve *approveJSON    `json:"approve,omitempty"`
	Grant   *grantJSON      `json:"grant,omitempty"`
	Decline *declineJSON    `json:"decline,omitempty"`
}

type officerJSON struct {
	ID      string      `json:"id,omitempty"`
	Account string      `json:"account,omitempty"`
	Limit   *amountJSON `json:"limit,omitempty"`
}

type approveJSON struct {
	Amount       *amountJSON     `json:"amount,omitempty"`
	Acknowledged []refund.Clause `json:"acknowledged,omitempty"`
	Reason       string          `json:"reason,omitempty"`
}

type grantJSON struct {
	Charges      *amountJSON     `json:"charges,omitempty"`
	Fees         *amountJSON     `json:"fees,omitempty"`
	Software     []softwareJSON  `json:"software,omitempty"`
	Acknowledged []refund.Clause `json:"acknowledged,omitempty"`
	Reason       string          `json:"reason,omitempty"`
}

type softwareJSON struct {
	Name  string      `json:"name,omitempty"`
	Price *amountJSON `json:"price,omitempty"`
}

type declineJSON struct {
	Grounds []refund.Clause `json:"grounds,omitempty"`
	Reason  string          `json:"reason,omitempty"`
}

// Decisions returns all decision vectors. The caller may change the result.
func Decisions() ([]DecisionVector, error) {
	text, err := FS.ReadFile(decisionFile)
	if err != nil {
		return nil, err
	}
	return loadDecisions(text)
}

// loadDecisions reads a file of decision vectors.
func loadDecisions(text []byte) (list []DecisionVector, err error) {
	all, err := loadFile[decisionJSON](text)
	if err != nil {
		return nil, fmt.Errorf("conformance: %s: %w", decisionFile, err)
	}
	names := map[string]bool{}
	for i, j := range all {
		v, err := j.vector()
		if err == nil && names[j.Name] {
			err = fmt.Errorf("the name is used twice")
		}
		if err != nil {
			return nil, fmt.Errorf("conformance: %s: vector %d, %q: %w", decisionFile, i+1, j.Name, err)
		}
		names[j.Name] = true
		list = append(list, v)
	}
	return list, nil
}

func (j *decisionJSON) vector() (v DecisionVector, err error) {
	var clause refund.Clause
	actions, results := 0, 0
	for _, given := range []bool{j.Approve != nil, j.Grant != nil, j.Decline != nil} {
		if given {
			actions++
		}
	}
	for _, given := range []bool{j.Want.Kind != 0, j.Want.Gates != nil, j.Want.Fields != nil} {
		if given {
			results++
		}
	}
	switch {
	case !strings.HasPrefix(j.Name, "decision/") || j.Name == "decision/":
		return v, fmt.Errorf("the name does not begin with decision and a slash")
	case clause.UnmarshalText([]byte(j.Clause)) != nil || clause == 0:
		return v, fmt.Errorf("the clause is unknown")
	case strings.TrimSpace(j.Reason) == "":
		return v, fmt.Errorf("the reason is missing")
	case j.Shown != "current" && j.Shown != "other":
		return v, fmt.Errorf("shown is neither current nor other")
	case actions != 1:
		return v, fmt.Errorf("%d of approve, grant and decline, want 1", actions)
	case results != 1 || (j.Want.Kind != 0) != (j.Want.Amount != nil):
		return v, fmt.Errorf("want is not a kind and an amount, or gates, or fields")
	}
	var document bytes.Buffer
	if err := json.Compact(&document, j.Case); err != nil {
		return v, err
	}
	j.Case = document.Bytes()
	line, err := json.Marshal(j.lineJSON)
	if err != nil {
		return v, err
	}
	// Amounts may be missing or negative, in vectors of refusals.
	money := func(a *amountJSON) (m refund.Money) {
		if a != nil && err == nil {
			m, err = refund.ParseMoney(a.Amount, a.Currency)
		}
		return m
	}
	v = DecisionVector{
		Name: j.Name, Clause: j.Clause, Reason: j.Reason, Document: document.Bytes(), Line: line, Current: j.Shown == "current",
		Want: WantDecision{j.Want.Kind, money(j.Want.Amount), j.Want.Gates, j.Want.Fields},
	}
	by := decision.Officer{ID: j.By.ID, Account: j.By.Account, Limit: money(j.By.Limit)}
	if a := j.Approve; a != nil {
		v.Approve = &decision.Approval{By: by, At: j.At, Amount: money(a.Amount), Acknowledged: a.Acknowledged, Reason: a.Reason}
	}
	if g := j.Grant; g != nil {
		v.Grant = &decision.Goodwill{
			By: by, At: j.At, Charges: money(g.Charges), Fees: money(g.Fees), Acknowledged: g.Acknowledged, Reason: g.Reason,
		}
		for _, s := range g.Software {
			v.Grant.Software = append(v.Grant.Software, decision.FreeSoftware{Name: s.Name, Price: money(s.Price)})
		}
	}
	if n := j.Decline; n != nil {
		v.Decline = &decision.Denial{By: by, At: j.At, Grounds: n.Grounds, Reason: n.Reason}
	}
	return v, err
}
