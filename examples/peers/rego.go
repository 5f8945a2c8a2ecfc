package peers

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

//go:embed refund.rego
var regoSource string

// Rego compiles the policy in Rego. It supports instants of the years 1678 to 2261 only,
// since Rego counts nanoseconds.
func Rego(windowDays int, loc *time.Location) (Peer, error) {
	ctx := context.Background()
	store := inmem.NewFromObjectWithOpts(map[string]any{
		"policy": map[string]any{"window_days": windowDays, "location": loc.String()},
	}, inmem.OptReturnASTValuesOnRead(true))
	query, err := rego.New(
		rego.Query("data.refund.refundable"),
		rego.Module("refund.rego", regoSource),
		rego.Store(store),
		rego.StrictBuiltinErrors(true), // an error, not an undefined result
	).PrepareForEval(ctx, rego.WithPartialEval()) // with the policy's data as constants
	if err != nil {
		return nil, err
	}
	return func(c *Case) (int64, error) {
		results, err := query.Eval(ctx, rego.EvalParsedInput(regoInput(c)))
		if err != nil {
			return 0, err
		}
		if len(results) != 1 {
			return 0, errors.New("no result")
		}
		amount, ok := results[0].Expressions[0].Value.(json.Number)
		if !ok {
			return 0, fmt.Errorf("result %v is not a number", results[0].Expressions[0].Value)
		}
		return amount.Int64()
	}, nil
}

var (
	regoPrice    = ast.InternedTerm("price")
	regoPaid     = ast.InternedTerm("paid")
	regoRefunded = ast.InternedTerm("refunded")
	regoDisputed = ast.InternedTerm("disputed")
	regoCharge   = ast.InternedTerm("charge")
	regoOneTime  = ast.InternedTerm("one_time")
	regoStart    = ast.InternedTerm("start")
	regoAsked    = ast.InternedTerm("asked")
	regoResolved = ast.InternedTerm("resolved")
)

// regoInput returns a case as Rego values. Rego would convert a Go value through JSON.
func regoInput(c *Case) ast.Value {
	resolved := make([]*ast.Term, len(c.Resolved))
	for i, r := range c.Resolved {
		if r.IsZero() {
			resolved[i] = ast.InternedNullTerm // less than any number
			continue
		}
		resolved[i] = regoInstant(r)
	}
	return ast.NewObject(
		ast.Item(regoPrice, regoInteger(c.Price)),
		ast.Item(regoPaid, regoInteger(c.Paid)),
		ast.Item(regoRefunded, regoInteger(c.Refunded)),
		ast.Item(regoDisputed, regoInteger(c.Disputed)),
		ast.Item(regoCharge, regoInteger(c.Charge)),
		ast.Item(regoOneTime, ast.InternedTerm(c.OneTime)),
		ast.Item(regoStart, regoInstant(c.Start)),
		ast.Item(regoAsked, regoInstant(c.Asked)),
		ast.Item(regoResolved, ast.ArrayTerm(resolved...)),
	)
}

func regoInteger(n int64) *ast.Term {
	return ast.NumberTerm(json.Number(strconv.FormatInt(n, 10)))
}

func regoInstant(t time.Time) *ast.Term { return regoInteger(t.UnixNano()) }
