package peers

import (
	"sync"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"
)

const exprSource = `
	one_time || asked >= midnight(start, window_days + 1)
		? 0
		: max(min(price - charge * count(resolved, # >= start && # <= asked), paid) - refunded - disputed, 0)
`

// Expr compiles the policy in expr.
func Expr(windowDays int, loc *time.Location) (Peer, error) {
	program, err := expr.Compile(exprSource,
		// A map with types is fastest: expr reads the fields of a struct by reflection.
		expr.Env(map[string]any{
			"price": int64(0), "paid": int64(0), "refunded": int64(0), "disputed": int64(0), "charge": int64(0),
			"one_time": false, "start": time.Time{}, "asked": time.Time{},
			"resolved":    []time.Time(nil),
			"window_days": 0,
		}),
		expr.Patch(windowOf(windowDays)),
		expr.Function("midnight", func(args ...any) (any, error) {
			return midnight(args[0].(time.Time), args[1].(int), loc), nil
		}, new(func(time.Time, int) time.Time)),
		expr.AsInt64(),
	)
	if err != nil {
		return nil, err
	}
	machines := sync.Pool{New: func() any { return new(vm.VM) }} // a machine runs one program at a time
	return func(c *Case) (int64, error) {
		machine := machines.Get().(*vm.VM)
		defer machines.Put(machine)
		amount, err := machine.Run(program, map[string]any{
			"price": c.Price, "paid": c.Paid, "refunded": c.Refunded, "disputed": c.Disputed, "charge": c.Charge,
			"one_time": c.OneTime, "start": c.Start, "asked": c.Asked,
			"resolved": c.Resolved,
		})
		if err != nil {
			return 0, err
		}
		return amount.(int64), nil
	}, nil
}

// windowOf replaces window_days by a constant, which is then folded.
type windowOf int

func (w windowOf) Visit(node *ast.Node) {
	if name, ok := (*node).(*ast.IdentifierNode); ok && name.Value == "window_days" {
		ast.Patch(node, &ast.IntegerNode{Value: int(w)})
	}
}
