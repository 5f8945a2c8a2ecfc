// Apitext writes the API of this module's public packages as Go source: no bodies, no
// comments, unexported fields and types only as far as the API shows them. That is the
// form of .ci/api.txt, which .ci/api makes and compares. A line "-- name --" starts a
// file. Programs have no API, and an internal package has one only where another
// package's mentions it.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"go/importer"
	"go/scanner"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func main() {
	if err := write(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "apitext:", err)
		os.Exit(1)
	}
}

func write(w io.Writer) error {
	command := exec.Command("go", "list", "-deps", "-export", "-f",
		"{{.ImportPath}}|{{.Name}}|{{.Export}}|{{with .Module}}{{if .Main}}{{.Path}}{{end}}{{end}}", "./...")
	command.Stderr = os.Stderr
	list, err := command.Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	var module string
	var paths []string
	for line := range strings.Lines(string(list)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "|")
		exports[fields[0]] = fields[2]
		if fields[3] == "" {
			continue
		}
		module = fields[3]
		internal := slices.Contains(strings.Split(fields[0], "/"), "internal")
		if fields[1] != "main" && !internal {
			paths = append(paths, fields[0])
		}
	}
	slices.Sort(paths)
	packages := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, errors.New("no export data of " + path)
		}
		return os.Open(exports[path])
	})
	for i := 0; i < len(paths); i++ {
		pkg, err := packages.Import(paths[i])
		if err != nil {
			return err
		}
		text, imports, err := source(pkg)
		if err != nil {
			return fmt.Errorf("%s: %w", paths[i], err)
		}
		name := strings.TrimPrefix(strings.TrimPrefix(paths[i], module)+"/api.go", "/")
		if _, err := fmt.Fprintf(w, "-- %s --\n%s", name, text); err != nil {
			return err
		}
		for _, path := range imports {
			if strings.HasPrefix(path, module+"/") && !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	return nil
}

// source returns the API of a package as Go source, and the packages it imports.
func source(pkg *types.Package) ([]byte, []string, error) {
	imports := map[string]bool{}
	qualifier := func(other *types.Package) string {
		if other == pkg {
			return ""
		}
		imports[other.Path()] = true
		return other.Name()
	}
	names := pkg.Scope().Names()
	var body bytes.Buffer
	written := map[string]bool{}
	write := func(name string) {
		written[name] = true
		body.WriteString(object(pkg.Scope().Lookup(name), qualifier))
	}
	for _, name := range names {
		if token.IsExported(name) {
			write(name)
		}
	}
	// Unexported types that the API mentions.
	for more := true; more; {
		more = false
		mentioned := identifiers(body.Bytes())
		for _, name := range names {
			if _, isType := pkg.Scope().Lookup(name).(*types.TypeName); isType && mentioned[name] && !written[name] {
				write(name)
				more = true
			}
		}
	}
	paths := slices.Sorted(maps.Keys(imports))
	text := new(bytes.Buffer)
	fmt.Fprintf(text, "package %s\n", pkg.Name())
	for _, path := range paths {
		fmt.Fprintf(text, "import %q\n", path)
	}
	text.Write(body.Bytes())
	formatted, err := format.Source(text.Bytes())
	return formatted, paths, err
}

func object(obj types.Object, qualifier types.Qualifier) string {
	switch obj := obj.(type) {
	case *types.TypeName:
		return typeDecl(obj, qualifier)
	case *types.Func:
		return fmt.Sprintf("func %s%s\n", obj.Name(), signature(obj, qualifier))
	case *types.Const: // with a value that is never shortened
		return fmt.Sprintf("const %s %s = %s\n", obj.Name(), constType(obj, qualifier), obj.Val().ExactString())
	default:
		return types.ObjectString(obj, qualifier) + "\n"
	}
}

func constType(obj *types.Const, qualifier types.Qualifier) string {
	if basic, ok := obj.Type().(*types.Basic); ok && basic.Info()&types.IsUntyped != 0 {
		return ""
	}
	return types.TypeString(obj.Type(), qualifier)
}

func typeDecl(obj *types.TypeName, qualifier types.Qualifier) string {
	text := new(strings.Builder)
	named, ok := obj.Type().(*types.Named)
	if fields, isStruct := obj.Type().Underlying().(*types.Struct); ok && isStruct && named.TypeParams() == nil {
		fmt.Fprintf(text, "type %s struct {\n%s}\n", obj.Name(), structFields(fields, qualifier))
	} else {
		fmt.Fprintln(text, types.ObjectString(obj, qualifier))
	}
	if !ok || obj.IsAlias() {
		return text.String()
	}
	var methods []string
	for method := range named.Methods() {
		if !method.Exported() {
			continue
		}
		receiver := types.TypeString(method.Signature().Recv().Type(), qualifier)
		methods = append(methods, fmt.Sprintf("func (%s) %s%s\n", receiver, method.Name(), signature(method, qualifier)))
	}
	slices.Sort(methods)
	text.WriteString(strings.Join(methods, ""))
	return text.String()
}

// signature leaves out the names that export data gives to results without one.
func signature(f *types.Func, qualifier types.Qualifier) string {
	var results []*types.Var
	for result := range f.Signature().Results().Variables() {
		if strings.HasPrefix(result.Name(), "#") {
			result = types.NewParam(token.NoPos, nil, "", result.Type())
		}
		results = append(results, result)
	}
	sig := types.NewSignatureType(nil, nil, slices.Collect(f.Signature().TypeParams().TypeParams()),
		f.Signature().Params(), types.NewTuple(results...), f.Signature().Variadic())
	var text bytes.Buffer
	types.WriteSignature(&text, sig, qualifier)
	return text.String()
}

// structFields replaces what is unexported by one blank field, which can be compared
// exactly if all of that can.
func structFields(fields *types.Struct, qualifier types.Qualifier) string {
	var text strings.Builder
	hidden := ""
	for i := range fields.NumFields() {
		field := fields.Field(i)
		if !field.Exported() && !field.Embedded() {
			if hidden == "" {
				hidden = "_ struct{}\n"
			}
			if !types.Comparable(field.Type()) {
				hidden = "_ [0]func()\n"
			}
			continue
		}
		if !field.Embedded() {
			text.WriteString(field.Name() + " ")
		}
		text.WriteString(types.TypeString(field.Type(), qualifier))
		if tag := fields.Tag(i); tag != "" {
			fmt.Fprintf(&text, " %q", tag)
		}
		text.WriteString("\n")
	}
	return text.String() + hidden
}

func identifiers(source []byte) map[string]bool {
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", fset.Base(), len(source)), source, nil, 0)
	found := map[string]bool{}
	for {
		_, tok, name := s.Scan()
		if tok == token.EOF {
			return found
		}
		if tok == token.IDENT {
			found[name] = true
		}
	}
}
