// Review reports on one refund case for a support desk: whether the logs show the resolution
// of each issue, who asked for the refund, and how much may be refunded.
//
//	go run ./examples/review [-format text|json | -note | -picture] [-width N] [-at INSTANT] FOLDER
//
// Try it with the folder examples/review/sample. A folder has the case and the known facts
// about it. Only case.json is required:
//
//   - case.json is a document, as examples/evaluate reads it.
//   - account.json is the customer's account: an object of id, holder, username, present
//     and missing (names of particulars of the registration), delegates (account, from,
//     until), reports of unauthorized use (id, made, closed) and attestations (clause,
//     answer, at). Without present and missing, the registration is unknown. Without
//     reports, it is unknown whether there are any; an empty list states that there are not.
//   - tickets/*.zendesk.json and tickets/*.jira.json are the histories of tickets (package
//     evidence/tickets). Their issues are added to those of the case, which then needs no
//     list of its own. If an issue is in both and differs, the case decides, and the
//     difference is a warning. If a record names a merged ticket, it counts for the issue
//     that the ticket was merged into.
//   - logs/*.jsonl are records of calls, recordings and chats (package evidence/jsonl).
//   - logs/*.csv are call detail records of Asterisk (package evidence/cdr).
//   - logs/*.freepbx.csv are exports of FreePBX, and logs/*.teamviewer.csv are reports of
//     TeamViewer (package evidence/csvlog).
//   - In these three, the account code is the id of the account. The user field of a call,
//     or the notes of a session, lists ids of issues, separated by semicolons. Times of
//     calls are local times of the policy's location.
//   - logs/*.zendesk.json and logs/*.intercom.json are chats (package evidence/chats).
//     customers.json names the accounts of the help desk's customers: {"8810": "ACC-7"}.
//   - transcripts/ID.vtt is the transcript of the call with that id (package
//     evidence/webvtt). Its times count from the answer or, if nobody answered, from the
//     start of the call.
//   - sides.json names the side of each voice: {"Ann": "agent", "Chris": "customer"}.
//     Without it, the voices are customer, agent and system. Messages of other voices are
//     left out, and the report lists these voices.
//   - The files that the log's media name are in the folder, such as media/C-17.wav.
//
// With -format text, the default, it writes a report for people, in lines of at most 80
// characters; -width sets another limit. With -format json it writes one line with an object
// for programs. Amounts and instants in it have the same form as in cases:
//
//	{"subscription":…,"request":…,"location":…,"log":…,"media":[…],"issues":[…],"asked":[…],
//	 "other_accounts":[…],"unknown":[…],"damaged":[…],"findings":[…],"figures":{…},"outcome":{…},
//	 "tickets":[…],"voices":[…],"problems":[…],"warnings":[…]}
//
// With -note it writes the note for the agent in place of the report: the reasons of the
// outcome, the amounts by the evidence, and the facts that would change the result. With
// -picture it writes a picture of the case as SVG, with the amounts of a case on hold. Both
// are for the company only, and neither lists problems: standard error has their number.
//
// The member findings has only the findings of the review; the outcome also has those of the
// case. Neither format has names of people, telephone numbers or the words of calls and
// chats, with one exception: the voices whose sides are unknown. Control and bidirectional
// characters of the input are removed or escaped.
//
// Whether somebody was permitted to ask is decided for the instant of the request. Reports
// of unauthorized use and attestations count as they are at the instant of the decision,
// which -at sets. It defaults to now.
//
// A file, line or record that cannot be read is listed as a problem, and the rest is
// reviewed. A file in tickets, logs or transcripts with an ending other than the above is a
// problem too, unless its name begins with a point. A file of the log that is missing or
// altered is a result of the review and not a problem. A doubt about something that could be
// read is a warning.
//
// The exit status is 0 if everything was read, 1 if there are problems, and 2 for invalid
// arguments, an unreadable folder or case, a case that cannot be evaluated, or an output
// that cannot be written.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"time"
	_ "time/tzdata" // the program also runs where no zone database is installed

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

const (
	exitOK       = 0
	exitProblems = 1
	exitFailed   = 2
)

const (
	defaultWidth = 80
	leastWidth   = 60
)

const help = `usage: review [-format text|json | -note | -picture] [-width N] [-at INSTANT] FOLDER

Review reads the folder of one refund case. It reports how well the logs show the
resolution of each issue, and how much may be refunded. The folder has

  case.json       the case, as examples/evaluate reads it; the only required file
  account.json    the customer's account
  tickets/        histories: *.zendesk.json, *.jira.json
  logs/           records: *.jsonl, *.csv (Asterisk), *.freepbx.csv, *.teamviewer.csv,
                  *.zendesk.json (chats), *.intercom.json
  customers.json  accounts of the help desk's customers, {"customer id": "account id"}
  transcripts/    ID.vtt, the words of the call with that id
  sides.json      sides of voices in transcripts, {"Ann": "agent", "Chris": "customer"}
  media/          the files that the records name

Examples:

  review -at 2026-03-17T12:00:00-04:00 examples/review/sample
  review -at 2026-03-17T12:00:00-04:00 -picture examples/review/sample >case.svg

`

// run is main with its arguments and outputs as parameters. It returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintln(stderr, "review:", shown(err.Error(), 0))
		return exitFailed
	}
	flags := flag.NewFlagSet("review", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, help)
		flags.PrintDefaults()
	}
	format := flags.String("format", "text", "text or json")
	width := flags.Int("width", defaultWidth, "`characters` in a line of text, at least 60")
	asNote := flags.Bool("note", false, "write the note for the agent in place of the report")
	asPicture := flags.Bool("picture", false, "write a picture of the case (SVG) in place of the report")
	now := time.Now()
	flags.Func("at", "the `instant` of the decision, such as 2026-03-17T12:00:00-04:00 (default now)", func(text string) (err error) {
		now, err = time.Parse(time.RFC3339, text)
		return err
	})
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitOK
	} else if err != nil {
		return exitFailed
	}
	switch {
	case *format != "text" && *format != "json":
		return fail(fmt.Errorf("-format %q is neither text nor json", *format))
	case *asNote && *asPicture:
		return fail(errors.New("-note and -picture exclude each other"))
	case *format == "json" && (*asNote || *asPicture):
		return fail(errors.New("-note and -picture take the place of a report: leave -format out"))
	case *width < leastWidth:
		return fail(fmt.Errorf("-width is less than %d", leastWidth))
	case flags.NArg() != 1:
		flags.Usage()
		return exitFailed
	}

	dir := flags.Arg(0)
	root, err := os.OpenRoot(dir) // names and links in the folder cannot lead out of it
	if err != nil {
		return fail(fmt.Errorf("%s: %s", dir, reasonOf(err)))
	}
	defer root.Close()
	r, err := reviewFolder(root.FS(), now)
	if faults := faultsOf(err); faults != nil {
		for _, fault := range faults {
			fail(fmt.Errorf("%s: %w", path.Join(dir, caseFile), fault))
		}
		return exitFailed
	} else if err != nil {
		return fail(fmt.Errorf("%s: %w", dir, err))
	}
	var out []byte
	switch {
	case *asNote:
		out, err = note(r)
	case *asPicture:
		out, err = picture(r)
	case *format == "json":
		out = asJSON(r)
	default:
		out = text(r, *width)
	}
	if err != nil {
		return fail(fmt.Errorf("%s: %w", dir, err))
	}
	if _, err := stdout.Write(out); err != nil {
		return fail(err)
	}
	if n := r.problems.count(); n > 0 {
		if *asNote || *asPicture {
			fmt.Fprintf(stderr, "review: %s in the folder; the report lists them\n", words.Count(n, "problem", "problems"))
		}
		return exitProblems
	}
	return exitOK
}
