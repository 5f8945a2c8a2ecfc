package peers

import (
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/ext"
)

const celSource = `
	one_time || asked >= midnight(start, window_days + 1)
		? 0
		: math.greatest(0, math.least(
			price - charge * resolved.filter(r, r >= start && r <= asked).size(),
			paid) - refunded - disputed)
`

// CEL compiles the policy in CEL.
func CEL(windowDays int, loc *time.Location) (Peer, error) {
	env, err := cel.NewEnv(
		cel.Variable("price", cel.IntType),
		cel.Variable("paid", cel.IntType),
		cel.Variable("refunded", cel.IntType),
		cel.Variable("disputed", cel.IntType),
		cel.Variable("charge", cel.IntType),
		cel.Variable("one_time", cel.BoolType),
		cel.Variable("start", cel.TimestampType),
		cel.Variable("asked", cel.TimestampType),
		cel.Variable("resolved", cel.ListType(cel.TimestampType)),
		cel.Constant("window_days", cel.IntType, types.Int(windowDays)),
		// CEL can read the date of a timestamp in a zone, but cannot build a timestamp from a date.
		cel.Function("midnight", cel.Overload("midnight_timestamp_int",
			[]*cel.Type{cel.TimestampType, cel.IntType}, cel.TimestampType,
			cel.BinaryBinding(func(start, days ref.Val) ref.Val {
				return types.Timestamp{Time: midnight(start.(types.Timestamp).Time, int(days.(types.Int)), loc)}
			}))),
		ext.Math(),
	)
	if err != nil {
		return nil, err
	}
	checked, issues := env.Compile(celSource)
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	folding, err := cel.NewConstantFoldingOptimizer()
	if err != nil {
		return nil, err
	}
	optimizer, err := cel.NewStaticOptimizer(folding)
	if err != nil {
		return nil, err
	}
	optimized, issues := optimizer.Optimize(env, checked)
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	program, err := env.Program(optimized, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, err
	}
	return func(c *Case) (int64, error) {
		amount, _, err := program.Eval(newCELFacts(c))
		if err != nil {
			return 0, err
		}
		return int64(amount.(types.Int)), nil
	}, nil
}

// celFacts returns the facts of a case by name, as CEL values that are built once. CEL
// would convert a Go value from a map at every use.
type celFacts struct {
	price, paid, refunded, disputed, charge, oneTime, start, asked, resolved ref.Val
}

func newCELFacts(c *Case) *celFacts {
	resolved := make([]ref.Val, len(c.Resolved))
	for i, r := range c.Resolved {
		resolved[i] = types.Timestamp{Time: r}
	}
	return &celFacts{
		price:    types.Int(c.Price),
		paid:     types.Int(c.Paid),
		refunded: types.Int(c.Refunded),
		disputed: types.Int(c.Disputed),
		charge:   types.Int(c.Charge),
		oneTime:  types.Bool(c.OneTime),
		start:    types.Timestamp{Time: c.Start},
		asked:    types.Timestamp{Time: c.Asked},
		resolved: types.NewRefValList(types.DefaultTypeAdapter, resolved),
	}
}

func (f *celFacts) Parent() cel.Activation { return nil }

func (f *celFacts) ResolveName(name string) (any, bool) {
	switch name {
	case "price":
		return f.price, true
	case "paid":
		return f.paid, true
	case "refunded":
		return f.refunded, true
	case "disputed":
		return f.disputed, true
	case "charge":
		return f.charge, true
	case "one_time":
		return f.oneTime, true
	case "start":
		return f.start, true
	case "asked":
		return f.asked, true
	case "resolved":
		return f.resolved, true
	}
	return nil, false
}
