package refundtest_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The package is for tests: no package for programs depends on it or on package testing.
func TestProgramsDoNotDependOnTheKit(t *testing.T) {
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
				t.Errorf("%s does not import testing: this test cannot fail", name)
			}
			continue
		}
		if strings.Contains(name, "/internal/") { // counts with the packages that import it
			continue
		}
		n++
		for _, dep := range deps {
			if dep == "testing" || strings.HasPrefix(dep, module+"/refund/refundtest") {
				t.Errorf("%s depends on %s", name, dep)
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d packages found", n)
	}
}
