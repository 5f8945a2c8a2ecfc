package refundtest_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The kit is for tests: no package that a program may import has it, or package
// testing, in what it is built of.
func TestNothingOfTheKitIsInAProgram(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command on this machine")
	}
	const module = "github.com/kasperinfotech/refundpolicy"
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, module+"/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(out)) {
		packages := strings.Fields(line)
		name, deps := packages[0], packages[1:]
		if (name + "/")[:min(len(name)+1, len(module+"/refund/refundtest/"))] == module+"/refund/refundtest/" {
			if name == module+"/refund/refundtest" && !slices.Contains(deps, "testing") {
				t.Errorf("%s does not import testing: this test sees nothing", name)
			}
			continue
		}
		if strings.Contains(name, "/internal/") { // counts with what imports it
			continue
		}
		n++
		for _, dep := range deps {
			if dep == "testing" || strings.HasPrefix(dep, module+"/refund/refundtest") {
				t.Errorf("%s is built of %s", name, dep)
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d packages found", n)
	}
}
