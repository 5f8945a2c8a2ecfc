package refundpolicy_test

import (
	"go/doc"
	"go/doc/comment"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every [link] in a doc comment leads to a package or a symbol of this module that exists, and
// so does every link definition ("[text]: URL"). No tool checks the definitions: the root
// package imports no other package.
func TestDocLinks(t *testing.T) {
	list := folders(t)
	symbols := map[string]map[string]bool{} // by import path
	for _, d := range list {
		names := map[string]bool{}
		for _, file := range d.library() {
			for _, decl := range file.Decls {
				for name := range exportedIn(d.fset, decl) {
					names[name] = true
				}
			}
		}
		for _, example := range doc.Examples(d.tests()...) { // by their anchors on pkg.go.dev
			if suffix, ok := strings.CutPrefix(example.Name, "_"); ok {
				names["example-package-"+strings.ToUpper(suffix[:1])+suffix[1:]] = true
			}
		}
		symbols[d.importPath()] = names
	}
	checked := 0
	check := func(where, importPath, symbol string) {
		t.Helper()
		names, known := symbols[importPath]
		if !known && !strings.HasPrefix(importPath+"/", module+"/") {
			return // of the standard library or a dependency
		}
		checked++
		if !known { // of a module below this one
			if _, err := os.Stat(strings.TrimPrefix(importPath, module+"/")); err != nil {
				t.Errorf("%s: a link to %s, which does not exist", where, importPath)
			}
		} else if symbol != "" && !names[symbol] {
			t.Errorf("%s: a link to %s in %s, which does not exist", where, symbol, importPath)
		}
	}
	for _, d := range list {
		if d.isProgram() || d.isInternal() || len(d.library()) == 0 {
			continue
		}
		comments := map[string]string{}
		for _, file := range d.library() {
			comments["the package"] += file.Doc.Text()
			for _, decl := range file.Decls {
				for name, text := range exportedIn(d.fset, decl) {
					comments[name] = text
				}
			}
		}
		pkg, err := doc.NewFromFiles(d.fset, d.library(), d.importPath())
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range sortedKeys(comments) {
			where := d.importPath() + ": " + name
			parsed := pkg.Parser().Parse(comments[name])
			for _, definition := range parsed.Links {
				if !definition.Used {
					t.Errorf("%s: the link definition [%s] is not used", where, definition.Text)
				}
				if target, ok := strings.CutPrefix(definition.URL, "https://pkg.go.dev/"); ok {
					importPath, symbol, _ := strings.Cut(target, "#")
					check(where, importPath, symbol)
				}
			}
			docLinks(parsed.Content, func(link *comment.DocLink) {
				importPath := link.ImportPath
				if importPath == "" {
					importPath = d.importPath()
				}
				check(where, importPath, strings.TrimPrefix(link.Recv+"."+link.Name, "."))
			}, func(text string) {
				t.Errorf("%s: %s is not a link", where, text)
			})
		}
	}
	if checked < 500 {
		t.Errorf("only %d links found", checked)
	}
}

// docLinks calls link with every link to a symbol or a package, and broken with every text in
// brackets that looks like one.
func docLinks(blocks []comment.Block, link func(*comment.DocLink), broken func(string)) {
	bracketed := regexp.MustCompile(`\[\*?[A-Za-z_][\w./]*\]`)
	for _, block := range blocks {
		var text []comment.Text
		switch block := block.(type) {
		case *comment.Paragraph:
			text = block.Text
		case *comment.Heading:
			text = block.Text
		case *comment.List:
			for _, item := range block.Items {
				docLinks(item.Content, link, broken)
			}
		}
		for _, part := range text {
			switch part := part.(type) {
			case *comment.DocLink:
				link(part)
			case comment.Plain:
				for _, found := range bracketed.FindAllString(string(part), -1) {
					broken(found)
				}
			}
		}
	}
}
