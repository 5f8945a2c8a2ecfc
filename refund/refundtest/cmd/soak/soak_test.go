package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/internal/oracle"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

var right refundtest.Evaluator = refund.Policy.Evaluate

// ignoresPaid is wrong for who has not paid everything.
func ignoresPaid(p refund.Policy, c refund.Case) (refund.Outcome, error) {
	c.Subscription.Paid = c.Subscription.Price
	return p.Evaluate(c)
}

// soaked runs the program.
func soaked(ctx context.Context, evaluate refundtest.Evaluator, args ...string) (status int, stdout, stderr string) {
	var out, errs strings.Builder
	status = run(ctx, evaluate, args, &out, &errs)
	return status, out.String(), errs.String()
}

// part returns what a pattern's group matches.
func part(t *testing.T, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("nothing like %s in:\n%s", pattern, text)
	}
	return m[1]
}

func digestIn(t *testing.T, text string) string {
	return part(t, text, `digest of all outcomes: (\w{64})\n`)
}

// Blocks are the seeds that are left, each once and in order, none of them empty.
func TestBlocks(t *testing.T) {
	const last = math.MaxInt64
	tests := []struct {
		reason     string
		next, upTo int64
		blocks     int
	}{
		{"one seed is a block", 1, 2, 1},
		{"as many as a worker takes in hand are one block", 1, 1 + blockLength, 1},
		{"one more is a block of its own", 1, 2 + blockLength, 2},
		{"a run that goes on has what is left of it", 7001, 7001 + 3*blockLength, 3},
		{"nothing is left of a run that is done", 7001, 7001, 0},
		{"no seed is past the last", last - blockLength, last, 1},
		{"the last block before it is a short one", last - blockLength - 1, last, 2},
	}
	for _, test := range tests {
		if test.reason == "" {
			t.Fatal("a row without a reason")
		}
		t.Run(test.reason, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			s := &soak{upTo: test.upTo, state: state{Next: test.next}}
			next, blocks := test.next, 0
			for b := range s.blocks(ctx) {
				if b.from != next || b.upTo <= b.from || b.upTo > test.upTo || b.upTo-b.from > blockLength {
					t.Fatalf("block %d is of seeds from %d up to %d, after %d", blocks, b.from, b.upTo, next)
				}
				next, blocks = b.upTo, blocks+1
			}
			if next != test.upTo || blocks != test.blocks {
				t.Errorf("%d blocks up to seed %d, want %d up to %d", blocks, next, test.blocks, test.upTo)
			}
		})
	}
}

// What a run comes to is what its cases come to, one after the other.
func TestWhatCasesComeTo(t *testing.T) {
	const from, upTo = 101, 101 + 2*blockLength + 50
	cases := subjects()
	verdicts := map[string]int{}
	var sum [32]byte
	for seed := from; seed < upTo; seed++ {
		s := cases.Example(seed)
		o, err := s.policy.Evaluate(s.c)
		if err != nil {
			t.Fatal(err)
		}
		verdicts[o.Verdict.String()]++
		outcome := o.Digest()
		text := append([]byte{0, 0, 0, 0, 0, 0, byte(seed >> 8), byte(seed)}, outcome[:]...)
		for i, b := range sha256.Sum256(text) {
			sum[i] = sum[i] ^ b
		}
	}
	want := fmt.Sprintf("%d cases, seeds %d to %d, 0 of them held to the oracle\n", upTo-from, from, upTo-1)
	for _, verdict := range slices.Sorted(maps.Keys(verdicts)) {
		want += fmt.Sprintf("%12d %s\n", verdicts[verdict], verdict)
	}
	want += fmt.Sprintf("digest of all outcomes: %x\nno law is broken\n", sum)
	status, out, errs := soaked(t.Context(), right, "-n", fmt.Sprint(upTo-from), "-from", fmt.Sprint(from), "-oracle", "0")
	if status != exitOK || out != want {
		t.Errorf("status %d: %s%s\nwant\n%s", status, errs, out, want)
	}
}

func TestNoLawIsBroken(t *testing.T) {
	status, out, errs := soaked(t.Context(), right, "-n", "1000", "-from", "101")
	if status != exitOK || errs != "" {
		t.Errorf("status %d: %s", status, errs)
	}
	for _, want := range []string{"1000 cases, seeds 101 to 1100, 16 of them held to the oracle\n", " deducted\n", "no law is broken\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("not told: %q in\n%s", want, out)
		}
	}
}

func TestAWrongEvaluatorIsCaught(t *testing.T) {
	tests := []struct {
		reason   string
		evaluate refundtest.Evaluator
		tells    string
	}{
		{"what was not paid is not given back", ignoresPaid, "laws/basis"},
		{"a clause that is broken is named", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			o, err := p.Evaluate(c)
			o.Refundable = o.Entitlement
			return o, err
		}, "(cap)"},
		{"a panic breaks a law", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			if len(c.Issues) == 4 {
				panic("four")
			}
			return p.Evaluate(c)
		}, "panic: four, at soak_test.go"},
		{"a case that can be judged is not refused", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			if c.Request.TakenBy != "" {
				return refund.Outcome{}, errors.New("not today")
			}
			return p.Evaluate(c)
		}, "not today"},
	}
	for _, test := range tests {
		if test.reason == "" {
			t.Fatal("a row without a reason")
		}
		t.Run(test.reason, func(t *testing.T) {
			status, out, _ := soaked(t.Context(), test.evaluate, "-n", "3000", "-workers", "1")
			if status != exitBroken || !strings.Contains(out, test.tells) || strings.Count(out, "\n") > 40 {
				t.Errorf("status %d:\n%s", status, out)
			}
			seed := part(t, out, `^seed (\d+) breaks a law`)
			// The same one is found whoever is faster, and is found again alone.
			status, again, _ := soaked(t.Context(), test.evaluate, "-n", "3000", "-workers", "5")
			if status != exitBroken || part(t, again, `^seed (\d+) breaks a law`) != seed {
				t.Errorf("with five workers, status %d:\n%s", status, again)
			}
			status, alone, _ := soaked(t.Context(), test.evaluate, "-case", seed)
			if status != exitBroken || !strings.HasSuffix(alone, out) {
				t.Errorf("alone, status %d:\n%s", status, alone)
			}
			// To go on is to come to it again.
			file := filepath.Join(t.TempDir(), "state")
			for range 2 {
				status, out, _ := soaked(t.Context(), test.evaluate, "-n", "3000", "-state", file)
				if status != exitBroken || part(t, out, `^seed (\d+) breaks a law`) != seed {
					t.Errorf("with a state, status %d:\n%s", status, out)
				}
			}
			if status, alone, _ = soaked(t.Context(), right, "-case", seed); status != exitOK || !strings.HasSuffix(alone, "no law is broken\n") {
				t.Errorf("of the right one, status %d:\n%s", status, alone)
			}
		})
	}
}

func TestWhatCannotBeTakenBreaksNoLaw(t *testing.T) {
	status, out, _ := soaked(t.Context(), func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if p.Location != time.UTC {
			return refund.Outcome{}, errors.ErrUnsupported
		}
		return p.Evaluate(c)
	}, "-n", "500")
	if status != exitOK {
		t.Errorf("status %d:\n%s", status, out)
	}
}

// The oracle is asked about what the laws have nothing against, when it is its turn.
func TestTheOracleIsAsked(t *testing.T) {
	cases := subjects()
	seed := int64(1)
	for ; ; seed++ {
		s := cases.Example(int(seed))
		if o, err := ignoresPaid(s.policy, s.c); err == nil && oracle.Objections(s.policy, s.c, o) != nil {
			break
		}
	}
	calls, all := 0, 0
	counted := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if calls++; calls == all {
			return ignoresPaid(p, c) // the laws have asked before
		}
		return p.Evaluate(c)
	}
	if _, _, err := try(counted, cases, seed, true); err != nil {
		t.Fatal(err)
	}
	all = calls
	for ask, want := range map[bool]error{true: errObjected, false: nil} {
		calls = 0
		if _, _, err := try(counted, cases, seed, ask); err != want || calls != all {
			t.Errorf("asked %v, %d calls of %d: %v, want %v", ask, calls, all, err, want)
		}
	}
}

// What the oracle alone objects to has the smallest case of a seed that shows it.
func TestObjectionsOfTheOracleShrink(t *testing.T) {
	cases := subjects()
	for seed := int64(1); ; seed++ {
		s, _, err := try(right, cases, seed, true)
		if err != nil {
			t.Fatal(err)
		}
		o, err := ignoresPaid(s.policy, s.c)
		if err != nil || oracle.Objections(s.policy, s.c, o) == nil || len(s.c.Issues) < 3 {
			continue
		}
		var f *refundtest.Failure
		b := (&breach{seed, errObjected}).shrunk(ignoresPaid)
		if !errors.As(b.err, &f) || f.Got == "" || b.seed != seed {
			t.Fatalf("breach is %+v", b)
		}
		if len(f.Case.Issues) > 0 || len(f.Case.Findings) > 0 || !f.Policy.Equal(refund.Published(time.UTC)) {
			t.Errorf("not the smallest: %v", f)
		}
		return
	}
}

func TestAStoppedRunGoesOn(t *testing.T) {
	const n = "1700"
	_, whole, _ := soaked(t.Context(), right, "-n", n, "-oracle", "100")
	file := filepath.Join(t.TempDir(), "state")
	args := []string{"-n", n, "-oracle", "100", "-state", file}
	stops := 0
	for {
		ctx, stop := context.WithCancel(t.Context())
		var calls atomic.Int64
		stopping := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			if calls.Add(1) == 10_000 { // some hundred cases
				stop()
			}
			return p.Evaluate(c)
		}
		status, out, errs := soaked(ctx, stopping, append(args, "-workers", fmt.Sprint(1+stops%3))...)
		stop()
		if goesOn := strings.Contains(errs, "going on from seed "); goesOn != (stops > 0) {
			t.Errorf("stopped %d times: %s", stops, errs)
		}
		if status == exitOK {
			if digestIn(t, out) != digestIn(t, whole) || out != whole {
				t.Errorf("stopped %d times:\n%s\nnever:\n%s", stops, out, whole)
			}
			break
		}
		if stops++; status != exitStopped || stops > 20 {
			t.Fatalf("stop %d, status %d: %s%s", stops, status, out, errs)
		}
		if part(t, out, `seeds \d+ to (\d+) are left`) != n {
			t.Errorf("what is left does not end with seed %s:\n%s", n, out)
		}
	}
	if stops < 2 {
		t.Errorf("stopped %d times", stops)
	}
	// Later more can be added.
	_, longer, _ := soaked(t.Context(), right, "-n", "1800", "-oracle", "100")
	if _, out, _ := soaked(t.Context(), right, "-n", "1800", "-oracle", "100", "-state", file); out != longer {
		t.Errorf("with more cases:\n%s\nwant\n%s", out, longer)
	}
}

// A machine that is lost leaves the state of some instant: any of them will do.
func TestEveryNotedStateIsWhole(t *testing.T) {
	_, whole, _ := soaked(t.Context(), right, "-n", "1600", "-oracle", "0")
	dir := t.TempDir()
	var files []string
	s := &soak{evaluate: right, workers: 3, upTo: 1601, state: state{From: 1, Next: 1}}
	if err := s.state.load(filepath.Join(dir, "none"), right); err != nil {
		t.Fatal(err)
	}
	note := func() error {
		files = append(files, filepath.Join(dir, fmt.Sprint(len(files))))
		return s.state.save(files[len(files)-1])
	}
	if broken, err := s.run(t.Context(), io.Discard, 5*time.Millisecond, note); broken != nil || err != nil {
		t.Fatal(broken, err)
	}
	if s.state.Next != s.upTo || len(files) < 2 {
		t.Errorf("at the end, after %d notes, seed %d is next, want %d", len(files), s.state.Next, s.upTo)
	}
	for _, file := range []string{files[0], files[len(files)/2], files[len(files)-1]} {
		if status, out, errs := soaked(t.Context(), right, "-n", "1600", "-oracle", "0", "-state", file); status != exitOK || out != whole {
			t.Errorf("from state %s of %d, status %d %s:\n%s\nwant\n%s", filepath.Base(file), len(files), status, errs, out, whole)
		}
	}
}

func TestProgressHasTheSeedsInHand(t *testing.T) {
	var calls atomic.Int64
	slow := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if calls.Add(1)%1000 == 0 {
			time.Sleep(time.Millisecond)
		}
		return p.Evaluate(c)
	}
	status, _, errs := soaked(t.Context(), slow, "-n", "1100", "-from", "7001", "-workers", "2", "-every", "1ms")
	if status != exitOK {
		t.Errorf("status %d", status)
	}
	for _, want := range []string{"worker 1: seeds 7", "worker 2: seeds 7", " of 1100 cases"} {
		if !strings.Contains(errs, want) {
			t.Errorf("not told: %q in\n%s", want, errs)
		}
	}
}

func TestTell(t *testing.T) {
	tests := []struct {
		reason string
		s      soak
		inHand []block
		took   time.Duration
		want   string
	}{
		{"how long it takes is known after the first block", soak{upTo: 2101, first: 101, state: state{From: 101, Next: 101}},
			[]block{{from: 101, upTo: 601}}, time.Second, "soak: 0 of 2000 cases; worker 1: seeds 101 to 600\n"},
		{"a run that goes on is as fast as since then", soak{upTo: 2101, first: 601, state: state{From: 101, Next: 1101}},
			[]block{{from: 1101, upTo: 1601}, {}, {from: 1601, upTo: 2101}}, 2 * time.Second,
			"soak: 1000 of 2000 cases, 250 a second, 4s left; worker 1: seeds 1101 to 1600; worker 3: seeds 1601 to 2100\n"},
		{"nobody waits for what is done", soak{upTo: 2101, first: 101, state: state{From: 101, Next: 2101}},
			[]block{{}}, 4 * time.Second, "soak: 2000 of 2000 cases, 500 a second, 0s left\n"},
		{"a case takes some time, whatever the clock says", soak{upTo: 2101, first: 101, state: state{From: 101, Next: 601}},
			nil, 0, "soak: 500 of 2000 cases, 1000000000 a second, 0s left\n"},
	}
	for _, test := range tests {
		if test.reason == "" {
			t.Fatal("a row without a reason")
		}
		t.Run(test.reason, func(t *testing.T) {
			var out strings.Builder
			test.s.tell(&out, test.inHand, test.took)
			if out.String() != test.want {
				t.Errorf("told %q, want %q", out.String(), test.want)
			}
		})
	}
}

func TestTheLastSeeds(t *testing.T) {
	last := fmt.Sprint(math.MaxInt)
	status, out, errs := soaked(t.Context(), right, "-n", "1", "-from", fmt.Sprint(math.MaxInt-1))
	if want := "1 cases, seeds " + fmt.Sprint(math.MaxInt-1); status != exitOK || !strings.HasPrefix(out, want) {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	if status, out, errs := soaked(t.Context(), right, "-case", last); status != exitOK {
		t.Errorf("seed %s, status %d: %s%s", last, status, out, errs)
	}
}

func TestAStateThatCannotBeSavedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "state")
	if err := os.Mkdir(file, 0o755); err != nil {
		t.Fatal(err)
	}
	var s state
	if err := s.save(file); err == nil {
		t.Error("a folder was written over")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left are %v, %v", left, err)
	}
}

func TestUnusableStates(t *testing.T) {
	dir := t.TempDir()
	saved := filepath.Join(dir, "saved")
	if status, _, errs := soaked(t.Context(), right, "-n", "60", "-state", saved); status != exitOK {
		t.Fatal(errs)
	}
	text, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	otherwise := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.Version = "2"
		return p.Evaluate(c)
	}
	tests := []struct {
		reason   string
		evaluate refundtest.Evaluator
		args     []string
	}{
		{"the seeds begin elsewhere", right, []string{"-from", "2", "-state", saved}},
		{"the oracle is asked as often", right, []string{"-oracle", "3", "-state", saved}},
		{"outcomes are others by now", otherwise, []string{"-state", saved}},
		{"cases are others by now", right, []string{"-state", write("sample", strings.Replace(string(text), `"sample": "`, `"sample": "`+"0", 1))}},
		{"a text is cut off", right, []string{"-state", write("cut", string(text[:40]))}},
		{"a digest is short", right, []string{"-state", write("short", `{"sample": "00"}`)}},
		{"a digest has digits", right, []string{"-state", write("digits", `{"sample": "`+strings.Repeat("x", 64)+`"}`)}},
		{"a folder is no file", right, []string{"-state", dir}},
		{"a folder that is not there holds nothing", right, []string{"-state", filepath.Join(dir, "none", "state")}},
		{"an option is spelt right", right, []string{"-cases", "60"}},
		{"nothing but options is taken", right, []string{"60"}},
		{"some cases are to be tried", right, []string{"-n", "0"}},
		{"somebody is to work", right, []string{"-workers", "0"}},
		{"seeds are from 1 on", right, []string{"-from", "0"}},
		{"a case has a seed from 1 on", right, []string{"-case", "-1"}},
		{"seeds end somewhere", right, []string{"-from", "9223372036854775807"}},
		{"progress is told after some time", right, []string{"-every", "0"}},
	}
	for _, test := range tests {
		if test.reason == "" {
			t.Fatal("a row without a reason")
		}
		t.Run(test.reason, func(t *testing.T) {
			status, out, errs := soaked(t.Context(), test.evaluate, append([]string{"-n", "60"}, test.args...)...)
			if status != exitFailed || out != "" || errs == "" {
				t.Errorf("status %d: %s%s", status, out, errs)
			}
		})
	}
	after, err := os.ReadFile(saved)
	if err != nil || string(after) != string(text) {
		t.Errorf("a refused state was written over: %s, %v", after, err)
	}
}
