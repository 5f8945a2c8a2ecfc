package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Gremlins finds this program where it looks for the go command. As it stands, it
//
//   - tests the package in the root of the module for mutants of a program, and
//     packages further down for the time that tests take;
//   - counts a mutant that does not compile as killed, since go test has the same exit
//     status for both;
//   - runs only mutants of lines that coverage has a block for, and conditions of case
//     clauses are in none.
//
// The stand-in tests the package of the mutant, tells the two apart, and says that all
// of the package is covered.

const realGoVariable = "MUTANTS_GO"

// An exitCode ends this program without a word.
type exitCode int

func (code exitCode) Error() string { return fmt.Sprintf("exit status %d", int(code)) }

const notViable exitCode = 2 // as gremlins understands it

func standIn(args []string) error {
	realGo := os.Getenv(realGoVariable)
	if realGo == "" {
		return errors.New(realGoVariable + " is not set")
	}
	args, profile := testArgs(args)
	var out bytes.Buffer
	command := exec.Command(realGo, args...)
	command.Stdout = io.MultiWriter(os.Stdout, &out)
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		return failure(err, out.String())
	}
	if profile == "" {
		return nil
	}
	return writeProfile(realGo, profile, args[len(args)-1])
}

// testArgs returns the arguments with which to test one package, and the file for the
// coverage profile if there is to be one. Other commands stay as they are.
func testArgs(args []string) (changed []string, profile string) {
	if len(args) < 2 || args[0] != "test" {
		return args, ""
	}
	changed = slices.Clone(args)
	last := &changed[len(changed)-1]
	if dir, all := strings.CutSuffix(*last, "/..."); all {
		*last = dir
	} else {
		*last = "." // gremlins starts tests in the folder of the mutant
	}
	if i := slices.Index(changed, "-coverprofile"); i >= 0 {
		profile = changed[i+1]
	}
	// A mutant that vet alone minds is not killed, and a result must not be an old one.
	return slices.Insert(changed, 1, "-vet=off", "-count=1"), profile
}

// failure tells tests that failed from code that does not compile.
func failure(err error, output string) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	if strings.Contains(output, "[build failed]") || strings.Contains(output, "[setup failed]") {
		return notViable
	}
	return exitCode(max(exit.ExitCode(), 1))
}

// writeProfile writes a coverage profile in which a package is covered, all of it.
func writeProfile(realGo, profile, dir string) error {
	command := exec.Command(realGo, "list", "-f", "{{.ImportPath}}", dir)
	command.Stderr = os.Stderr
	importPath, err := command.Output()
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	text := "mode: set\n"
	for _, file := range files {
		text += fmt.Sprintf("%s:1.1,1000000.1 1 1\n", path.Join(strings.TrimSpace(string(importPath)), filepath.Base(file)))
	}
	return os.WriteFile(profile, []byte(text), 0o600)
}
