package refundpolicy_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // for the example, on a machine without a time-zone database

	"github.com/kasperinfotech/refundpolicy/refund"
)

// What a reader sees is checked here: doc comments, examples, README, and the
// promises that the documents make about the code.

const module = "github.com/kasperinfotech/refundpolicy"

// A folder is a folder of the module with Go files.
type folder struct {
	dir   string // relative to the root, with slashes; "." is the root
	fset  *token.FileSet
	files map[string]*ast.File // by name, tests too
}

func (d folder) importPath() string { return path.Join(module, d.dir) }

// library returns the files that are no tests.
func (d folder) library() (files []*ast.File) {
	for _, name := range sortedKeys(d.files) {
		if !strings.HasSuffix(name, "_test.go") {
			files = append(files, d.files[name])
		}
	}
	return files
}

func (d folder) tests() (files []*ast.File) {
	for _, name := range sortedKeys(d.files) {
		if strings.HasSuffix(name, "_test.go") {
			files = append(files, d.files[name])
		}
	}
	return files
}

func (d folder) isProgram() bool {
	files := d.library()
	return len(files) > 0 && files[0].Name.Name == "main"
}

func (d folder) isInternal() bool { return slices.Contains(strings.Split(d.dir, "/"), "internal") }

func sortedKeys[V any](m map[string]V) (keys []string) {
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// walk calls visit with every file of the repository, by its path with slashes.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return filepath.SkipDir
		case entry.Type().IsRegular():
			visit(filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

// folders parses the module: modules below it, testdata and hidden folders are not
// part of it.
func folders(t *testing.T) []folder {
	t.Helper()
	var others []string // modules below this one
	var names []string
	walk(t, func(name string) {
		if path.Base(name) == "go.mod" && name != "go.mod" {
			others = append(others, path.Dir(name)+"/")
		}
		if strings.HasSuffix(name, ".go") {
			names = append(names, name)
		}
	})
	byDir := map[string]folder{}
	for _, name := range names {
		hidden := func(part string) bool {
			return part == "testdata" || strings.HasPrefix(part, ".") || strings.HasPrefix(part, "_")
		}
		if slices.ContainsFunc(strings.Split(name, "/"), hidden) ||
			slices.ContainsFunc(others, func(dir string) bool { return strings.HasPrefix(name, dir) }) {
			continue
		}
		dir := path.Dir(name)
		d, ok := byDir[dir]
		if !ok {
			d = folder{dir: dir, fset: token.NewFileSet(), files: map[string]*ast.File{}}
			byDir[dir] = d
		}
		file, err := parser.ParseFile(d.fset, name, read(t, name), parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		d.files[path.Base(name)] = file
	}
	var list []folder
	for _, dir := range sortedKeys(byDir) {
		list = append(list, byDir[dir])
	}
	if len(list) < 3 {
		t.Fatalf("only %d folders of Go files found", len(list))
	}
	return list
}

func TestEverythingExportedIsDocumented(t *testing.T) {
	seen := 0
	for _, d := range folders(t) {
		if d.isProgram() || d.isInternal() || len(d.library()) == 0 {
			continue
		}
		documented := false
		for _, file := range d.library() {
			documented = documented || file.Doc.Text() != ""
			for _, decl := range file.Decls {
				for name, comment := range exportedIn(d.fset, decl) {
					seen++
					if strings.TrimSpace(comment) == "" {
						t.Errorf("%s: %s has no doc comment", d.importPath(), name)
					}
				}
			}
		}
		if !documented {
			t.Errorf("%s: the package has no doc comment", d.importPath())
		}
	}
	if seen < 100 {
		t.Errorf("only %d exported symbols found", seen)
	}
}

// exportedIn returns the exported names of a declaration, and what is said about
// each: by its own comment, or by that of its group.
func exportedIn(fset *token.FileSet, decl ast.Decl) map[string]string {
	found := map[string]string{}
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name, ok := receiver(decl)
		if ok && decl.Name.IsExported() {
			found[name+decl.Name.Name] = decl.Doc.Text()
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					if name.IsExported() {
						found[name.Name] = spec.Doc.Text() + spec.Comment.Text() + decl.Doc.Text()
					}
				}
			case *ast.TypeSpec:
				if !spec.Name.IsExported() {
					continue
				}
				comment := spec.Doc.Text()
				if !decl.Lparen.IsValid() {
					comment += decl.Doc.Text()
				}
				found[spec.Name.Name] = comment
				switch typ := spec.Type.(type) {
				case *ast.StructType:
					exportedFields(fset, spec.Name.Name, comment, typ.Fields.List, found)
				case *ast.InterfaceType:
					exportedFields(fset, spec.Name.Name, "", typ.Methods.List, found)
				}
			}
		}
	}
	return found
}

// receiver returns "T." for a method, "" for a function, and whether it is exported
// as far as that goes.
func receiver(decl *ast.FuncDecl) (string, bool) {
	if decl.Recv == nil {
		return "", true
	}
	typ := decl.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	name, ok := typ.(*ast.Ident)
	return fmt.Sprint(typ) + ".", ok && name.IsExported()
}

// exportedFields adds the fields of a struct. Lines without an empty line between
// them are a group, for which one comment will do. If no field has a comment, that
// of the type speaks for all.
func exportedFields(fset *token.FileSet, typ, typeComment string, list []*ast.Field, found map[string]string) {
	groups := make([]int, len(list))
	comments := map[int]string{}
	all, end := "", 0
	for i, field := range list {
		start := fset.Position(field.Pos()).Line
		if field.Doc != nil {
			start = fset.Position(field.Doc.Pos()).Line
		}
		if i > 0 {
			groups[i] = groups[i-1]
			if start > end+1 {
				groups[i]++
			}
		}
		end = fset.Position(field.End()).Line
		comment := field.Doc.Text() + field.Comment.Text()
		comments[groups[i]] += comment
		all += comment
	}
	for i, field := range list {
		comment := comments[groups[i]]
		if all == "" {
			comment = typeComment
		}
		for _, name := range field.Names {
			if name.IsExported() {
				found[typ+"."+name.Name] = comment
			}
		}
	}
}

// pkg.go.dev shows a Run button for an example that needs no other file.
func TestExamplesRunOnTheirOwn(t *testing.T) {
	n := 0
	for _, d := range folders(t) {
		if d.isProgram() { // its examples are not shown
			continue
		}
		for _, example := range doc.Examples(d.tests()...) {
			n++
			name := d.importPath() + ".Example" + example.Name
			if example.Output == "" {
				t.Errorf("%s: no output", name)
			}
			if strings.TrimSpace(example.Doc) == "" {
				t.Errorf("%s: no comment says what it is for", name)
			}
			if example.Play == nil {
				t.Errorf("%s: cannot be run on its own", name)
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d examples found", n)
	}
}

const clausesFile = "docs/clauses.md"

// rows returns the rows of the tables under a heading of clausesFile: their cells, without
// the two rows of a head.
func rows(t *testing.T, heading string) (table [][]string) {
	t.Helper()
	_, section, found := strings.Cut(read(t, clausesFile), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("%s has no section %q", clausesFile, heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	for line := range strings.Lines(section) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "| `") {
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			table = append(table, cells)
		}
	}
	return table
}

// codes returns the texts in backticks.
func codes(cell string) (list []string) {
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
		list = append(list, m[1])
	}
	return list
}

// exported returns every exported name of package refund ("T", "T.Method", "T.Field",
// "Const"), and of package decision with "decision." in front.
func exported(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, d := range folders(t) {
		prefix, known := map[string]string{"refund": "", "refund/decision": "decision."}[d.dir]
		if !known {
			continue
		}
		for _, file := range d.library() {
			for _, decl := range file.Decls {
				for name := range exportedIn(d.fset, decl) {
					names[prefix+name] = true
				}
			}
		}
	}
	return names
}

// clauseCodes returns the codes of all clauses, in the policy's order.
func clauseCodes() (list []string) {
	for _, clause := range refund.Clauses() {
		list = append(list, clause.String())
	}
	return list
}

func TestClausesAreDocumented(t *testing.T) {
	names := exported(t)
	var listed []string
	for _, cells := range rows(t, "Clauses") {
		if len(cells) != 4 || cells[1] == "" || cells[2] == "" {
			t.Errorf("row %q must have a clause, a rule, an effect and symbols", cells)
			continue
		}
		listed = append(listed, codes(cells[0])...)
		symbols := codes(cells[3])
		if len(symbols) == 0 {
			t.Errorf("%s has no symbol", cells[0])
		}
		for _, symbol := range symbols {
			if !names[symbol] {
				t.Errorf("%s: %s does not exist", cells[0], symbol)
			}
		}
	}
	if want := clauseCodes(); !slices.Equal(listed, want) {
		t.Errorf("clauses are %v, want %v", listed, want)
	}
}

func TestStatusesAreDocumented(t *testing.T) {
	statuses, verdicts := alternatives(refund.Status(0)), alternatives(refund.Verdict(0))
	table := rows(t, "Statuses")
	if len(table) < len(statuses) {
		t.Fatalf("only %d rows", len(table))
	}
	for i, status := range statuses {
		if !slices.Equal(codes(table[i][0]), []string{status}) {
			t.Errorf("row %d is %q, want %s", i, table[i], status)
		}
	}
	var clauses []string
	for _, cells := range table[len(statuses):] {
		clauses = append(clauses, codes(cells[0])...)
		for _, code := range codes(cells[1]) {
			if !slices.Contains(statuses, code) && !slices.Contains(verdicts, code) {
				t.Errorf("%s: %s is neither a status nor a verdict", cells[0], code)
			}
		}
	}
	if want := clauseCodes(); !slices.Equal(clauses, want) {
		t.Errorf("clauses are %v, want %v", clauses, want)
	}
}

// alternatives returns the codes of an enumeration, all but one.
func alternatives[R interface {
	~uint8
	MarshalText() ([]byte, error)
}](standard R) (list []string) {
	for r := R(1); ; r++ {
		code, err := r.MarshalText()
		if err != nil {
			return list
		}
		if r != standard {
			list = append(list, string(code))
		}
	}
}

func TestReadingsAreDocumented(t *testing.T) {
	r := refund.Published(time.UTC).Readings
	want := []struct {
		reading, standard string
		alternatives      []string
	}{
		{"day_count", r.DayCount.String(), alternatives(r.DayCount)},
		{"deduct_from", r.DeductFrom.String(), alternatives(r.DeductFrom)},
		{"resolved_until", r.ResolvedUntil.String(), alternatives(r.ResolvedUntil)},
		{"callback_clock", r.CallbackClock.String(), alternatives(r.CallbackClock)},
		{"one_time", r.OneTime.String(), alternatives(r.OneTime)},
		{"released_amount", r.ReleasedAmount.String(), alternatives(r.ReleasedAmount)},
		{"goodwill_after", r.GoodwillAfter.String(), alternatives(r.GoodwillAfter)},
	}
	if n := reflect.TypeOf(r).NumField(); n != len(want) {
		t.Fatalf("Readings has %d fields, want %d", n, len(want))
	}
	text := read(t, clausesFile)
	table := rows(t, "Readings")
	if len(table) != len(want) {
		t.Fatalf("%d readings, want %d", len(table), len(want))
	}
	for i, w := range want {
		cells := table[i]
		if len(cells) != 4 ||
			!slices.Equal(codes(cells[0]), []string{w.reading}) ||
			!slices.Equal(codes(cells[2]), []string{w.standard}) ||
			!slices.Equal(codes(cells[3]), w.alternatives) {
			t.Errorf("row %q, want %v", cells, w)
		}
		_, paragraph, found := strings.Cut(text, "\n**`"+w.reading+"`.**")
		paragraph, _, _ = strings.Cut(paragraph, "\n\n")
		for _, code := range append([]string{w.standard}, w.alternatives...) {
			if !found || !slices.Contains(codes(paragraph), code) {
				t.Errorf("%s: no paragraph explains %s", w.reading, code)
			}
		}
	}
}

// The examples of the call back are times of a week in New York without a change of clocks.
func TestCallBackExamplesHold(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	const layout = "Mon 15:04"
	policy := refund.Published(newYork)
	table := rows(t, "Call back")
	for _, cells := range table {
		var received time.Time
		for hour := range 7 * 24 {
			if at := time.Date(2026, time.March, 16, hour, 0, 0, 0, newYork); "`"+at.Format(layout)+"`" == cells[0] {
				received = at
			}
		}
		got, err := policy.Callback(received)
		if err != nil {
			t.Errorf("%s: %v", cells[0], err)
			continue
		}
		if want := []string{got.Earliest.Format(layout), got.Latest.Format(layout)}; !slices.Equal(codes(cells[1]+cells[2]), want) {
			t.Errorf("row %q, want %q", cells, want)
		}
	}
	if len(table) < 5 {
		t.Errorf("only %d examples", len(table))
	}
}

func golang(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}

func TestDependencies(t *testing.T) {
	for _, dep := range strings.Fields(golang(t, "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./refund")) {
		if dep != module+"/refund" && dep != "github.com/shopspring/decimal" && !strings.HasPrefix(dep, module+"/internal/") {
			t.Errorf("package refund depends on %s", dep)
		}
	}

	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal([]byte(golang(t, "mod", "edit", "-json")), &mod); err != nil {
		t.Fatal(err)
	}
	var direct []string
	for _, r := range mod.Require {
		if !r.Indirect {
			direct = append(direct, r.Path)
		}
	}
	slices.Sort(direct)
	if want := []string{"github.com/google/go-cmp", "github.com/shopspring/decimal", "pgregory.net/rapid"}; !slices.Equal(direct, want) {
		t.Errorf("go.mod requires %v, want %v", direct, want)
	}

	const examples = module + "/examples"
	for _, d := range folders(t) {
		for name, file := range d.files {
			for _, spec := range file.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				if (imported + "/")[:min(len(imported)+1, len(examples)+1)] == examples+"/" && !strings.HasPrefix(d.importPath()+"/", examples+"/") {
					t.Errorf("%s/%s imports %s", d.dir, name, imported)
				}
			}
		}
	}
}

func TestTheLibraryIsPure(t *testing.T) {
	seen := 0
	for _, d := range folders(t) {
		if first, _, _ := strings.Cut(d.dir, "/"); first != "refund" && first != "internal" || d.isProgram() || d.dir == "internal/testkit" || strings.HasPrefix(d.dir, "refund/refundtest") {
			continue
		}
		for name, file := range d.files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			seen++
			for _, impurity := range impurities(file) {
				if d.dir == "refund/ledger/sqlstore" && impurity.what == "time.After" {
					continue // it waits between two tries, and decides nothing by the clock
				}
				t.Errorf("%s: %s", d.fset.Position(impurity.Pos()), impurity.what)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d files found", seen)
	}
}

type impurity struct {
	ast.Node
	what string
}

// impurities returns where a file reads a clock or the machine's zone, writes, or uses a
// float.
func impurities(file *ast.File) (found []impurity) {
	add := func(n ast.Node, what string) { found = append(found, impurity{n, what}) }
	imported := map[string]string{} // path by name
	for _, spec := range file.Imports {
		imp := strings.Trim(spec.Path.Value, `"`)
		switch {
		case imp == "log" || imp == "os" || strings.HasPrefix(imp, "os/"):
			add(spec, "imports "+imp)
		case spec.Name != nil:
			imported[spec.Name.Name] = imp
			if spec.Name.Name == "." {
				add(spec, "imports all of "+imp)
			}
		default:
			imported[path.Base(imp)] = imp
		}
	}
	clock := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if n.Name == "float32" || n.Name == "float64" {
				add(n, n.Name)
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT {
				add(n, "a float constant")
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && f.Obj == nil && (f.Name == "print" || f.Name == "println") {
				add(n, f.Name)
			}
		case *ast.SelectorExpr:
			name := n.Sel.Name
			pkg := ""
			if x, ok := n.X.(*ast.Ident); ok && x.Obj == nil {
				pkg = imported[x.Name]
			}
			switch {
			case pkg == "time" && slices.Contains(clock, name):
				add(n, "time."+name)
			case name == "Local": // time.Local, or Time.Local
				add(n, "the machine's zone")
			case pkg == "fmt" && strings.HasPrefix(name, "Print"):
				add(n, "fmt."+name)
			case strings.Contains(name, "Float"):
				add(n, name)
			}
		}
		return true
	})
	return found
}

func TestImpuritiesAreFound(t *testing.T) {
	for _, body := range []string{
		"_ = time.Now()", "_ = time.Since(t)", "_ = t.In(time.Local)", "_ = t.Local()", "_ = t.Location() == time.Local",
		"fmt.Println()", "fmt.Printf(``)", "println()", "var _ float64", "_ = float32(1)", "_ = 1.5", "_ = d.InexactFloat64()",
	} {
		source := "package p\nimport (\"fmt\"; \"time\")\nfunc f() { " + body + " }"
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(impurities(file)) == 0 {
			t.Errorf("%s passed", body)
		}
	}
}

func TestLinksBetweenDocuments(t *testing.T) {
	seen := 0
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".md") {
			return
		}
		for _, m := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(read(t, name), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			seen++
			if _, err := os.Stat(filepath.FromSlash(path.Join(path.Dir(name), target))); err != nil {
				t.Errorf("%s links to %s: %v", name, m[1], err)
			}
		}
	})
	if seen < 5 {
		t.Errorf("only %d links found", seen)
	}
}

// eightWords finds eight words that follow each other in the policy's text. The
// text itself is not in the repository: testdata has a hash of each eight words,
// and of eight canaries, by which the finder is tried.
type eightWords map[string]bool

func (hashes eightWords) in(text string) []string {
	text = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))
	words := regexp.MustCompile(`[a-z0-9]+`).FindAllString(text, -1)
	for i := 0; i+8 <= len(words); i++ {
		sum := sha256.Sum256([]byte(strings.Join(words[i:i+8], " ")))
		if hashes[hex.EncodeToString(sum[:8])] {
			return words[i : i+8]
		}
	}
	return nil
}

func TestThePolicyIsParaphrased(t *testing.T) {
	policy := eightWords{}
	for line := range strings.Lines(read(t, "testdata/policy-8grams.txt")) {
		policy[strings.TrimSpace(line)] = true
	}
	if found := policy.in("one " + strings.Repeat("Canary,\n\t// ", 8)); found == nil || len(policy) < 500 {
		t.Fatal("the finder finds nothing")
	}
	published := refund.Published(time.UTC)
	alternative := published
	alternative.Readings = refund.Readings{DayCount: 2, DeductFrom: 2, ResolvedUntil: 2, CallbackClock: 2, OneTime: 2, ReleasedAmount: 2, GoodwillAfter: 2}
	elapsed := published
	elapsed.Readings.DayCount = refund.DayCountElapsed
	for _, p := range []refund.Policy{published, alternative, elapsed} {
		for _, clause := range refund.Clauses() {
			summary := p.Summary(clause)
			if summary == "" {
				t.Errorf("%s has no summary", clause)
			}
			if found := policy.in(summary); found != nil {
				t.Errorf("the summary of %s copies the policy: %q", clause, found)
			}
		}
	}
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".md") && !strings.HasSuffix(name, ".go") {
			return
		}
		if found := policy.in(read(t, name)); found != nil {
			t.Errorf("%s copies the policy: %q", name, found)
		}
	})
}
