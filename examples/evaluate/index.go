package main

import (
	"bytes"
	_ "embed" // for the template
	"html/template"
	"strings"

	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
	"github.com/kasperinfotech/refundpolicy/refund"
)

//go:embed index.html
var indexHTML string

// The index has a template for its head, for a row, for a row of a case that was refused, and
// for its foot.
var indexTemplate = template.Must(template.New("index").Parse(indexHTML))

// An indexRow is a row of the index.
type indexRow struct {
	Line            int
	Subscription    string // empty if it could not be read
	Verdict, Amount string
	Held            bool
	Files           fileNames
	Faults          []refund.Fault // of a refused case
}

// verdictWords turns the code of a verdict into words.
var verdictWords = strings.NewReplacer("one_time", "one-time", "_", " ")

func indexHead() []byte { return executed("head", nil) }

func indexFoot(t *totals) []byte {
	cases := 0
	for _, sum := range t.of {
		cases += sum.cases
	}
	return executed("foot", map[string]int{"Cases": cases, "Refused": t.refused})
}

func indexOutcome(number int, o *refund.Outcome, files fileNames) []byte {
	return executed("row", indexRow{
		Line: number, Subscription: shownID(o.Subscription), Verdict: verdictWords.Replace(o.Verdict.String()),
		Amount: o.Refundable.String(), Held: o.Held, Files: files,
	})
}

func indexRefusal(number int, subscription string, invalid *refund.InvalidError) []byte {
	const most = 5
	return executed("refused", indexRow{Line: number, Subscription: shownID(subscription), Faults: invalid.Faults[:min(len(invalid.Faults), most)]})
}

// shownID returns an id without characters that change how a page is shown.
func shownID(id string) string { return terminal.Shown(id, 60) }

func executed(name string, data any) []byte {
	var b bytes.Buffer
	if err := indexTemplate.ExecuteTemplate(&b, name, data); err != nil {
		panic(err) // the templates suit their data
	}
	return b.Bytes()
}
