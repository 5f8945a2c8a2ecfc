package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// printed returns the output of go test with three runs of each benchmark.
func printed() string {
	var b strings.Builder
	b.WriteString("goos: linux\ngoarch: amd64\npkg: example.test/peers\ncpu: A Processor\n")
	line := func(name string, ns float64) {
		for _, off := range []float64{1, 0, 8} { // the median is off by 1
			fmt.Fprintf(&b, "%s \t 1000\t %v ns/op\t 48 B/op\t 2 allocs/op\n", name, ns+off-1)
		}
	}
	line("BenchmarkEvaluate/floor-2", 50)
	line("BenchmarkEvaluate/refund-2", 150)
	line("BenchmarkEvaluate/expr-2", 900)
	line("BenchmarkEvaluate/cel-2", 3000)
	line("BenchmarkEvaluate/rego-2", 45000)
	for i, issues := range []int{3, 30, 300, 3000} {
		line(fmt.Sprintf("BenchmarkGrowth/issues=%d-2", issues), 150*math.Pow(10, float64(i)))
	}
	line("BenchmarkWhy-2", 1200)
	line("BenchmarkParallel/refund", 200)
	line("BenchmarkParallel/refund-2", 100)
	line("BenchmarkParallel/floor", 60)
	line("BenchmarkParallel/floor-2", 40)
	b.WriteString("PASS\nok \texample.test/peers\t1.0s\n")
	return b.String()
}

func TestRun(t *testing.T) {
	folder := t.TempDir()
	readme, mod := filepath.Join(folder, "README.md"), filepath.Join(folder, "go.mod")
	write(t, readme, "before\n"+begin+"old\n"+end+"after\n")
	write(t, mod, "require (\n\tgithub.com/expr-lang/expr v1.2.3\n)\n")
	for range 2 { // a second run does not change the file
		if err := run(strings.NewReader(printed()), readme, mod); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	if !strings.HasPrefix(got, "before\n"+begin) || !strings.HasSuffix(got, end+"after\n") || strings.Contains(got, "old") {
		t.Errorf("the text around the table: %q", got)
	}
	for _, want := range []string{
		"A Processor, linux/amd64, go",
		"2 cores; medians of 3.",
		"| floor | 50.0 | 48 | 2 | 1.00 | 0.33 |",
		"| **refund** | 150 | 48 | 2 | 3.00 | 1.00 |",
		"| expr (github.com/expr-lang/expr v1.2.3) | 900 | 48 | 2 | 18.0 | 6.00 |",
		"| Rego (github.com/open-policy-agent/opa ?) | 45000 | 48 | 2 | 900 | 300 |",
		"| 3000 | 150000 | 48 | 2 | 50.0 |",
		"all clauses of an outcome: 1200 ns, 48 B, 2 allocs.",
		"Two cores do 2.00 × the cases of one (100 and 200 ns a case); for the floor,\nwhich shares no memory either, 1.50 ×.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, row := range []struct{ because, text, printed, want string }{
		{"a benchmark is missing", begin + end, strings.ReplaceAll(printed(), "Evaluate/cel", "Evaluate/other"), "no figures for Evaluate/cel 2"},
		{"the benchmark on one core is missing", begin + end, strings.ReplaceAll(printed(), "BenchmarkParallel/refund ", "BenchmarkOther "), "no figures for Parallel/refund 1"},
		{"the input has no benchmarks", begin + end, "", "no figures for"},
		{"the text has no markers for the table", "text", printed(), "no markers"},
	} {
		t.Run(row.because, func(t *testing.T) {
			folder := t.TempDir()
			readme, mod := filepath.Join(folder, "README.md"), filepath.Join(folder, "go.mod")
			write(t, readme, row.text)
			write(t, mod, "")
			if err := run(strings.NewReader(row.printed), readme, mod); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("error %v, want %q", err, row.want)
			}
			if text, err := os.ReadFile(readme); err != nil || string(text) != row.text {
				t.Errorf("the text is now %q, %v", text, err)
			}
		})
	}
}

func TestMedian(t *testing.T) {
	for _, row := range []struct {
		because string
		figures []float64
		want    float64
	}{
		{"a single figure", []float64{7}, 7},
		{"the middle of an odd number of figures in any order", []float64{9, 1, 2}, 2},
		{"the mean of the two middle figures of an even number", []float64{100, 1, 4, 2}, 3},
	} {
		if got := median(row.figures); got != row.want {
			t.Errorf("%s: %v, want %v", row.because, got, row.want)
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
