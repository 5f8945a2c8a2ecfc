package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// A report is what gremlins writes of a package, as far as it is judged.
type report struct {
	Files []struct {
		Name      string     `json:"file_name"` // relative to the package
		Mutations []mutation `json:"mutations"`
	} `json:"files"`

	took time.Duration
}

type mutation struct {
	Type   string `json:"type"`
	Status string `json:"status"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// A key names a mutant by what a reader sees, so that it stays the same while the
// lines around it change.
type key struct {
	File     string // relative to the root
	Function string // as in Money.Add; of a variable, its name
	Change   string // as in "a < b → <=", "#2" behind it for the second of that name
}

func (k key) String() string { return fmt.Sprintf("%s, %s: %s", k.File, k.Function, k.Change) }

// A mutant is one change of the code, and what became of it.
type mutant struct {
	key
	Status string
	Line   int
}

// readMutants finds the mutants of a report in the files of its package.
func readMutants(root fs.FS, dir string, r report) ([]mutant, error) {
	var mutants []mutant
	for _, file := range r.Files {
		name := path.Join(dir, file.Name)
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return nil, err
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(file.Mutations, func(a, b mutation) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Type, b.Type))
		})
		type place struct{ line, column int }
		places := map[key][]place{}
		for _, m := range file.Mutations {
			function, change, err := describe(fset, parsed, m.Line, m.Column, m.Type)
			if err != nil {
				return nil, fmt.Errorf("%s:%d:%d: %w", name, m.Line, m.Column, err)
			}
			k := key{name, function, change}
			at := place{m.Line, m.Column} // two types may mean the same change
			if !slices.Contains(places[k], at) {
				places[k] = append(places[k], at)
			}
			if n := len(places[k]); n > 1 {
				k.Change += fmt.Sprintf(" #%d", n)
			}
			mutants = append(mutants, mutant{k, m.Status, m.Line})
		}
	}
	slices.SortStableFunc(mutants, func(a, b mutant) int { return cmp.Compare(a.File, b.File) })
	return mutants, nil
}

// describe names the mutation of a kind at a position.
func describe(fset *token.FileSet, file *ast.File, line, column int, kind string) (function, change string, err error) {
	var stack, found []ast.Node
	var operator token.Token
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		if op, pos := operatorOf(n); pos.IsValid() {
			if p := fset.Position(pos); p.Line == line && p.Column == column {
				operator, found = op, slices.Clone(stack)
			}
		}
		return true
	})
	if found == nil {
		return "", "", fmt.Errorf("no operator at the place of a %s", kind)
	}
	instead, ok := mutations[kind][operator]
	if !ok {
		return "", "", fmt.Errorf("%s of %s is not known", kind, operator)
	}
	node := found[len(found)-1]
	change = text(fset, node)
	if _, ok := node.(*ast.BranchStmt); ok {
		change += " in " + text(fset, around(found))
	}
	return functionName(found[1]), change + " → " + instead.String(), nil
}

// operatorOf returns the token that gremlins would change in a node.
func operatorOf(n ast.Node) (token.Token, token.Pos) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return n.Tok, n.TokPos
	case *ast.BinaryExpr:
		return n.Op, n.OpPos
	case *ast.BranchStmt:
		return n.Tok, n.TokPos
	case *ast.IncDecStmt:
		return n.Tok, n.TokPos
	case *ast.UnaryExpr:
		return n.Op, n.OpPos
	}
	return token.ILLEGAL, token.NoPos
}

// around returns what a break or continue depends on: the condition of the nearest
// if, or the nearest case, or else the loop.
func around(stack []ast.Node) ast.Node {
	for _, n := range slices.Backward(stack) {
		switch n := n.(type) {
		case *ast.IfStmt:
			return n.Cond
		case *ast.CaseClause:
			if len(n.List) > 0 {
				return n.List[0]
			}
			return ast.NewIdent("default")
		case *ast.ForStmt:
			return ast.NewIdent("for")
		case *ast.RangeStmt:
			return n.X
		}
	}
	return ast.NewIdent("nothing")
}

// text returns the source of a node in one line.
func text(fset *token.FileSet, n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, fset, n); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// functionName returns the name of a declaration, with the type it is a method of.
func functionName(n ast.Node) string {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Recv == nil {
			return n.Name.Name
		}
		receiver := ""
		ast.Inspect(n.Recv.List[0].Type, func(n ast.Node) bool {
			if name, ok := n.(*ast.Ident); ok && receiver == "" {
				receiver = name.Name
			}
			return receiver == ""
		})
		return receiver + "." + n.Name.Name
	case *ast.GenDecl:
		if len(n.Specs) > 0 {
			switch spec := n.Specs[0].(type) {
			case *ast.ValueSpec:
				return spec.Names[0].Name
			case *ast.TypeSpec:
				return spec.Name.Name
			}
		}
	}
	return "?"
}

// mutations says what gremlins puts instead of each operator.
var mutations = map[string]map[token.Token]token.Token{
	"ARITHMETIC_BASE": {token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO,
		token.QUO: token.MUL, token.REM: token.MUL},
	"CONDITIONALS_BOUNDARY": {token.GEQ: token.GTR, token.GTR: token.GEQ, token.LEQ: token.LSS,
		token.LSS: token.LEQ},
	"CONDITIONALS_NEGATION": {token.EQL: token.NEQ, token.NEQ: token.EQL, token.GEQ: token.LSS,
		token.LSS: token.GEQ, token.GTR: token.LEQ, token.LEQ: token.GTR},
	"INCREMENT_DECREMENT": {token.INC: token.DEC, token.DEC: token.INC},
	"INVERT_ASSIGNMENTS": {token.ADD_ASSIGN: token.SUB_ASSIGN, token.SUB_ASSIGN: token.ADD_ASSIGN,
		token.MUL_ASSIGN: token.QUO_ASSIGN, token.QUO_ASSIGN: token.MUL_ASSIGN,
		token.REM_ASSIGN: token.REM_ASSIGN},
	"INVERT_BITWISE": {token.AND: token.OR, token.OR: token.AND, token.XOR: token.AND,
		token.AND_NOT: token.AND, token.SHL: token.SHR, token.SHR: token.SHL},
	"INVERT_BWASSIGN": {token.AND_ASSIGN: token.OR_ASSIGN, token.OR_ASSIGN: token.AND_ASSIGN,
		token.XOR_ASSIGN: token.AND_ASSIGN, token.AND_NOT_ASSIGN: token.AND_ASSIGN,
		token.SHL_ASSIGN: token.SHR_ASSIGN, token.SHR_ASSIGN: token.SHL_ASSIGN},
	"INVERT_LOGICAL":   {token.LAND: token.LOR, token.LOR: token.LAND},
	"INVERT_LOOPCTRL":  {token.BREAK: token.CONTINUE, token.CONTINUE: token.BREAK},
	"INVERT_NEGATIVES": {token.SUB: token.ADD},
	"REMOVE_SELF_ASSIGNMENTS": {token.ADD_ASSIGN: token.ASSIGN, token.AND_ASSIGN: token.ASSIGN,
		token.AND_NOT_ASSIGN: token.ASSIGN, token.MUL_ASSIGN: token.ASSIGN,
		token.OR_ASSIGN: token.ASSIGN, token.QUO_ASSIGN: token.ASSIGN,
		token.REM_ASSIGN: token.ASSIGN, token.SHL_ASSIGN: token.ASSIGN,
		token.SHR_ASSIGN: token.ASSIGN, token.SUB_ASSIGN: token.ASSIGN,
		token.XOR_ASSIGN: token.ASSIGN},
}
