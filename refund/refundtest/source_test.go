package refundtest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// The Go source in a failure builds exactly the failure's policy and case.
func TestSourceBuildsTheSameCase(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command on this machine")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	var program strings.Builder
	program.WriteString("package main\n\nimport (\n\"fmt\"\n\"time\"\n\n\"github.com/kasperinfotech/refundpolicy/refund\"\n" +
		"\"github.com/kasperinfotech/refundpolicy/refund/refundtest\"\n)\n\nvar _ = time.UTC\nvar _ refund.Case\n\nfunc main() {\n")
	var want []string
	for _, c := range drawnCases(80) {
		text := strings.Join(refundtest.Source(c.policy, c.Case), "\n")
		if strings.Contains(text, " more */") || strings.Contains(text, "…") {
			continue
		}
		fmt.Fprintf(&program, "{\n%s\nfmt.Println(policy.Digest(), c.Digest())\n}\n", text)
		want = append(want, c.policy.Digest().String()+" "+c.Digest().String())
	}
	program.WriteString("}\n")
	if len(want) < 50 {
		t.Errorf("only %d cases", len(want))
	}

	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	mod := regexp.MustCompile(`(?m)^module .*$`).ReplaceAllString(read("go.mod"), "module paste")
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":  mod + "\nrequire github.com/kasperinfotech/refundpolicy v0.0.0\n\nreplace github.com/kasperinfotech/refundpolicy => " + filepath.ToSlash(root) + "\n",
		"go.sum":  read("go.sum"),
		"main.go": program.String(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.Command("go", "run", "-ldflags=-s -w", ".")
	run.Dir = dir
	run.Env = append(os.Environ(), "PWD="+dir, "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%.4000s", err, out)
	}
	got := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d lines for %d cases", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("the source of case %d builds another case", i)
		}
	}
}
