package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// A state is how far a run is: all seeds from From up to Next, and none besides, have
// been tried.
type state struct {
	From   int64 `json:"from"`
	Next   int64 `json:"next"`
	Oracle int64 `json:"oracle"`

	Tally tally `json:"tally"`

	// Sample is the digest of the first cases, by which others are known.
	Sample digest `json:"sample"`
}

// sampled is how many cases a sample is of.
const sampled = 50

// load reads a state that was saved for the same run, if one was.
func (s *state) load(file string, evaluate refundtest.Evaluator) error {
	sample, broken := tryAll(evaluate, subjects(), s.From, s.From+sampled, 0)
	if broken != nil {
		sample = tally{} // the run will come to it
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		s.Sample = sample.Digest
		return nil
	}
	if err != nil {
		return err
	}
	var saved state
	if err := json.Unmarshal(text, &saved); err != nil {
		return fmt.Errorf("%s is no state: %w", file, err)
	}
	switch {
	case saved.From != s.From || saved.Oracle != s.Oracle || saved.Next < saved.From:
		return fmt.Errorf("%s is the state of another run, with -from %d -oracle %d", file, saved.From, saved.Oracle)
	case saved.Sample != sample.Digest:
		return fmt.Errorf("%s is of other cases or outcomes than those of today: begin anew without it", file)
	}
	*s = saved
	return nil
}

// save writes the state in one step: a file that is there is a whole one.
func (s *state) save(file string) error {
	text, err := json.MarshalIndent(s, "", "\t")
	if err != nil {
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	_, err = next.Write(append(text, '\n'))
	if err = errors.Join(err, next.Close()); err == nil {
		err = os.Rename(next.Name(), file)
	}
	if err != nil {
		os.Remove(next.Name())
	}
	return err
}

func (s *state) show(w io.Writer) {
	fmt.Fprintf(w, "%d cases, seeds %d to %d, %d of them held to the oracle\n", s.Next-s.From, s.From, s.Next-1, s.Tally.Asked)
	for _, verdict := range slices.Sorted(maps.Keys(s.Tally.Verdicts)) {
		fmt.Fprintf(w, "%12d %s\n", s.Tally.Verdicts[verdict], verdict)
	}
	fmt.Fprintf(w, "digest of all outcomes: %v\n", s.Tally.Digest)
}

// A tally is what cases came to, in whatever order they were tried.
type tally struct {
	Asked    int64            `json:"asked"` // held to the oracle
	Verdicts map[string]int64 `json:"verdicts"`
	Digest   digest           `json:"digest"`
}

// add adds what other cases came to.
func (t *tally) add(u tally) {
	t.Asked += u.Asked
	if t.Verdicts == nil {
		t.Verdicts = map[string]int64{}
	}
	for verdict, n := range u.Verdicts {
		t.Verdicts[verdict] += n
	}
	t.Digest.add(u.Digest)
}

// A digest is that of a set of cases with their outcomes: the digests of each, added
// bit by bit.
type digest [32]byte

func (d *digest) add(e digest) {
	for i := range d {
		d[i] ^= e[i]
	}
}

func (d digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText returns the hexadecimal digits.
func (d digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads hexadecimal digits.
func (d *digest) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(d)) {
		return fmt.Errorf("a digest of %d digits", len(text))
	}
	_, err := hex.Decode(d[:], text)
	return err
}
