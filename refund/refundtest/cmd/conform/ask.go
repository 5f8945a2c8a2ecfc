package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync/atomic"
	"time"
)

// An answer is the output of a program and the way it ended.
type answer struct {
	lines  [][]byte
	cut    bool   // the last line has no line feed
	ending string // a phrase such as "ended with exit status 3", or "" for success
	errors string // the end of its standard error
}

// lingering is how long a stopped program's children may keep its pipes open.
const lingering = time.Second

// silence is the time that a program has for its first line after it has read all input. It
// is a variable for the tests.
var silence = 10 * time.Second

var errSilent = errors.New("no line was written")

// ask runs a program on the lines of all questions. It reads and writes the pipes at the
// same time, so that neither side waits for the other. It returns an error if the program
// cannot be started.
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
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	whenRead := func() {
		time.AfterFunc(silence, func() {
			if !out.written.Load() {
				stop(errSilent)
			}
		})
	}
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &watchedReader{&input, whenRead}, &out, &errs
	cmd.WaitDelay = lingering
	err := cmd.Start()
	switch {
	case err == nil:
		err = cmd.Wait()
	case ctx.Err() == nil: // otherwise it was stopped before it began
		return answer{}, err
	}

	var a answer
	a.lines, a.cut = out.done()
	var exit *exec.ExitError
	switch {
	case out.err != nil:
		a.ending = "was stopped: it wrote " + out.err.Error()
	case err == nil:
	case context.Cause(ctx) == errSilent:
		a.ending = fmt.Sprintf("was stopped: it wrote no line in the %v after it had read all input", silence)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		a.ending = fmt.Sprintf("was stopped after -timeout %v", timeout)
	case ctx.Err() != nil:
		a.ending = "was stopped"
	case errors.As(err, &exit) && exit.ExitCode() == 1: // status 1: it refused some lines
	case errors.As(err, &exit):
		a.ending = "ended with " + exit.Error() // "exit status 3", "signal: killed"
	case errors.Is(err, exec.ErrWaitDelay):
		a.ending = "ended, but a process that it started kept its output open"
	default:
		a.ending = "failed: " + err.Error()
	}
	a.errors = errs.text()
	return a, nil
}

// A watchedReader calls a function at its end.
type watchedReader struct {
	io.Reader
	atEnd func()
}

func (r *watchedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err == io.EOF {
		r.atEnd()
	}
	return n, err
}

// A collector collects lines, and returns an error for too many or too long ones.
type collector struct {
	most    int
	lines   [][]byte
	line    []byte      // without its end so far
	err     error       // of a line too many or too long
	written atomic.Bool // there is a line
}

// longestLine is the length of the longest line in bytes. An answer has a few thousand.
const longestLine = 1 << 20

func (c *collector) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		if c.err = c.add(line); c.err != nil {
			return 0, c.err
		}
	}
	return len(p), nil
}

// add adds a line or a part of one.
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
	c.written.Store(true)
	return nil
}

// done returns all lines and reports whether the last one has no line feed.
func (c *collector) done() (lines [][]byte, cut bool) {
	if len(c.line) > 0 && c.err == nil {
		return append(c.lines, c.line), true
	}
	return c.lines, false
}

// A tail keeps the last bytes written to it.
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
