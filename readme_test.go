package refundpolicy_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// The README is checked here: its code is the code of the examples, its commands are those
// that .ci/run runs, and its table has every clause.

// fenced returns the blocks of a Markdown text in a language.
func fenced(text, language string) (blocks []string) {
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, m[1])
	}
	return blocks
}

// example returns the imports of a file with one example, the body of the example, and the
// lines of its output.
func example(t *testing.T, file, function string) (imports, body, output string) {
	t.Helper()
	m := regexp.MustCompile(`(?s)\nimport \(\n(.*?)\)\n.*\nfunc ` + function + `\(\) \{\n(.*?)\t// Output:\n(.*?)}\n$`).
		FindStringSubmatch(read(t, file))
	if m == nil {
		t.Fatalf("%s does not end with func %s and its output", file, function)
	}
	return m[1], m[2], strings.ReplaceAll(m[3], "\t// ", "")
}

// The first block of Go is lines of Example, with its output in comments. The second one
// is a program with its body. The third one is lines of ExamplePolicy. The others,
// appended to main, are Example_paidRefund.
func TestReadmeShowsTheExamples(t *testing.T) {
	readme := read(t, "README.md")
	blocks, printed := fenced(readme, "go"), fenced(readme, "text")
	if len(blocks) != 7 || len(printed) != 1 {
		t.Fatalf("README.md has %d blocks of Go and %d of output, want 7 and 1", len(blocks), len(printed))
	}
	imports, body, output := example(t, "example_test.go", "Example")

	rest, comments := body, ""
	for line := range strings.Lines(blocks[0]) {
		code, comment, _ := strings.Cut(strings.TrimSpace(line), "//")
		var found bool
		if _, rest, found = strings.Cut(rest, "\n\t"+strings.TrimSpace(code)+"\n"); !found {
			t.Fatalf("the first block of README.md has the line %q, which is not next in the body of Example", code)
		}
		rest = "\n" + rest
		if strings.HasPrefix(code, "fmt.Print") {
			comments += strings.TrimSpace(comment) + "\n"
		}
	}
	if comments != output {
		t.Errorf("the comments in the first block of README.md are\n%s\nwant the output of Example\n%s", comments, output)
	}

	program := "package main\n\nimport (\n" + imports + ")\n\nfunc main() {\n" + body + "}\n"
	if blocks[1] != program {
		t.Errorf("the second block of README.md is\n%s\nwant the body of Example\n%s", blocks[1], program)
	}

	policies := read(t, "refund/example_policy_test.go")
	for line := range strings.Lines(blocks[2]) {
		if !strings.Contains(policies, "\n\t"+line) {
			t.Errorf("the third block of README.md has the line %q, which is not in ExamplePolicy", line)
		}
	}

	moreImports, moreBody, moreOutput := example(t, "example_paid_refund_test.go", "Example_paidRefund")
	for _, step := range blocks[3:] {
		for line := range strings.Lines(step) {
			if line != "\n" {
				line = "\t" + line
			}
			body += line
		}
	}
	moreBody = regexp.MustCompile(`\n\t// Step \d: .*\n`).ReplaceAllString(moreBody, "")
	if body != moreBody {
		t.Errorf("the program and the steps of README.md together are\n%s\nwant the body of Example_paidRefund\n%s", body, moreBody)
	}
	if output+printed[0] != moreOutput {
		t.Errorf("the outputs in README.md together are\n%s%s\nwant\n%s", output, printed[0], moreOutput)
	}
	for line := range strings.Lines(moreImports) {
		name := strings.TrimPrefix(strings.Trim(line, "\t\"\n"), module+"/")
		if !strings.Contains(imports, line) && !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("README.md does not say that the steps import %s", name)
		}
	}
}

// The case in JSON is one line, and can be judged.
func TestReadmeCase(t *testing.T) {
	cases := fenced(read(t, "README.md"), "json")
	if len(cases) != 1 || strings.Count(cases[0], "\n") != 1 {
		t.Fatalf("README.md has the cases %q, want one in one line", cases)
	}
	var c refund.Case
	if err := json.Unmarshal([]byte(cases[0]), &c); err != nil {
		t.Fatal(err)
	}
	if _, err := refund.Published(time.UTC).Evaluate(c); err != nil {
		t.Error(err)
	}
}

func TestReadmeCommands(t *testing.T) {
	const input = "examples/evaluate/cases.jsonl"
	want := []string{
		"go get " + module + "\n",
		"git clone https://" + module + "\ncd refundpolicy\ngo run ./examples/evaluate " + input + "\n",
		"go test ./...\n",
		"go run -C examples/billing .\n",
	}
	if got := fenced(read(t, "README.md"), "sh"); !slices.Equal(got, want) {
		t.Errorf("commands are %q, want %q", got, want)
	}
	if _, err := os.Stat(input); err != nil {
		t.Error(err)
	}
}

// The README gives each clause one sentence.
func TestReadmeNamesEveryClause(t *testing.T) {
	var listed []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.*) \\|$").FindAllStringSubmatch(read(t, "README.md"), -1) {
		listed = append(listed, m[1])
		if strings.Count(m[2], ". ") > 0 || !strings.HasSuffix(m[2], ".") {
			t.Errorf("%s: %q is not one sentence", m[1], m[2])
		}
	}
	if want := clauseCodes(); !slices.Equal(listed, want) {
		t.Errorf("clauses are %v, want %v", listed, want)
	}
}

// Documents link to sections of the root doc as pkg.go.dev names them.
func TestLinksToSections(t *testing.T) {
	root := read(t, "doc.go")
	seen := 0
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".md") {
			return
		}
		for _, m := range regexp.MustCompile(`https://pkg\.go\.dev/`+module+`#hdr-(\w+)`).FindAllStringSubmatch(read(t, name), -1) {
			seen++
			if heading := "\n// # " + strings.ReplaceAll(m[1], "_", " ") + "\n"; !strings.Contains(root, heading) {
				t.Errorf("%s links to the section %s, which doc.go does not have", name, m[1])
			}
		}
	})
	if seen < 2 {
		t.Errorf("only %d links found", seen)
	}
}
