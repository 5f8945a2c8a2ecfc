package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// An indented case is refused once, with the id, and the cases around it are evaluated.
func TestIndentedCaseIsRefusedOnce(t *testing.T) {
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(numbered(t, 7)), "", "  "); err != nil {
		t.Fatal(err)
	}
	in := numbered(t, 1) + "\n" + indented.String() + "\n" + numbered(t, 2) + "\n"
	last := strings.Count(indented.String(), "\n") + 2
	code, out, _ := evaluate(t, in, "-format", "json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	want := fmt.Sprintf(`{"line":2,"subscription":"SUB-00000007","error":"refund: invalid input: is spread over lines 2 to %d: write one document a line, as jq -c does","fields":[""]}`, last)
	if code != exitRefused || len(lines) != 3 || lines[1] != want {
		t.Errorf("status %d\n%s", code, out)
	}
	_, out, _ = evaluate(t, in, "-format", "table")
	if strings.Count(out, "refused: ") != 1 || !strings.Contains(out, "SUB-00000007    refused: is spread over lines 2 to") {
		t.Errorf("table:\n%s", out)
	}
}
