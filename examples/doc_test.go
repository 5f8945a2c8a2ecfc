package examples_test

import (
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The index in the package's doc has the question of every story, with a link to it.
func TestIndexHasEveryStory(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	questions := map[string]string{} // by story
	for _, m := range regexp.MustCompile(`(?m)^// \[(.*\?)\]: .*#example-package-(\w+)$`).FindAllStringSubmatch(string(text), -1) {
		questions[m[2]] = m[1]
		if !strings.Contains(string(text), "//   - ["+m[1]+"]\n") {
			t.Errorf("%q is not in the index", m[1])
		}
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	stories := 0
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file.Name(), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, story := range doc.Examples(parsed) {
			stories++
			name := strings.TrimPrefix(story.Name, "_")
			name = strings.ToUpper(name[:1]) + name[1:]
			if question := questions[name]; question == "" || !strings.HasPrefix(strings.ReplaceAll(story.Doc, "\n", " "), question) {
				t.Errorf("the doc of %s does not begin with its question in the index, %q", name, question)
			}
		}
	}
	if stories != len(questions) {
		t.Errorf("%d stories, and %d questions in the index", stories, len(questions))
	}
}
