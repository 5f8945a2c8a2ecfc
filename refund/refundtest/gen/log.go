package gen

import (
	"strconv"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Log generates valid evidence logs for a case: calls, recordings and chats of its account
// and of others. The records name issues of the case, unknown issues, or none. Their times
// are within, at the ends of and next to the times in which the issues were open. A review
// of such logs finds corroborated, plausible, unsupported and disputed resolutions, records
// of other accounts, and unknown issues.
//
// Logs shrink to an empty log. A record shrinks to a call of the account about the first
// issue, which ends at its resolution. The records of a case without issues are near its
// request.
func Log(c refund.Case) *rapid.Generator[evidence.Log] {
	return rapid.Custom(func(t *rapid.T) (log evidence.Log) {
		record := rapid.Custom(func(t *rapid.T) drawnRecord { return drawRecord(t, &c) })
		for i, r := range rapid.SliceOfN(record, 0, 8).Draw(t, "records") {
			r.number = strconv.Itoa(i + 1)
			r.addTo(&log)
		}
		return log
	})
}

// A drawnRecord has the fields of a record of any kind.
type drawnRecord struct {
	kind     evidence.Kind
	header   evidence.Header
	number   string
	answered int // of a call: unanswered, at its start, at its end
	said     bool
	media    bool
}

func drawRecord(t *rapid.T, c *refund.Case) (r drawnRecord) {
	r.kind = choose(t, "kind", evidence.KindCall, evidence.KindRecording, evidence.KindChat)
	h := &r.header
	issues := c.Issues
	if len(issues) == 0 {
		issues = refund.IssueLog{{Opened: c.Request.At, Resolved: c.Request.At}}
	}
	about := choose(t, "about", issues...)
	h.Issues = drawNames(t, c, about.ID)
	h.Account = choose(t, "of", c.Subscription.Account, c.Subscription.Account, "ACC-9", "")
	h.StartedBy = choose(t, "startedBy", evidence.SideCustomer, evidence.SideAgent, 0, evidence.SideSystem)
	h.Agent = choose(t, "agent", "", "agent-4")
	h.Start, h.End = drawSpan(t, about)
	r.answered = pick(t, "answered", 4)
	r.said = rapid.Bool().Draw(t, "said")
	r.media = pick(t, "media", 3) == 1
	return r
}

// drawNames draws the issues that a record names, each at most once.
func drawNames(t *rapid.T, c *refund.Case, about string) []string {
	var names []string
	switch pick(t, "names", 6) {
	case 0, 4:
		names = []string{about}
	case 1, 5:
	case 2:
		names = []string{"T-99"}
	case 3:
		names = []string{about, "T-99"}
		if n := len(c.Issues); n > 0 && c.Issues[n-1].ID != about {
			names = append(names, c.Issues[n-1].ID)
		}
	}
	if about == "" && len(names) > 0 {
		names = names[1:]
	}
	return names
}

// drawSpan draws the times of a record, within or next to the time of an issue.
func drawSpan(t *rapid.T, about refund.Issue) (start, end time.Time) {
	from, to := about.Opened, about.Resolved
	if to.IsZero() {
		to = from.Add(time.Hour)
	}
	length := choose(t, "length", 30*time.Minute, 0, 10*time.Second, 3*time.Hour)
	switch pick(t, "when", 9) {
	case 0, 6: // ends at the resolution
		start, end = to.Add(-length), to
	case 1: // after the resolution
		start = to.Add(time.Hour)
		end = start.Add(length)
	case 2: // from the opening to the resolution
		start, end = from, to
	case 3, 7: // from or near the resolution
		start = to.Add(drawOffset(t, "after"))
		end = start.Add(length)
	case 4, 8: // up to or near the opening
		end = from.Add(drawOffset(t, "before"))
		start = end.Add(-length)
	case 5: // long before, or long after
		start = from.Add(time.Duration(rapid.IntRange(-400, 400).Draw(t, "days")) * 24 * time.Hour)
		end = start.Add(length)
	}
	return start.UTC(), end.UTC()
}

// addTo adds the record to a log.
func (r *drawnRecord) addTo(log *evidence.Log) {
	h := r.header
	var media []evidence.Media
	if r.media {
		media = []evidence.Media{{
			Name: "media/" + r.number, Size: 4096,
			SHA256: strings.Repeat("0", 64-len(r.number)) + r.number, // a digest of its own
			Type:   "application/octet-stream",
		}}
	}
	var messages []evidence.Message
	if r.said {
		messages = []evidence.Message{
			{At: h.Start, From: evidence.SideCustomer, Text: "It does not work."},
			{At: h.End, From: evidence.SideAgent, Text: "Now it does."},
		}
	}
	switch r.kind {
	case evidence.KindCall:
		h.ID = "CALL-" + r.number
		call := evidence.Call{Header: h, From: "+1 555 0100", To: "+1 555 0199", Media: media, Transcript: messages}
		switch r.answered {
		case 0, 1:
			call.Answered = h.Start
		case 2:
			call.Answered = h.End
		case 3:
			call.Transcript = nil // the call was not answered
		}
		log.Calls = append(log.Calls, call)
	case evidence.KindRecording:
		h.ID = "REC-" + r.number
		log.Recordings = append(log.Recordings, evidence.Recording{Header: h, Software: "share", Media: media})
	case evidence.KindChat:
		h.ID = "CHAT-" + r.number
		log.Chats = append(log.Chats, evidence.Chat{Header: h, Messages: messages, Media: media})
	}
}
