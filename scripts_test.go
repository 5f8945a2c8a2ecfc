package refundpolicy_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// go test passes if no test matches -run, so a script could go on without the test that it
// names once somebody renames the test.
func TestScriptsNameTestsThatExist(t *testing.T) {
	named := 0
	for _, script := range []string{".ci/run", ".ci/long", ".ci/fuzz"} {
		for _, m := range regexp.MustCompile(`(?:\(cd (\S+) && \S*? ?)?go test (\./\S+ )?-run[ =]'?([\w|^$]+)`).FindAllStringSubmatch(read(t, script), -1) {
			dir := filepath.Join(m[1], strings.TrimSpace(m[2]))
			files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
			if err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			for _, file := range files {
				text.WriteString(read(t, file))
			}
			for pattern := range strings.SplitSeq(m[3], "|") {
				if pattern == "^$" { // benchmarks only
					continue
				}
				named++
				test := regexp.MustCompile(`(?m)^func (Test\w*)\(`)
				run := regexp.MustCompile(pattern)
				if !slices.ContainsFunc(test.FindAllStringSubmatch(text.String(), -1), func(m []string) bool { return run.MatchString(m[1]) }) {
					t.Errorf("%s runs %s of %s, which has no such test", script, pattern, dir)
				}
			}
		}
	}
	if named < 3 {
		t.Errorf("only %d names found", named)
	}
}
