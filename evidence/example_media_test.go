package evidence_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log"
	"testing/fstest"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The sound of a call is kept in a folder. Somebody changed the file after the call,
// so the review no longer takes the call's word for the resolution.
func ExampleVerifyMedia() {
	recorded := []byte("it starts again, thank you")
	sum := sha256.Sum256(recorded)
	at := time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC)
	records := evidence.Log{Calls: []evidence.Call{{
		Header:   evidence.Header{ID: "C-1", Account: "ACC-7", Issues: []string{"T-1"}, Start: at, End: at.Add(20 * time.Minute)},
		Answered: at.Add(9 * time.Second),
		Media:    []evidence.Media{{Name: "C-1.ogg", Size: int64(len(recorded)), SHA256: hex.EncodeToString(sum[:]), Type: "audio/ogg"}},
	}}}
	folder := fstest.MapFS{"C-1.ogg": {Data: []byte("it never started, thank you")}} // os.DirFS as a rule

	checks, err := evidence.VerifyMedia(context.Background(), folder, records, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, check := range checks {
		fmt.Println(check.Media.Name, "is", check.State)
	}
	c := refund.Case{
		Subscription: refund.Subscription{ID: "SUB-1001", Account: "ACC-7"},
		Issues:       refund.IssueLog{{ID: "T-1", Opened: at, Resolved: at.Add(time.Hour)}},
	} // a whole case has a price and a request, too
	fmt.Println("unchecked:", evidence.Review(records, c).Standing("T-1"))
	fmt.Println("checked:", evidence.Review(records, c, checks...).Standing("T-1"))
	// Output:
	// C-1.ogg is altered
	// unchecked: corroborated
	// checked: disputed
}

// Many large files are to be checked, not all at a time, and with a word about how far
// it is.
func ExampleVerifyOptions() {
	sum := sha256.Sum256([]byte("a screen"))
	var records evidence.Log
	folder := fstest.MapFS{}
	for i := range 3 {
		name := fmt.Sprintf("R-%d.webm", i+1)
		folder[name] = &fstest.MapFile{Data: []byte("a screen")}
		records.Recordings = append(records.Recordings, evidence.Recording{
			Media: []evidence.Media{{Name: name, Size: 8, SHA256: hex.EncodeToString(sum[:]), Type: "video/webm"}},
		})
	}
	_, err := evidence.VerifyMedia(context.Background(), folder, records, &evidence.VerifyOptions{
		Workers: 2,
		Progress: func(p evidence.Progress) {
			fmt.Printf("%d of %d files, %d of %d bytes\n", p.Files, p.OfFiles, p.Bytes, p.OfBytes)
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// 1 of 3 files, 8 of 24 bytes
	// 2 of 3 files, 16 of 24 bytes
	// 3 of 3 files, 24 of 24 bytes
}

// A file could not be read. The error has the reason without the name of the file, which may
// be the name of a person.
func ExampleMediaCheck() {
	sum := sha256.Sum256(nil)
	records := evidence.Log{Calls: []evidence.Call{{
		Media: []evidence.Media{{Name: "calls/Jo Doe.ogg", SHA256: hex.EncodeToString(sum[:]), Type: "audio/ogg"}},
	}}}
	folder := fstest.MapFS{"calls/Jo Doe.ogg": {Mode: fs.ModeDir}}

	checks, err := evidence.VerifyMedia(context.Background(), folder, records, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(checks)
	fmt.Println(checks[0].Err)
	// Output:
	// [unreadable]
	// evidence: is not a regular file
}
