// Review looks at one refund case as a support desk does: whether the logs show what
// was resolved, who asked, and what may be refunded.
//
//	go run ./examples/review [-format text|json] [-at INSTANT] FOLDER
//
// A folder to try it with is examples/review/sample. A folder holds the case and what is known about it:
//
//   - case.json is a document, as examples/evaluate reads them.
//   - account.json is the customer's account, if it is known: an object of id, holder,
//     username, present and missing (names of particulars of the registration),
//     delegates (account, from, until), reports of unauthorized use (id, made, closed)
//     and attestations (clause, answer, at). Without present and missing, the
//     registration is not known, and without reports, whether there are any; an empty
//     list says that there are none.
//   - logs/*.jsonl are records of calls, recordings and chats (package
//     github.com/kasperinfotech/refundpolicy/evidence/jsonl).
//   - logs/*.csv are call detail records of Asterisk (package evidence/cdr), with the
//     times of the policy's location: the account code is the account's id, and the user
//     field lists the ids of issues, with semicolons between them.
//   - transcripts/ID.vtt is what was said in the call of that id (package
//     evidence/webvtt), by the voices customer, agent and system, from its answer on, or
//     from its start if nobody answered.
//   - The files that the log's media name lie where it says, such as media/C-17.wav.
//
// With -format text, the default, it writes a report for people. With -format json it
// writes one line with one object for programs, amounts and instants as in cases:
//
//	{"subscription":…,"request":…,"location":…,"log":…,"media":[…],"issues":[…],"other_accounts":[…],
//	 "unknown":[…],"damaged":[…],"findings":[…],"range":{…},"outcome":{…},"problems":[…]}
//
// There, findings are those that the review made; the outcome has those of the case
// beside them. Names of people, telephone numbers and what was said are in neither.
//
// The customer's permission to ask counts at the instant of the request. Reports of
// unauthorized use and attestations count at -at, the instant of the decision, which is
// now unless it is given.
//
// What cannot be read is listed as a problem, with its file and line, and the rest is
// reviewed all the same. So is a file of another kind among the logs and transcripts,
// unless its name begins with a point. A file that is not what it was is no problem, but
// a result.
//
// The exit status is 0 if all was read, 1 if there are problems, and 2 for unusable
// arguments, an unreadable folder or case, a case that cannot be judged, or an output
// that cannot be written.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
	_ "time/tzdata" // so that it runs where no zone database is installed

	"github.com/kasperinfotech/refundpolicy/refund"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

const (
	exitOK       = 0
	exitProblems = 1
	exitFailed   = 2
)

// run is main with its surroundings as arguments.
func run(args []string, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintln(stderr, "review:", err)
		return exitFailed
	}
	flags := flag.NewFlagSet("review", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: review [-format text|json] [-at INSTANT] FOLDER")
		flags.PrintDefaults()
	}
	name := flags.String("format", "text", "text or json")
	now := time.Now()
	flags.Func("at", "the instant of the decision, such as 2026-03-17T12:00:00-04:00 (default now)", func(text string) (err error) {
		now, err = time.Parse(time.RFC3339, text)
		return err
	})
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitOK
	} else if err != nil {
		return exitFailed
	}
	format, ok := map[string]func(*review) []byte{"text": text, "json": asJSON}[*name]
	switch {
	case !ok:
		return fail(fmt.Errorf("-format %q is neither text nor json", *name))
	case flags.NArg() != 1:
		flags.Usage()
		return exitFailed
	}

	dir := flags.Arg(0)
	if info, err := os.Stat(dir); err != nil {
		return fail(err)
	} else if !info.IsDir() {
		return fail(fmt.Errorf("%s is no folder", dir))
	}
	r, err := reviewFolder(os.DirFS(dir), now)
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, fault := range invalid.Faults {
			fail(fmt.Errorf("%s: %w", caseFile, fault))
		}
		return exitFailed
	} else if err != nil {
		return fail(err)
	}
	if _, err := stdout.Write(format(r)); err != nil {
		return fail(err)
	}
	if len(r.problems) > 0 {
		return exitProblems
	}
	return exitOK
}
