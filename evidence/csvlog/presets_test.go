package csvlog_test

import (
	"regexp"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

const (
	utc  = "Z UTC"
	none = "0001-01-01T00:00:00Z UTC" // the zero Time
)

func TestFreePBXFile(t *testing.T) {
	m := csvlog.FreePBX()
	m.Issues = "userfield"
	ny := " America/New_York"
	same(t, []plain{
		{Line: 2, Kind: "call", ID: "1772463970.40-58", Account: "ACC-4471", Issues: []string{"T-3301"}, From: "2125550143", To: "600",
			Start: "2026-03-02T10:06:10-05:00" + ny, End: "2026-03-02T10:39:02-05:00" + ny, Answered: "2026-03-02T10:06:31-05:00" + ny},
		{Line: 3, Kind: "call", ID: "1772463970.40-59", Account: "ACC-4471", Issues: []string{"T-3301"}, From: "2125550143", To: "600",
			Start: "2026-03-02T10:39:10-05:00" + ny, End: "2026-03-02T10:39:30-05:00" + ny, Answered: none},
		{Line: 4, Kind: "call", ID: "1772668920.43-60", Account: "ACC-4471", From: "'+492125550143", To: "600",
			Start: "2026-03-04T19:02:00-05:00" + ny, End: "2026-03-04T19:02:07-05:00" + ny, Answered: none},
		{Line: 5, Kind: "call", ID: "1772730605.46-61", Account: "ACC-4471", Issues: []string{"T-3304", "T-3305"}, From: "2125550100", To: "2125550143",
			Start: "2026-03-05T12:10:05-05:00" + ny, End: "2026-03-05T12:10:09-05:00" + ny, Answered: none,
			Warnings: refund.Faults{{Path: "disposition", Reason: "is not a known disposition; the call counts as unanswered"}}},
	}, read(t, sample(t, "freepbx.csv"), csvlog.Options{Location: testkit.NewYork, Mapping: m}))
}

func TestCDRCustomFile(t *testing.T) {
	same(t, []plain{
		{Line: 1, Kind: "call", ID: "1772463970.40-58", Account: "ACC-4471", From: "2125550143", To: "600",
			Start: "2026-03-02T10:06:10" + utc, End: "2026-03-02T10:39:02" + utc, Answered: "2026-03-02T10:06:31" + utc},
		{Line: 2, Kind: "call", ID: "1772668920.43-60", Account: "ACC-4471", From: "2125550143", To: "600",
			Start: "2026-03-04T19:02:00" + utc, End: "2026-03-04T19:02:07" + utc, Answered: none},
	}, read(t, sample(t, "cdr_custom.csv"), inUTC(csvlog.CDRCustom())))
}

func TestTeamViewerFile(t *testing.T) {
	ticket := regexp.MustCompile(`T-\d+`)
	m := csvlog.TeamViewer()
	m.Issues, m.SplitIssues = "notes", func(text string) []string { return ticket.FindAllString(text, -1) }
	same(t, []plain{
		{Line: 2, Kind: "recording", ID: "6f1c0a4e-2f0b-4c53-9a0e-0d1f0f4f7a11", Agent: "Sam Ortiz", Software: "TeamViewer", Issues: []string{"T-3301"},
			Start: "2026-03-02T15:12:04" + utc, End: "2026-03-02T15:36:40" + utc},
		{Line: 4, Kind: "recording", ID: "0b7d7b5c-54a1-4d0e-8f0e-3f7b1d6a2c22", Agent: "Sam Ortiz", Software: "TeamViewer", Issues: []string{"T-3304"},
			Start: "2026-03-05T17:00:00" + utc, End: "2026-03-05T17:20:30.5" + utc},
	}, read(t, sample(t, "teamviewer.csv"), inUTC(m)))
}

// A preset names every column of its file.
func TestPresetsKnowTheirColumns(t *testing.T) {
	for _, r := range []struct {
		why, file string
		mapping   csvlog.Mapping
	}{
		{"FreePBX", "freepbx.csv", csvlog.FreePBX()},
		{"cdr_custom", "cdr_custom.csv", csvlog.CDRCustom()},
		{"TeamViewer", "teamviewer.csv", csvlog.TeamViewer()},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			in, err := csvlog.NewReader(sample(t, r.file), inUTC(r.mapping))
			if err != nil || in.Unknown() != nil {
				t.Errorf("unknown columns %q, %v", in.Unknown(), err)
			}
		})
	}
}
