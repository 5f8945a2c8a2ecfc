package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// An answer is what a program wrote, and how it ended.
type answer struct {
	lines  [][]byte
	cut    bool   // the last line was not ended
	ending string // empty if it ended well
	errors string // the end of its standard error
}

// A program that was stopped may have left others that keep its pipes open. They are
// not waited for longer than this.
const lingering = time.Second

// ask runs a program on the lines of all questions. Its pipes are read and written all at once, so
// that neither side waits for the other. The error is that of a program that cannot be
// started.
func ask(ctx context.Context, timeout time.Duration, command []string, questions []question) (answer, error) {
	var input bytes.Buffer
	for _, q := range questions {
		input.Write(q.line)
		input.WriteByte('\n')
	}
	out := collector{most: 2*len(questions) + 100}
	var errs tail

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &input, &out, &errs
	cmd.WaitDelay = lingering
	err := cmd.Start()
	switch {
	case err == nil:
		err = cmd.Wait()
	case ctx.Err() == nil: // else it was stopped before it began
		return answer{}, err
	}

	var a answer
	a.lines, a.cut = out.done()
	var exit *exec.ExitError
	switch {
	case out.err != nil:
		a.ending = "was stopped: it wrote " + out.err.Error()
	case err == nil:
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		a.ending = fmt.Sprintf("was stopped as the time of -timeout %v was over", timeout)
	case ctx.Err() != nil:
		a.ending = "was stopped"
	case errors.As(err, &exit) && exit.ExitCode() == 1: // as a program may that refused some
	case errors.As(err, &exit):
		a.ending = "ended with " + exit.Error() // "exit status 3", "signal: killed"
	case errors.Is(err, exec.ErrWaitDelay):
		a.ending = "ended, but something that it started kept its output open"
	default:
		a.ending = "could not be run to its end: " + err.Error()
	}
	a.errors = errs.text()
	return a, nil
}

// A collector takes lines, as many as there should be and some more.
type collector struct {
	most  int
	lines [][]byte
	line  []byte // not ended yet
	err   error  // too much was written
}

// An answer is a few kilobytes. Whoever writes a line longer than this writes no
// answers.
const longestLine = 1 << 20

func (c *collector) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		if c.err = c.add(line); c.err != nil {
			return 0, c.err
		}
	}
	return len(p), nil
}

// add takes a line, or what there is of it.
func (c *collector) add(line []byte) error {
	part, ended := bytes.CutSuffix(line, []byte{'\n'})
	if len(c.line)+len(part) > longestLine {
		return errors.New("a line of more than 1 MiB")
	}
	c.line = append(c.line, part...)
	if !ended {
		return nil
	}
	if len(c.lines) == c.most {
		return fmt.Errorf("more than %d lines", c.most)
	}
	c.lines, c.line = append(c.lines, c.line), nil
	return nil
}

// done returns all lines, and whether the last one has no end.
func (c *collector) done() (lines [][]byte, cut bool) {
	if len(c.line) > 0 && c.err == nil {
		return append(c.lines, c.line), true
	}
	return c.lines, false
}

// A tail keeps the end of what is written to it.
type tail struct {
	b       []byte
	dropped bool
}

const longestTail = 4 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if n := len(t.b) - longestTail; n > 0 {
		t.b = append(t.b[:0], t.b[n:]...)
		t.dropped = true
	}
	return len(p), nil
}

func (t *tail) text() string {
	if t.dropped {
		return "…" + string(t.b)
	}
	return string(t.b)
}
