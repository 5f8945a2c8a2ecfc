package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// The test binary is also the programs under test: the argument after asProgram names one.
const asProgram = "-as-program"

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == asProgram {
		os.Exit(programs[os.Args[2]](os.Stdin, os.Stdout))
	}
	silence = 5 * time.Second
	os.Exit(m.Run())
}

// answerLine returns the right answer to a document, judged by its policy after a change.
func answerLine(number int, text []byte, policy func(*refund.Policy)) []byte {
	d, err := document.Decode(text)
	var o refund.Outcome
	if err == nil {
		policy(&d.Policy)
		o, err = d.Evaluate()
	}
	if err == nil {
		text, err := o.AppendJSON(nil)
		if err != nil {
			panic(err) // documented as always nil
		}
		return append(text, '\n')
	}
	var invalid *refund.InvalidError
	errors.As(err, &invalid)
	refusal := map[string]any{"line": number, "error": err.Error()}
	fields := []string{}
	for _, f := range invalid.Faults {
		fields = append(fields, f.Path)
	}
	refusal["fields"] = fields
	line, err := json.Marshal(refusal)
	if err != nil {
		panic(err)
	}
	return append(line, '\n')
}

// answers answers each line of input. Function edit changes an answer; a status of 0 or
// more from it ends the program.
func answers(in io.Reader, out io.Writer, policy func(*refund.Policy), edit func(number int, line []byte) ([]byte, int)) int {
	w := bufio.NewWriter(out)
	defer w.Flush()
	for line, err := range jsonlines.Read(in) {
		if err != nil {
			return 2
		}
		text, status := edit(line.Number, answerLine(line.Number, line.Text, policy))
		if _, err := w.Write(text); err != nil {
			return 2
		}
		if status >= 0 {
			return status
		}
	}
	return 0
}

func asItIs(*refund.Policy) {}

func whole(_ int, line []byte) ([]byte, int) { return line, -1 }

var programs = map[string]func(in io.Reader, out io.Writer) int{
	"right": func(in io.Reader, out io.Writer) int { return answers(in, out, asItIs, whole) },
	"right, after all is read": func(in io.Reader, out io.Writer) int {
		all, err := io.ReadAll(in)
		if err != nil {
			return 2
		}
		return answers(bytes.NewReader(all), out, asItIs, whole)
	},
	"right, status 1":            func(in io.Reader, out io.Writer) int { answers(in, out, asItIs, whole); return 1 },
	"right, status 4":            func(in io.Reader, out io.Writer) int { answers(in, out, asItIs, whole); return 4 },
	"right, with returns":        func(in io.Reader, out io.Writer) int { return answers(in, out, asItIs, withReturns) },
	"right, loud standard error": loud,
	"a day more": func(in io.Reader, out io.Writer) int {
		return answers(in, out, func(p *refund.Policy) { p.WindowDays++ }, whole)
	},
	"dies half-way": func(in io.Reader, out io.Writer) int {
		return answers(in, out, asItIs, func(n int, line []byte) ([]byte, int) {
			if n < 100 {
				return line, -1
			}
			fmt.Fprintln(os.Stderr, "out of\x1b[31m memory")
			return nil, 3
		})
	},
	"skips refusals": func(in io.Reader, out io.Writer) int {
		return answers(in, out, asItIs, func(_ int, line []byte) ([]byte, int) {
			if bytes.HasPrefix(line, []byte(`{"error"`)) {
				return nil, -1
			}
			return line, -1
		})
	},
	"a line too many": func(in io.Reader, out io.Writer) int {
		answers(in, out, asItIs, whole)
		fmt.Fprintln(out, "done")
		return 0
	},
	"no end of the last line": func(in io.Reader, out io.Writer) int {
		var all bytes.Buffer
		answers(in, &all, asItIs, whole)
		_, _ = out.Write(bytes.TrimSpace(all.Bytes()))
		return 0
	},
	"garbage": func(in io.Reader, out io.Writer) int {
		return answers(in, out, asItIs, func(int, []byte) ([]byte, int) { return []byte("\x00\xff\x1b[2J{]\n"), -1 })
	},
	"reads and hangs": func(in io.Reader, _ io.Writer) int {
		_, _ = io.Copy(io.Discard, in)
		time.Sleep(time.Hour)
		return 0
	},
	"never answers": func(io.Reader, io.Writer) int { time.Sleep(time.Hour); return 0 },
	"dies at once":  func(io.Reader, io.Writer) int { fmt.Fprintln(os.Stderr, "no such module"); return 5 },
	"reads and is silent": func(in io.Reader, _ io.Writer) int {
		_, _ = io.Copy(io.Discard, in)
		fmt.Fprintln(os.Stderr, "no work to do")
		return 0
	},
	"stops reading": func(in io.Reader, out io.Writer) int {
		return answers(in, out, asItIs, func(n int, line []byte) ([]byte, int) {
			if n == 10 {
				_, _ = os.Stdout.Write(line) // some of the others are still in a buffer
				time.Sleep(time.Hour)
			}
			return line, -1
		})
	},
	"writes without end":    func(_ io.Reader, out io.Writer) int { return endless(out, "{}\n") },
	"a line without end":    func(_ io.Reader, out io.Writer) int { return endless(out, "xxxxxxxx") },
	"leaves another behind": leavesAnother,
}

func withReturns(_ int, line []byte) ([]byte, int) {
	return append(bytes.TrimSuffix(line, []byte("\n")), '\r', '\n'), -1
}

func endless(out io.Writer, text string) int {
	block := strings.Repeat(text, 1000)
	for {
		if _, err := io.WriteString(out, block); err != nil {
			return 1
		}
	}
}

// loud writes 3 MB to its standard error before it reads its input.
func loud(in io.Reader, out io.Writer) int {
	for range 3000 {
		fmt.Fprintln(os.Stderr, strings.Repeat("w", 1000))
	}
	return answers(in, out, asItIs, whole)
}

// leavesAnother ends at once, and its child process keeps its output open.
func leavesAnother(io.Reader, io.Writer) int {
	cmd := exec.Command(os.Args[0], asProgram, "sleeps a little")
	cmd.Stdout = os.Stdout
	if err := cmd.Start(); err != nil {
		return 2
	}
	return 0
}

func init() {
	programs["sleeps a little"] = func(io.Reader, io.Writer) int { time.Sleep(6 * time.Second); return 0 }
}

// conform runs conform on one of programs.
func conform(t *testing.T, name string, flags ...string) (code int, out, errs string) {
	t.Helper()
	if _, ok := programs[name]; !ok {
		t.Fatalf("no program %q", name)
	}
	var stdout, stderr bytes.Buffer
	code = run(context.Background(), append(flags, "--", os.Args[0], asProgram, name), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func vectorsOf(t *testing.T) []conformance.Vector {
	t.Helper()
	vectors, err := conformance.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	return vectors
}

func count(t *testing.T) int {
	t.Helper()
	return len(vectorsOf(t))
}

func TestPrograms(t *testing.T) {
	t.Parallel()
	n := count(t)
	all := fmt.Sprintf("\nall             %6d %6d %6d\n", n, 0, n)
	missing := "the vectors have no refusal"
	for _, v := range vectorsOf(t) {
		if v.Want == nil {
			missing = "\nFAILED " + v.Name + "\n  clause: " + v.Clause + "\n  reason: " + v.Reason +
				"\n  line\n    got:  missing\n    want: a refusal\n"
		}
	}
	for _, c := range []struct {
		program, reason string
		code            int
		says            []string
	}{
		{"right", "a right program passes", exitOK, []string{all, "\ncase-2 "}},
		{"right, after all is read", "a program may read all input before it writes", exitOK, []string{all}},
		{"right, status 1", "status 1 reports refused documents, and passes", exitOK, []string{all}},
		{"right, with returns", "a line may end in a carriage return and a line feed", exitOK, []string{all}},
		{"right, loud standard error", "much output on standard error does not block the program", exitOK, []string{all}},
		{"right, status 4", "a program with another status does not pass", exitFailures, []string{all, "NOTE: the program ended with exit status 4"}},
		{"no end of the last line", "the last line needs a line feed", exitFailures, []string{all, "NOTE: the last line of the program has no line feed"}},
		{"a line too many", "a line too many does not pass", exitFailures, []string{all, fmt.Sprintf("NOTE: the program wrote %d lines for %d lines of input", n+1, n)}},
		{"a day more", "a wrong program fails, and the report names the clause", exitFailures, []string{
			"\nFAILED guarantee/closing-instant\n  clause: guarantee\n  reason: ",
			"  verdict\n    got:  full\n    want: window_closed\n",
			"  window.closes\n    got:  2026-03-18T04:00:00Z\n    want: 2026-03-17T04:00:00Z\n",
		}},
		{"dies half-way", "the lines before a crash are compared, and the crash is reported", exitFailures, []string{
			"NOTE: the program ended with exit status 3\n", "NOTE: the program wrote 99 lines", "  | out of\\x1b[31m memory\n", "    got:  missing\n    want: an outcome\n",
			"guarantee           99     20    119\n", missing,
		}},
		{"skips refusals", "a missing line shifts the others", exitFailures, []string{"line n is compared with the answer to input line n", "FAILED "}},
		{"garbage", "an answer that is not JSON is shown with control characters escaped", exitFailures, []string{`got:  \x00\xff\x1b[2J{]`}},
		{"dies at once", "a program that crashes without a line is not judged", exitUnusable, []string{"ended with exit status 5", "no such module"}},
		{"reads and is silent", "a program that ends without a line is not judged", exitUnusable, []string{"NOTE: the program wrote no line for ", "  | no work to do\n"}},
		{"writes without end", "a program that writes too many lines is stopped", exitFailures, []string{fmt.Sprintf("was stopped: it wrote more than %d lines", 2*n+100)}},
		{"a line without end", "a program with a line of more than 1 MiB is stopped", exitUnusable, []string{"was stopped: it wrote a line of more than 1 MiB"}},
	} {
		t.Run(c.program, func(t *testing.T) {
			t.Parallel()
			if c.reason == "" {
				t.Fatal("no reason")
			}
			code, out, errs := conform(t, c.program)
			if code != c.code || errs != "" {
				t.Errorf("%s: status %d, want %d; %s", c.reason, code, c.code, errs)
			}
			for _, text := range c.says {
				if !strings.Contains(out, text) {
					t.Errorf("%s: %q is not in\n%.3000s", c.reason, text, out)
				}
			}
			if strings.ContainsAny(out, "\x00\x1b") {
				t.Errorf("%s: control characters in the report", c.reason)
			}
			lines := strings.Split(strings.TrimSpace(out), "\n")
			if judged := c.code != exitUnusable; strings.HasPrefix(lines[len(lines)-1], "all  ") != judged || strings.Contains(out, "FAILED ") && !judged {
				t.Errorf("%s: the summary of the vectors must come last, and is left out without an answer:\n%.3000s", c.reason, out)
			}
		})
	}
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		program, reason string
		code            int
		says            string
	}{
		{"never answers", "a program that neither reads nor writes is stopped", exitUnusable, "NOTE: the program was stopped after -timeout 1s\nNOTE: the program wrote no line"},
		{"stops reading", "a program that stops reading is stopped", exitFailures, "NOTE: the program was stopped after -timeout 1s\nNOTE: the program wrote "},
	} {
		t.Run(c.program, func(t *testing.T) {
			t.Parallel()
			started := time.Now()
			code, out, errs := conform(t, c.program, "-timeout", "1s")
			if code != c.code || errs != "" || !strings.Contains(out, c.says) {
				t.Errorf("%s: status %d, %s\n%.1000s", c.reason, code, errs, out)
			}
			if took := time.Since(started); took > 20*time.Second {
				t.Errorf("%s: took %v", c.reason, took)
			}
		})
	}
	t.Run("reads and hangs", func(t *testing.T) {
		t.Parallel()
		started := time.Now()
		code, out, _ := conform(t, "reads and hangs")
		want := "NOTE: the program was stopped: it wrote no line in the 5s after it had read all input\nNOTE: the program wrote no line for "
		if code != exitUnusable || !strings.HasPrefix(out, want) || strings.Count(out, "\n") != 2 || time.Since(started) > 30*time.Second {
			t.Errorf("status %d after %v\n%.1000s", code, time.Since(started), out)
		}
	})
	t.Run("leaves another behind", func(t *testing.T) {
		t.Parallel()
		code, out, _ := conform(t, "leaves another behind")
		if code != exitUnusable || !strings.Contains(out, "kept its output open") {
			t.Errorf("status %d, %.1000s", code, out)
		}
	})
	t.Run("canceled before it began", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		var out bytes.Buffer
		if code := run(ctx, []string{"--", os.Args[0], asProgram, "never answers"}, &out, io.Discard); code != exitUnusable || !strings.Contains(out.String(), "was stopped") {
			t.Errorf("status %d, %.1000s", code, out.String())
		}
	})
	t.Run("canceled", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		var out bytes.Buffer
		if code := run(ctx, []string{"--", os.Args[0], asProgram, "never answers"}, &out, io.Discard); code != exitUnusable || !strings.Contains(out.String(), "was stopped") {
			t.Errorf("status %d, %.1000s", code, out.String())
		}
	})
}

func TestArguments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		reason string
		args   []string
		code   int
		says   string
	}{
		{"a program is required", nil, exitUnusable, "usage: conform"},
		{"a program is required after the dashes", []string{"--"}, exitUnusable, "usage: conform"},
		{"an unknown flag is an error", []string{"-fast", "--", "x"}, exitUnusable, "-fast"},
		{"the time limit must be positive", []string{"-timeout", "0s", "--", "x"}, exitUnusable, "is not positive"},
		{"a missing program is an error", []string{"--", filepath.Join(t.TempDir(), "nobody")}, exitUnusable, "nobody"},
		{"-h prints the usage and is not an error", []string{"-h"}, exitOK, "usage: conform"},
	} {
		var out, errs bytes.Buffer
		code := run(context.Background(), c.args, &out, &errs)
		if code != c.code || !strings.Contains(errs.String(), c.says) || out.Len() > 0 {
			t.Errorf("%s: status %d, %s%s", c.reason, code, out.String(), errs.String())
		}
	}
	if code := run(context.Background(), []string{"--", os.Args[0], asProgram, "right"}, brokenWriter{}, io.Discard); code != exitUnusable {
		t.Errorf("status %d for a report that cannot be written", code)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken") }
