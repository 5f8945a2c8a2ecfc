package examples_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log"
	"testing/fstest"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// How is an altered recording found? A recording shows that an issue was resolved. After the
// review, the file is cut. The log has the digest of the original, so the next review
// reports the change.
func Example_evidenceAlteredRecording() {
	video := []byte("the whole recording")
	sum := sha256.Sum256(video)
	disk := fstest.MapFS{"screens/R-1.webm": {Data: video}}

	day := func(d int) time.Time { return time.Date(2026, 3, d, 10, 0, 0, 0, time.UTC) }
	c := refund.Case{
		Subscription: refund.Subscription{ID: "SUB-3107", Account: "ACC-7"},
		Issues:       refund.IssueLog{{ID: "T-1", Opened: day(3), Resolved: day(4)}},
	} // a whole case has a price and a request, too
	records := evidence.Log{Recordings: []evidence.Recording{{
		Header: evidence.Header{
			ID:      "R-1",
			Account: "ACC-7",
			Issues:  []string{"T-1"},
			Start:   day(4).Add(-time.Hour),
			End:     day(4),
		},
		Media: []evidence.Media{{
			Name:   "screens/R-1.webm",
			Size:   int64(len(video)),
			SHA256: hex.EncodeToString(sum[:]),
			Type:   "video/webm",
		}},
	}}}

	review := func() {
		checks, err := evidence.VerifyMedia(context.Background(), disk, records, nil)
		if err != nil {
			log.Fatal(err)
		}
		report := evidence.Review(records, c, checks...)
		fmt.Println(checks[0].Media.Name, "is", checks[0].State)
		for _, r := range report.Resolutions {
			fmt.Println(r.Issue, "is", r.Standing, r.Supporting, r.Contradicting)
		}
	}
	review()
	disk["screens/R-1.webm"].Data = []byte("the recording without its last minute")
	review()
	// Output:
	// screens/R-1.webm is intact
	// T-1 is corroborated [recording R-1] []
	// screens/R-1.webm is altered
	// T-1 is disputed [] [recording R-1 media]
}
