package evidence_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// fullLog has a record of each kind, in which every field is given and every list has
// two elements. It is sound: the messages are at the start and at the end of their records.
func fullLog() evidence.Log {
	start := time.Date(2026, 3, 10, 12, 0, 0, 5, time.UTC)
	header := func(id string, side evidence.Side) evidence.Header {
		return evidence.Header{
			ID: id, Account: "ACC-7", Agent: "ops-3", Issues: []string{"T-2", "T-1"},
			Start: start, End: start.Add(time.Hour), StartedBy: side,
		}
	}
	media := func(name string) []evidence.Media {
		return []evidence.Media{
			{Name: name + "/2", Size: 2048, SHA256: strings.Repeat("0b", 32), Type: "audio/ogg"},
			{Name: name + "/1", Size: 17, SHA256: strings.Repeat("0a", 32), Type: "image/png"},
		}
	}
	said := []evidence.Message{
		{At: start, From: evidence.SideCustomer, Text: "two\nlines 4 x\n"},
		{At: start.Add(time.Hour), From: evidence.SideAgent, Text: "naïve"},
	}
	return evidence.Log{
		Calls: []evidence.Call{{
			Header: header("C-1", evidence.SideCustomer), Answered: start.Add(time.Second), From: "+1 555 0100", To: "+1 555 0199",
			Media: media("calls"), Transcript: said,
		}},
		Recordings: []evidence.Recording{{Header: header("R-1", evidence.SideAgent), Software: "Desk", Media: media("screens")}},
		Chats:      []evidence.Chat{{Header: header("K-1", evidence.SideSystem), Messages: slices.Clone(said), Media: media("chats")}},
	}
}

// wantFaults fails unless an error has faults at these paths, in this order.
func wantFaults(t *testing.T, err error, paths ...string) {
	t.Helper()
	if got := testkit.Paths(err); !slices.Equal(got, paths) || (err == nil) != (len(paths) == 0) {
		t.Errorf("faults are at %q, want %q: %v", got, paths, err)
	}
}

var (
	yearZero  = time.Date(0, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	yearFirst = time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)
	yearLast  = time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	yearAfter = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
)

type validateRow struct {
	why    string
	change func(*evidence.Log)
	paths  []string
}

func TestValidate(t *testing.T) {
	call := func(change func(*evidence.Call)) func(*evidence.Log) {
		return func(l *evidence.Log) { change(&l.Calls[0]) }
	}
	chat := func(change func(*evidence.Chat)) func(*evidence.Log) {
		return func(l *evidence.Log) { change(&l.Chats[0]) }
	}
	at := func(path string) []string { return []string{path} }
	rows := []validateRow{
		{"a sound log", func(*evidence.Log) {}, nil},
		{"no records", func(l *evidence.Log) { *l = evidence.Log{} }, nil},
		{"a record with only the required fields", func(l *evidence.Log) {
			h := evidence.Header{ID: "C-1", Start: opened, End: opened}
			*l = evidence.Log{Calls: []evidence.Call{{Header: h}}}
		}, nil},

		{"a call's id is required", call(func(c *evidence.Call) { c.ID = "" }), at("calls[0].id")},
		{"a recording's", func(l *evidence.Log) { l.Recordings[0].ID = "" }, at("recordings[0].id")},
		{"a chat's", chat(func(c *evidence.Chat) { c.ID = "" }), at("chats[0].id")},
		{"two records without an id do not share one", func(l *evidence.Log) { l.Calls[0].ID, l.Chats[0].ID = "", "" }, []string{"calls[0].id", "chats[0].id"}},
		{"a call, a recording and a chat may share an id", func(l *evidence.Log) { l.Recordings[0].ID, l.Chats[0].ID = "C-1", "C-1" }, nil},
		{"an id of two calls", func(l *evidence.Log) { l.Calls = append(l.Calls, l.Calls[0]) }, at("calls[1].id")},
		{"an id of three calls", func(l *evidence.Log) { l.Calls = append(l.Calls, l.Calls[0], l.Calls[0]) }, []string{"calls[1].id", "calls[2].id"}},
		{"ids are compared byte for byte", chat(func(c *evidence.Chat) { c.ID = "c-1" }), nil},

		{"account, agent, issues and started_by are optional", call(func(c *evidence.Call) {
			c.Account, c.Agent, c.Issues, c.StartedBy = "", "", nil, 0
		}), nil},
		{"an issue without a name", call(func(c *evidence.Call) { c.Issues[0] = "" }), at("calls[0].issues[0]")},
		{"two issues without an id", call(func(c *evidence.Call) { c.Issues = []string{"", ""} }), []string{"calls[0].issues[0]", "calls[0].issues[1]"}},
		{"one issue, without an id", call(func(c *evidence.Call) { c.Issues = []string{""} }), at("calls[0].issues[0]")},
		{"an issue named twice", call(func(c *evidence.Call) { c.Issues = []string{"T-1", "T-2", "T-1"} }), at("calls[0].issues[2]")},
		{"an issue named three times", call(func(c *evidence.Call) { c.Issues = []string{"T-1", "T-1", "T-1"} }), []string{"calls[0].issues[1]", "calls[0].issues[2]"}},
		{"as many issues as a case may have", call(func(c *evidence.Call) { c.Issues = manyIssues(refund.MaxIssues) }), nil},
		{"more issues than a case may have", call(func(c *evidence.Call) { c.Issues = manyIssues(refund.MaxIssues + 1) }), at("calls[0].issues")},
		{"an undefined side", call(func(c *evidence.Call) { c.StartedBy = 4 }), at("calls[0].started_by")},
		{"the last defined side", call(func(c *evidence.Call) { c.StartedBy = 3 }), nil},

		{"a start is required, and so is an end", func(l *evidence.Log) { l.Recordings[0].Start, l.Recordings[0].End = time.Time{}, time.Time{} }, []string{"recordings[0].start", "recordings[0].end"}},
		{"without a start there is no span to be outside of", call(func(c *evidence.Call) { c.Start = time.Time{} }), at("calls[0].start")},
		{"without an end there is no span to be outside of", call(func(c *evidence.Call) { c.End = time.Time{} }), at("calls[0].end")},
		{"an end at the start", func(l *evidence.Log) { l.Recordings[0].End = l.Recordings[0].Start }, nil},
		{"an end a nanosecond before the start", func(l *evidence.Log) { l.Recordings[0].End = l.Recordings[0].Start.Add(-1) }, at("recordings[0].end")},
		{"an end a second before the start, of more nanoseconds", func(l *evidence.Log) { l.Recordings[0].End = l.Recordings[0].Start.Add(-time.Second + 9) }, at("recordings[0].end")},
		{"an end before the start does not make a span", call(func(c *evidence.Call) { c.Start, c.End = c.End, c.Start.Add(-time.Hour) }), at("calls[0].end")},
		{"before the year 1", func(l *evidence.Log) { l.Recordings[0].Start = yearZero }, at("recordings[0].start")},
		{"from the first nanosecond to the last", func(l *evidence.Log) { l.Recordings[0].Start, l.Recordings[0].End = yearFirst, yearLast }, nil},
		{"after the year 9999", func(l *evidence.Log) { l.Recordings[0].End = yearAfter }, at("recordings[0].end")},
		{"the year 0 in the west, and 1 by UTC", func(l *evidence.Log) { l.Recordings[0].Start = yearFirst.In(time.FixedZone("west", -3600)) }, nil},
		{"the year 1 in the east, and 0 by UTC", func(l *evidence.Log) { l.Recordings[0].Start = yearZero.In(time.FixedZone("east", 3600)) }, at("recordings[0].start")},
		{"the year 10000 in the east, and 9999 by UTC", func(l *evidence.Log) { l.Recordings[0].End = yearLast.In(time.FixedZone("east", 3600)) }, nil},
		{"the year 9999 in the west, and 10000 by UTC", func(l *evidence.Log) { l.Recordings[0].End = yearAfter.In(time.FixedZone("west", -3600)) }, at("recordings[0].end")},

		{"nobody answered", call(func(c *evidence.Call) { c.Answered = time.Time{} }), nil},
		{"answered at once", call(func(c *evidence.Call) { c.Answered = c.Start }), nil},
		{"answered at the end", call(func(c *evidence.Call) { c.Answered = c.End }), nil},
		{"answered a nanosecond early", call(func(c *evidence.Call) { c.Answered = c.Start.Add(-1) }), at("calls[0].answered")},
		{"answered a nanosecond late", call(func(c *evidence.Call) { c.Answered = c.End.Add(1) }), at("calls[0].answered")},
		{"answered after the year 9999", call(func(c *evidence.Call) { c.Answered = yearAfter }), at("calls[0].answered")},

		{"said a nanosecond early", call(func(c *evidence.Call) { c.Transcript[0].At = c.Start.Add(-1) }), at("calls[0].transcript[0].at")},
		{"said a nanosecond late", call(func(c *evidence.Call) { c.Transcript[1].At = c.End.Add(1) }), at("calls[0].transcript[1].at")},
		{"written a nanosecond early", chat(func(c *evidence.Chat) { c.Messages[0].At = c.Start.Add(-1) }), at("chats[0].messages[0].at")},
		{"written a nanosecond late", chat(func(c *evidence.Chat) { c.Messages[1].At = c.End.Add(1) }), at("chats[0].messages[1].at")},
		{"two messages at one instant", chat(func(c *evidence.Chat) { c.Messages[0].At = c.End }), nil},
		{"a message a nanosecond before the one before it", chat(func(c *evidence.Chat) { c.Messages[0].At, c.Messages[1].At = c.End, c.End.Add(-1) }), at("chats[0].messages[1].at")},
		{"out of order, and before the start", chat(func(c *evidence.Chat) { c.Messages[1].At = c.Start.Add(-1) }), []string{"chats[0].messages[1].at", "chats[0].messages[1].at"}},
		{"out of order in a record without a span", chat(func(c *evidence.Chat) { c.End, c.Messages[0].At = time.Time{}, c.End.Add(1) }), []string{"chats[0].end", "chats[0].messages[1].at"}},
		{"a message without an instant", chat(func(c *evidence.Chat) { c.Messages[1].At = time.Time{} }), at("chats[0].messages[1].at")},
		{"a message after one without an instant", chat(func(c *evidence.Chat) { c.Messages[0].At = time.Time{} }), at("chats[0].messages[0].at")},
		{"a message before the year 1", chat(func(c *evidence.Chat) { c.Messages[0].At = yearZero }), at("chats[0].messages[0].at")},
		{"a message without a side", chat(func(c *evidence.Chat) { c.Messages[1].From = 0 }), at("chats[0].messages[1].from")},
		{"a message from an undefined side", call(func(c *evidence.Call) { c.Transcript[1].From = 4 }), at("calls[0].transcript[1].from")},
		{"a message from software", call(func(c *evidence.Call) { c.Transcript[1].From = evidence.SideSystem }), nil},
		{"a message without a text", chat(func(c *evidence.Chat) { c.Messages[1].Text = "" }), nil},
	}
	rows = append(rows, mediaRows()...)
	for _, row := range rows {
		testkit.Row(t, row.why, func(t *testing.T) {
			log := fullLog()
			row.change(&log)
			wantFaults(t, log.Validate(), row.paths...)
			alone(t, log, row.paths)
		})
	}
}

func manyIssues(n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprint("T-", i))
	}
	return ids
}

// A log of many faults costs no more memory than one of a thousand.
func TestValidateReportsTheFirstThousandFaults(t *testing.T) {
	for _, row := range []struct {
		why      string
		messages int // of which each has two faults
		faults   int
		last     string
	}{
		{"a thousand faults are all reported", 500, 1000, "chats[0].messages[499].from"},
		{"of more faults, the first thousand are reported", 501, 1001, ""},
		{"the same holds for many more faults", 100_000, 1001, ""},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			log := fullLog()
			log.Chats[0].Messages = make([]evidence.Message, row.messages)
			paths := testkit.Paths(log.Validate())
			if len(paths) != row.faults || paths[row.faults-1] != row.last || paths[999] != "chats[0].messages[499].from" {
				t.Errorf("%d faults, of which the last is at %q", len(paths), paths[len(paths)-1])
			}
		})
	}
}

// alone fails unless each record alone has the faults that it has in its log, but for
// an id that another has too.
func alone(t *testing.T, log evidence.Log, paths []string) {
	t.Helper()
	ids := map[string]bool{}
	check := func(h evidence.Header, in string, err error) {
		t.Helper()
		var want []string
		for _, path := range paths {
			if field, here := strings.CutPrefix(path, in+"."); here && !(field == "id" && ids[h.ID]) {
				want = append(want, field)
			}
		}
		ids[h.ID] = h.ID != ""
		wantFaults(t, err, want...)
	}
	for i, c := range log.Calls {
		check(c.Header, fmt.Sprintf("calls[%d]", i), c.Validate())
	}
	for i, r := range log.Recordings {
		check(r.Header, fmt.Sprintf("recordings[%d]", i), r.Validate())
	}
	for i, c := range log.Chats {
		check(c.Header, fmt.Sprintf("chats[%d]", i), c.Validate())
	}
}

func mediaRows() (rows []validateRow) {
	row := func(why, path string, change func(m, other *evidence.Media)) {
		for kind, media := range map[string]func(*evidence.Log) []evidence.Media{
			"calls":      func(l *evidence.Log) []evidence.Media { return l.Calls[0].Media },
			"recordings": func(l *evidence.Log) []evidence.Media { return l.Recordings[0].Media },
			"chats":      func(l *evidence.Log) []evidence.Media { return l.Chats[0].Media },
		} {
			var paths []string
			if path != "" {
				paths = []string{kind + "[0].media[1]." + path}
			}
			rows = append(rows, validateRow{"in " + kind + ", " + why, func(l *evidence.Log) { change(&media(l)[1], &media(l)[0]) }, paths})
		}
	}
	for why, name := range map[string]string{
		"a name": "a", "a name of two parts": "a/b.ogg", "a name of blanks and dots": "a b/..c", "a name with a backslash": `a\b`,
	} {
		row(why, "", func(m, _ *evidence.Media) { m.Name = name })
	}
	for why, name := range map[string]string{
		"no name": "", "a rooted name": "/a", "a folder's name": "a/", "the root's name": ".", "a way up": "../a", "a way up inside": "a/../b",
		"a part that is a point": "a/./b", "an empty part": "a//b", "no UTF-8": "a\xff",
	} {
		row(why, "name", func(m, _ *evidence.Media) { m.Name = name })
	}
	row("the name of another", "name", func(m, other *evidence.Media) { m.Name = other.Name })
	row("another name, in capitals", "", func(m, other *evidence.Media) { m.Name = strings.ToUpper(other.Name) })
	row("the digest of another", "", func(m, other *evidence.Media) { m.SHA256 = other.SHA256 })
	row("a size of nothing", "", func(m, _ *evidence.Media) { m.Size = 0 })
	row("a negative size", "size", func(m, _ *evidence.Media) { m.Size = -1 })
	for why, digest := range map[string]string{
		"no digest": "", "63 digits": strings.Repeat("a", 63), "65 digits": strings.Repeat("a", 65), "66 digits": strings.Repeat("a", 66),
		"digits in upper case": strings.Repeat("A", 64), "one in upper case": strings.Repeat("a", 63) + "F",
		"a digit that is none": strings.Repeat("a", 63) + "g", "a blank": " " + strings.Repeat("a", 63),
	} {
		row(why, "sha256", func(m, _ *evidence.Media) { m.SHA256 = digest })
	}
	for why, typ := range map[string]string{
		"a type with a parameter": "text/plain; charset=utf-8", "a type of two words": "application/vnd.ms-excel", "a type in capitals": "Video/MP4",
	} {
		row(why, "", func(m, _ *evidence.Media) { m.Type = typ })
	}
	for why, typ := range map[string]string{
		"no type": "", "a word": "audio", "half a type": "audio/", "the other half": "/ogg", "a slash": "/", "three parts": "a/b/c",
		"a parameter without a value": "audio/ogg; x", "a blank inside": "audio/o gg", "a disposition": "attachment; filename=a.ogg",
	} {
		row(why, "type", func(m, _ *evidence.Media) { m.Type = typ })
	}
	return rows
}

// Validate reports all faults at once, record by record, and does not quote the texts.
func TestValidateReportsAllFaultsAndQuotesNoText(t *testing.T) {
	const secret = "s3cret"
	bad := evidence.Header{ID: secret, Account: secret, Agent: secret, Issues: []string{secret, secret, ""}, Start: opened, End: opened.Add(-1), StartedBy: 9}
	media := []evidence.Media{{Name: "/" + secret, Size: -1, SHA256: secret, Type: secret}, {}, {Name: secret, Type: "a/b;" + secret}, {Name: secret}}
	messages := []evidence.Message{{At: opened, From: 9, Text: secret}, {At: opened.Add(-1), Text: secret}, {Text: secret}}
	log := evidence.Log{
		Calls:      []evidence.Call{{Header: bad, Answered: yearAfter, From: secret, To: secret, Media: media, Transcript: messages}, {}},
		Recordings: []evidence.Recording{{Header: bad, Software: secret}},
		Chats:      []evidence.Chat{{Header: bad, Messages: messages}},
	}
	err := log.Validate()
	wantFaults(t, err,
		"calls[0].issues[1]", "calls[0].issues[2]", "calls[0].end", "calls[0].started_by",
		"calls[0].media[0].name", "calls[0].media[0].size", "calls[0].media[0].sha256", "calls[0].media[0].type",
		"calls[0].media[1].name", "calls[0].media[1].sha256", "calls[0].media[1].type",
		"calls[0].media[2].sha256", "calls[0].media[2].type",
		"calls[0].media[3].name", "calls[0].media[3].sha256", "calls[0].media[3].type",
		"calls[0].transcript[0].from", "calls[0].transcript[1].at", "calls[0].transcript[1].from", "calls[0].transcript[2].at", "calls[0].transcript[2].from",
		"calls[1].id", "calls[1].start", "calls[1].end",
		"recordings[0].issues[1]", "recordings[0].issues[2]", "recordings[0].end", "recordings[0].started_by",
		"chats[0].issues[1]", "chats[0].issues[2]", "chats[0].end", "chats[0].started_by",
		"chats[0].messages[0].from", "chats[0].messages[1].at", "chats[0].messages[1].from", "chats[0].messages[2].at", "chats[0].messages[2].from",
	)
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatal(err)
	}
	for _, fault := range invalid.Faults {
		if strings.Contains(fault.Error(), secret) {
			t.Errorf("%v tells a text", fault.Path)
		}
	}
	for path, tells := range map[string]string{
		"calls[0].issues[1]":     "issues[0]",
		"calls[0].media[3].name": "media[2]",
		"calls[0].started_by":    "9",
	} {
		i := slices.IndexFunc(invalid.Faults, func(f refund.Fault) bool { return f.Path == path })
		if i < 0 || !strings.Contains(invalid.Faults[i].Reason, tells) {
			t.Errorf("%s does not tell %s", path, tells)
		}
	}
}
