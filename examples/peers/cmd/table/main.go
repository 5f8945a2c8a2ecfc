// Command table writes the medians of benchmarks, read from standard input as go test
// prints them, into the table of README.md. table.sh runs both.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Stdin, "README.md", "go.mod"); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, readme, mod string) error {
	r, err := parse(in)
	if err != nil {
		return err
	}
	versions, err := os.ReadFile(mod)
	if err != nil {
		return err
	}
	table, err := r.table(runtime.Version(), string(versions))
	if err != nil {
		return err
	}
	text, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	replaced, err := between(string(text), table)
	if err != nil {
		return err
	}
	return os.WriteFile(readme, []byte(replaced), 0o644)
}

const (
	begin = "<!-- table: begin (table.sh) -->\n"
	end   = "<!-- table: end -->\n"
)

// between returns the text with the table between the markers.
func between(text, table string) (string, error) {
	before, rest, found := strings.Cut(text, begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return "", errors.New("no markers for the table")
	}
	return before + begin + "\n" + table + "\n" + end + after, nil
}

// results are the figures of the benchmarks.
type results struct {
	machine map[string]string   // goos, goarch, cpu
	runs    map[string]*samples // by name and number of cores, such as "Evaluate/cel 2"
	cores   int                 // that Evaluate had
}

// samples are the figures of a benchmark, one for each time that it ran.
type samples struct{ ns, bytes, allocs []float64 }

func parse(in io.Reader) (*results, error) {
	r := &results{machine: map[string]string{}, runs: map[string]*samples{}}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := lines.Text()
		if name, value, ok := strings.Cut(line, ": "); ok && (name == "goos" || name == "goarch" || name == "cpu") {
			r.machine[name] = strings.TrimSpace(value)
		}
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		// The name ends in -2 on two cores and has no suffix on one.
		name, cores := strings.TrimPrefix(fields[0], "Benchmark"), 1
		if i := strings.LastIndexByte(name, '-'); i >= 0 {
			n, err := strconv.Atoi(name[i+1:])
			if err != nil {
				return nil, fmt.Errorf("%q has no number of cores", fields[0])
			}
			name, cores = name[:i], n
		}
		if strings.HasPrefix(name, "Evaluate/") {
			r.cores = cores
		}
		key := name + " " + strconv.Itoa(cores)
		if r.runs[key] == nil {
			r.runs[key] = &samples{}
		}
		for i := 2; i+1 < len(fields); i += 2 {
			figure, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				return nil, fmt.Errorf("%q: %w", line, err)
			}
			switch of := r.runs[key]; fields[i+1] {
			case "ns/op":
				of.ns = append(of.ns, figure)
			case "B/op":
				of.bytes = append(of.bytes, figure)
			case "allocs/op":
				of.allocs = append(of.allocs, figure)
			}
		}
	}
	return r, lines.Err()
}

// medians are the medians of one benchmark.
type medians struct{ ns, bytes, allocs float64 }

// of returns the medians of a benchmark. If there are none, it adds the benchmark to missing.
func (r *results) of(name string, cores int, missing *[]string) medians {
	key := name + " " + strconv.Itoa(cores)
	runs := r.runs[key]
	if runs == nil || len(runs.ns) == 0 || len(runs.bytes) != len(runs.ns) || len(runs.allocs) != len(runs.ns) {
		*missing = append(*missing, key)
		return medians{}
	}
	return medians{median(runs.ns), median(runs.bytes), median(runs.allocs)}
}

func median(figures []float64) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func (r *results) table(goVersion, mod string) (string, error) {
	var missing []string
	var b strings.Builder
	floor := r.of("Evaluate/floor", r.cores, &missing)
	refund := r.of("Evaluate/refund", r.cores, &missing)
	times := 0
	if runs := r.runs["Evaluate/refund "+strconv.Itoa(r.cores)]; runs != nil {
		times = len(runs.ns)
	}
	fmt.Fprintf(&b, "%s, %s/%s, %s, %d cores; medians of %d.\n\n",
		r.machine["cpu"], r.machine["goos"], r.machine["goarch"], goVersion, r.cores, times)

	b.WriteString("| one case, three issues | ns | B | allocs | × floor | × refund |\n")
	b.WriteString("| --- | ---: | ---: | ---: | ---: | ---: |\n")
	for _, peer := range []struct{ bench, label, module string }{
		{"floor", "floor", ""},
		{"refund", "**refund**", ""},
		{"expr", "expr", "github.com/expr-lang/expr"},
		{"cel", "CEL", "cel.dev/cel-go"},
		{"rego", "Rego", "github.com/open-policy-agent/opa"},
	} {
		label := peer.label
		if peer.module != "" {
			label += " (" + peer.module + " " + version(mod, peer.module) + ")"
		}
		m := r.of("Evaluate/"+peer.bench, r.cores, &missing)
		fmt.Fprintf(&b, "| %s | %s | %.0f | %.0f | %s | %s |\n", label,
			short(m.ns), m.bytes, m.allocs, short(m.ns/floor.ns), short(m.ns/refund.ns))
	}

	b.WriteString("\n| refund, issues | ns | B | allocs | ns an issue |\n")
	b.WriteString("| ---: | ---: | ---: | ---: | ---: |\n")
	for _, issues := range []int{3, 30, 300, 3000} {
		m := r.of(fmt.Sprintf("Growth/issues=%d", issues), r.cores, &missing)
		fmt.Fprintf(&b, "| %d | %s | %.0f | %.0f | %s |\n", issues, short(m.ns), m.bytes, m.allocs, short(m.ns/float64(issues)))
	}

	why := r.of("Why", r.cores, &missing)
	one, two := r.of("Parallel/refund", 1, &missing), r.of("Parallel/refund", 2, &missing)
	floorOne, floorTwo := r.of("Parallel/floor", 1, &missing), r.of("Parallel/floor", 2, &missing)
	fmt.Fprintf(&b, "\nThe reasons for all clauses of an outcome: %s ns, %.0f B, %.0f allocs.\n", short(why.ns), why.bytes, why.allocs)
	fmt.Fprintf(&b, "Two cores do %.2f × the cases of one (%s and %s ns a case); for the floor,\nwhich shares no memory either, %.2f ×.\n",
		one.ns/two.ns, short(two.ns), short(one.ns), floorOne.ns/floorTwo.ns)
	if missing != nil {
		return "", fmt.Errorf("no figures for %s", strings.Join(missing, ", "))
	}
	return b.String(), nil
}

// version returns the version that a go.mod requires of a module.
func version(mod, module string) string {
	for line := range strings.Lines(mod) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == module {
			return fields[1]
		}
	}
	return "?"
}

// short returns a figure with three significant digits.
func short(figure float64) string {
	switch {
	case figure < 10:
		return strconv.FormatFloat(figure, 'f', 2, 64)
	case figure < 100:
		return strconv.FormatFloat(figure, 'f', 1, 64)
	}
	return strconv.FormatFloat(figure, 'f', 0, 64)
}
