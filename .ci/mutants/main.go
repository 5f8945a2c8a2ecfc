// Mutants runs gremlins on the packages of this module and judges what lived: see
// "Mutants" in CONTRIBUTING.md, whose tables it reads. The work is done by
// .ci/mutate, which starts it in the root of the module.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	gremlins = "github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0"
	document = "CONTRIBUTING.md"
)

func main() {
	var err error
	if filepath.Base(os.Args[0]) == "go" {
		err = standIn(os.Args[1:])
	} else {
		err = run(os.Args[1:])
	}
	var code exitCode
	switch {
	case errors.As(err, &code):
		os.Exit(int(code))
	case err != nil:
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("mutate", flag.ExitOnError)
	check := flags.Bool("check", false, "only the packages that are named, as in refund/ledger")
	coefficient := flags.Int("coefficient", 40, "a mutant may take so many times what the tests took")
	workers := flags.Int("workers", 0, "mutants at a time (0: as many as processors)")
	verbose := flags.Bool("v", false, "tell of each mutant as it is tried")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *check != (flags.NArg() > 0) {
		return errors.New("usage: .ci/mutate, or .ci/mutate -check with packages, as in refund/ledger")
	}
	text, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	tables, err := parseTables(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", document, err)
	}
	packages, err := listPackages()
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	bin, err := install(scratch)
	if err != nil {
		return err
	}

	live := io.Discard
	if *verbose {
		live = os.Stdout
	}

	problems := tables.misplaced(packages)
	for _, p := range packages {
		if *check && !slices.Contains(flags.Args(), p.Dir) {
			continue
		}
		if reason, ok := tables.spared[p.Dir]; ok {
			fmt.Printf("%s: not mutated: %s\n", p.Dir, reason)
			continue
		}
		report, err := unleash(bin, scratch, p, *coefficient, *workers, live)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Dir, err)
		}
		mutants, err := readMutants(os.DirFS("."), p.Dir, report)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Dir, err)
		}
		verdict := judge(p.Dir, mutants, tables.equivalents)
		fmt.Printf("%s: %s in %s\n", p.Dir, verdict.summary, report.took.Round(time.Second))
		for _, problem := range verdict.problems {
			fmt.Printf("  %s\n", problem)
		}
		problems = append(problems, verdict.problems...)
	}
	for _, dir := range flags.Args() {
		if !slices.ContainsFunc(packages, func(p goPackage) bool { return p.Dir == dir }) {
			problems = append(problems, "no such package: "+dir)
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("%d problems:\n%s", len(problems), strings.Join(problems, "\n"))
	}
	return nil
}

// A goPackage is a package of the module.
type goPackage struct {
	Dir      string // relative to the root, with slashes
	HasTests bool
}

func listPackages() ([]goPackage, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	command := exec.Command("go", "list", "-f",
		"{{.Dir}}|{{len .GoFiles}}|{{len .TestGoFiles}}|{{len .XTestGoFiles}}", "./...")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var packages []goPackage
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		dir, err := filepath.Rel(root, fields[0])
		if err != nil {
			return nil, err
		}
		if fields[1] == "0" {
			continue // tests only
		}
		packages = append(packages, goPackage{
			Dir:      filepath.ToSlash(dir),
			HasTests: fields[2] != "0" || fields[3] != "0",
		})
	}
	if len(packages) == 0 {
		return nil, errors.New("no packages")
	}
	return packages, nil
}

// install makes a folder with gremlins and the stand-in for the go command.
func install(scratch string) (bin string, err error) {
	bin = filepath.Join(scratch, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		return "", err
	}
	command := exec.Command("go", "install", gremlins)
	command.Env = append(os.Environ(), "GOBIN="+bin)
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go install %s: %w\n%s", gremlins, err, out)
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	return bin, os.Symlink(self, filepath.Join(bin, "go"))
}

// unleash lets gremlins mutate one package, and copies what it tells to live.
func unleash(bin, scratch string, p goPackage, coefficient, workers int, live io.Writer) (report, error) {
	output := filepath.Join(scratch, "report.json")
	if err := os.Remove(output); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return report{}, err
	}
	realGo, err := exec.LookPath("go")
	if err != nil {
		return report{}, err
	}
	command := exec.Command(filepath.Join(bin, "gremlins"), "unleash",
		"--timeout-coefficient", fmt.Sprint(coefficient),
		"--workers", fmt.Sprint(workers),
		"--output", output,
		"--exclude-files", "/", // packages further down have a turn of their own
		"--arithmetic-base", "--conditionals-boundary", "--conditionals-negation",
		"--increment-decrement", "--invert-negatives", "--invert-logical",
		"--invert-assignments", "--remove-self-assignments", "--invert-loopctrl",
		"--invert-bitwise", "--invert-bwassign",
		"./"+p.Dir)
	// Gremlins takes the time of the tests with that of compiling them: let it be short.
	warm := exec.Command(realGo, "test", "-cover", "-run", "^$", "./"+p.Dir)
	if out, err := warm.CombinedOutput(); err != nil {
		return report{}, fmt.Errorf("go test: %w\n%s", err, out)
	}
	var log bytes.Buffer
	command.Stdout, command.Stderr = io.MultiWriter(&log, live), &log
	command.Env = append(os.Environ(),
		// That a property fails is enough: rapid need not look for its smallest case.
		"RAPID_SHRINKTIME=0s", "RAPID_NOFAILFILE=true",
		"PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), realGoVariable+"="+realGo)
	start := time.Now()
	if err := command.Run(); err != nil {
		return report{}, fmt.Errorf("gremlins: %w\n%s", err, log.String())
	}
	took := time.Since(start)
	data, err := os.ReadFile(output)
	if errors.Is(err, fs.ErrNotExist) && strings.Contains(log.String(), "No results to report.") {
		return report{took: took}, nil // it writes nothing when it finds nothing to mutate
	}
	if err != nil {
		return report{}, fmt.Errorf("gremlins wrote no report: %w\n%s", err, log.String())
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		return report{}, fmt.Errorf("gremlins' report: %w", err)
	}
	r.took = took
	return r, nil
}
