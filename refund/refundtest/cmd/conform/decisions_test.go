package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/internal/decide"
)

func init() {
	programs["decides"] = func(in io.Reader, out io.Writer) int { return decisions(in, out, decide.Word.Result) }
	programs["releases what is held"] = func(in io.Reader, out io.Writer) int { return decisions(in, out, decide.LeftOpen("held")) }
}

// decisions answers each line of input with the result of the decision on it.
func decisions(in io.Reader, out io.Writer, result func(decide.Word) decide.Result) int {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	w := bufio.NewWriter(out)
	defer w.Flush()
	for lines.Scan() {
		word, err := decide.Read(lines.Bytes())
		if err != nil {
			return 2
		}
		if err := json.NewEncoder(w).Encode(result(word)); err != nil {
			return 2
		}
	}
	return 0
}

func TestDecisions(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		reason, program string
		code            int
		says            []string
	}{
		{"package decision passes all vectors", "decides", exitOK, []string{"\nall                109      0    109\n", "\ngoodwill "}},
		{"a program that leaves a gate open fails, and the report names the gate", "releases what is held", exitFailures, []string{
			"\nFAILED decision/approve-a-stranger-s-request\n  clause: account-access\n  reason: ",
			"\n  kind\n    got:  approved\n    want: missing\n", "\n  gates\n    got:  missing\n    want: [\"held\"]\n",
		}},
		{"a program that answers with outcomes fails every vector", "right", exitFailures, []string{"\nall                  0    109    109\n"}},
		{"a program that writes no line is not judged", "reads and is silent", exitUnusable, []string{"NOTE: the program wrote no line for 109 lines of input\n"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			t.Parallel()
			code, out, errs := conform(t, row.program, "-decisions")
			if code != row.code || errs != "" {
				t.Errorf("status %d, want %d; %s", code, row.code, errs)
			}
			for _, text := range row.says {
				if !strings.Contains(out, text) {
					t.Errorf("no %q in\n%.3000s", text, out)
				}
			}
		})
	}
}

// A program that leaves any gate open fails, and the report names the gate.
func TestEachGateLeftOpenIsNamed(t *testing.T) {
	t.Parallel()
	questions, err := decisionQuestions()
	if err != nil {
		t.Fatal(err)
	}
	var input bytes.Buffer
	for _, q := range questions {
		fmt.Fprintf(&input, "%s\n", q.line)
	}
	for _, gate := range decide.Gates {
		testkit.Row(t, "gate left open: "+gate.Code, func(t *testing.T) {
			var output bytes.Buffer
			if code := decisions(bytes.NewReader(input.Bytes()), &output, decide.LeftOpen(gate.Code)); code != 0 {
				t.Fatalf("status %d", code)
			}
			r := judge(questions, answer{lines: bytes.Split(bytes.TrimSpace(output.Bytes()), []byte("\n"))})
			if r.passed() || len(r.notes) > 0 {
				t.Fatalf("passed %t, notes %q", r.passed(), r.notes)
			}
			for _, f := range r.failures {
				named := false
				for _, d := range f.differences {
					named = named || d.Field == "gates" && strings.Contains(d.Want, `"`+gate.Code+`"`) && !strings.Contains(d.Got, gate.Code)
				}
				if !named {
					t.Errorf("%s does not name the gate: %v", f.name, f.differences)
				}
			}
		})
	}
}
