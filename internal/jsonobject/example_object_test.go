package jsonobject_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/internal/jsonobject"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A helpdesk sends its tickets beside the cases, as JSON of its own. They are read as
// strictly as cases are.
func ExampleParse() {
	o, err := jsonobject.Parse([]byte(`{
		"id": "T-1",
		"opened": "2026-03-02T09:00:00-05:00",
		"channel": "phone",
		"minutes": 25,
		"tags": ["printer", "slow"],
		"notes": [{"by": "ops-3", "text": "called back"}]
	}`))
	if err != nil {
		log.Fatal(err)
	}
	var channel refund.Channel
	o.Code("channel", &channel)
	fmt.Println(o.Text("id"), o.Instant("opened"), channel, o.Integer("minutes"), o.Texts("tags"))
	for _, note := range o.Objects("notes") {
		fmt.Println(note.Text("by"), note.Text("text"))
	}
	if err := o.Err(nil); err != nil {
		log.Fatal(err)
	}
	// Output:
	// T-1 2026-03-02 14:00:00 +0000 UTC phone 25 [printer slow]
	// ops-3 called back
}

// A ticket has faults: all are told at once, each with the path of its field. That it
// lacks an id is no news where the id is a number.
func ExampleObject_Err() {
	o, err := jsonobject.Parse([]byte(`{"id": 17, "Opened": "2026-03-02", "minutes": 1e3, "notes": [{"by": "ops-3"}, {"by": null}]}`))
	if err != nil {
		log.Fatal(err)
	}
	id, opened, _ := o.Text("id"), o.Instant("opened"), o.Integer("minutes")
	for _, note := range o.Objects("notes") {
		note.Text("by")
	}
	var missing []refund.Fault
	if id == "" {
		missing = append(missing, refund.Fault{Path: "id", Reason: "is required"})
	}
	if opened.IsZero() {
		missing = append(missing, refund.Fault{Path: "opened", Reason: "is required"})
	}
	var invalid *refund.InvalidError
	if errors.As(o.Err(&refund.InvalidError{Faults: missing}), &invalid) {
		for _, fault := range invalid.Faults {
			fmt.Println(fault)
		}
	}
	// Output:
	// id: is a number, not a string
	// minutes: is not an integer
	// notes[1].by: null is refused: leave the field out
	// Opened: unknown field
	// opened: is required
}

// A rule of the host's own is told among the other faults.
func ExampleObject_Fault() {
	o, err := jsonobject.Parse([]byte(`{"notes": [{"minutes": 5}, {"minutes": -5}]}`))
	if err != nil {
		log.Fatal(err)
	}
	for _, note := range o.Objects("notes") {
		if note.Integer("minutes") < 0 {
			note.Fault("minutes", "is negative")
		}
	}
	fmt.Println(o.Err(nil))
	// Output:
	// refund: invalid input: notes[1].minutes: is negative
}
