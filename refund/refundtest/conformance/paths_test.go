package conformance_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The paths of faults are read off the source, so that a new one without a vector
// fails here: the fields of a document from the reader of package wire, and the paths
// that package refund writes out.

// unreachable are paths that no document can have a fault at, and why.
var unreachable = map[string]string{
	"policy.version":         "a document does not choose the policy's version",
	"policy.effective":       "a document does not choose when the policy takes effect",
	"policy.hours":           "a document does not choose the desk's hours",
	"policy.holidays[]":      "a document does not choose holidays",
	"policy.callback_after":  "a document does not choose the call back's span",
	"policy.callback_within": "a document does not choose the call back's span",
	"policy.required[]":      "a document does not choose what is required",
}

// sources parses a folder without its tests.
func sources(t *testing.T, dir string) (files []*ast.File) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no source in %s: %v", dir, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// A documentReader is the methods of package wire's reader, by name.
type documentReader struct {
	methods map[string]*ast.FuncDecl
	fields  map[string]bool // paths of fields, elements of lists as "issues[]"
	objects map[string]bool // and those at which objects stand
}

// switchOf returns the switch of a method over the names of an object's fields.
func switchOf(method *ast.FuncDecl) (found *ast.SwitchStmt) {
	ast.Inspect(method.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.SwitchStmt); ok {
			if tag, ok := s.Tag.(*ast.CallExpr); ok && len(tag.Args) == 1 {
				if field, ok := tag.Args[0].(*ast.SelectorExpr); ok && field.Sel.Name == "key" {
					found = s
				}
			}
		}
		return true
	})
	return found
}

// calls returns the methods that a piece of code calls.
func calls(code ast.Node) (names []string) {
	ast.Inspect(code, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if method, ok := call.Fun.(*ast.SelectorExpr); ok {
				names = append(names, method.Sel.Name)
			}
		}
		return true
	})
	return names
}

// read follows a method that reads the value at a path.
func (r *documentReader) read(method, path string, outer ...string) {
	decl := r.methods[method]
	if decl == nil || slices.Contains(outer, method) {
		return
	}
	fields := switchOf(decl)
	if fields == nil {
		for _, called := range calls(decl.Body) {
			r.read(called, path, append(outer, method)...)
		}
		return
	}
	r.objects[path] = true
	for _, statement := range fields.Body.List {
		clause := statement.(*ast.CaseClause)
		for _, name := range clause.List {
			field := stringOf(name)
			if path != "" {
				field = path + "." + field
			}
			r.fields[field] = true
			var called []string
			for _, s := range clause.Body {
				called = append(called, calls(s)...)
			}
			if slices.Contains(called, "array") {
				field += "[]"
				r.fields[field] = true
			}
			for _, c := range called {
				r.read(c, field)
			}
		}
	}
}

func stringOf(e ast.Expr) string {
	if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
		s, _ := strconv.Unquote(literal.Value)
		return s
	}
	return ""
}

// wrote returns the paths of a case's or policy's fields that package refund writes
// out.
func wrote(t *testing.T) map[string]bool {
	paths := map[string]bool{}
	whole := regexp.MustCompile(`^(subscription|issues|request|findings|policy)(\.[a-z_]+)*([.[]?)$`)
	for _, file := range sources(t, filepath.Join("..", "..")) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				switch m := whole.FindStringSubmatch(stringOf(n)); {
				case m == nil:
				case m[3] == "[":
					paths[stringOf(n)+"]"] = true
				default:
					paths[strings.TrimSuffix(stringOf(n), ".")] = true
				}
			case *ast.CallExpr:
				name := ""
				if f, ok := n.Fun.(*ast.Ident); ok {
					name = f.Name
				}
				if name == "issuePath" && len(n.Args) == 2 {
					paths["issues[]."+stringOf(n.Args[1])] = true
				}
				if name == "path" && len(n.Args) == 1 { // in finding.go alone
					paths["findings[]."+stringOf(n.Args[0])] = true
				}
			}
			return true
		})
	}
	return paths
}

func TestEveryPathOfAFaultIsHit(t *testing.T) {
	r := documentReader{map[string]*ast.FuncDecl{}, map[string]bool{}, map[string]bool{}}
	for _, file := range sources(t, filepath.Join("..", "..", "wire")) {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil && f.Body != nil {
				if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok && fmt.Sprint(star.X) == "reader" {
					r.methods[f.Name.Name] = f
				}
			}
		}
	}
	r.read("caseObject", "")
	for _, field := range []string{"subscription.service.per_instance.amount", "issues[].resolved", "findings[]", "policy.readings.callback_clock"} {
		if !r.fields[field] {
			t.Errorf("the source is not read right: no %s among %v", field, slices.Sorted(maps.Keys(r.fields)))
		}
	}
	written := wrote(t)
	for _, path := range []string{"subscription.refunded", "issues[].opened", "findings[].severity", "request.called_back", "issues"} {
		if !written[path] {
			t.Errorf("the source is not read right: no %s among %v", path, slices.Sorted(maps.Keys(written)))
		}
	}

	index := regexp.MustCompile(`\[[0-9]+\]`)
	hit := map[string]bool{}
	unknown := map[string]bool{} // objects with an unknown field
	for _, v := range vectors(t) {
		for _, path := range v.Refused {
			path = index.ReplaceAllString(path, "[]")
			hit[path] = true
			if path == "" {
				continue
			}
			object, _, nested := cutLast(path, ".")
			if !nested {
				object = ""
			}
			if !r.fields[path] && r.objects[object] {
				unknown[object] = true
			} else if !r.fields[path] {
				t.Errorf("%s: no document has a fault at %s", v.Name, path)
			}
		}
	}

	paths := map[string]bool{"": true} // the text as a whole
	maps.Copy(paths, r.fields)
	for path := range written {
		switch why, out := unreachable[path]; {
		case !out:
			paths[path] = true
			if !r.fields[path] {
				t.Errorf("package refund has faults at %s, which is no field of a document; if none can reach it, say why", path)
			}
		case why == "" || r.fields[path]:
			t.Errorf("%s is no path out of reach: %q", path, why)
		}
	}
	for path := range unreachable {
		if !written[path] {
			t.Errorf("%s stands among the unreachable, but not in the source", path)
		}
	}
	for path := range paths {
		if !hit[path] {
			t.Errorf("no vector has a fault at %q", path)
		}
	}
	for object := range r.objects {
		if !unknown[object] {
			t.Errorf("no vector has an unknown field in the object at %q", object)
		}
	}
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
