package evidence_test

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A drawn is what is given to a review.
type drawn struct {
	log    evidence.Log
	c      refund.Case
	checks []evidence.MediaCheck
}

func (d drawn) review() evidence.Report {
	return evidence.Review(d.log, d.c, d.checks...)
}

// A world says how much there is to draw from. In a small one, ids, accounts, instants
// and files coincide.
type world struct {
	least, records int // at least, and at most
	issues         int // at most
	instants       int
	unnamed        int      // of twelve records, how many name no issue
	names          []string // of issues
}

var (
	smallWorld = world{records: 6, issues: 4, instants: 6, unnamed: 4, names: []string{"T-1", "T-1", "T-2", "T-3", ""}}
	// Here no record names an issue, so that more are there than are listed.
	crowdedWorld = world{least: 12, records: 60, issues: 12, instants: 40, unnamed: 12, names: []string{"T-9"}}
)

// instant draws one of a few that follow each other over the turn of a second, or the
// zero Time.
func (w world) instant(t *rapid.T, what string) time.Time {
	n := rapid.IntRange(0, w.instants).Draw(t, what)
	if n == 0 {
		return time.Time{}
	}
	at := opened.Add(time.Duration(n - w.instants/2))
	return at.In(rapid.SampledFrom([]*time.Location{time.UTC, time.FixedZone("east", 3600)}).Draw(t, "zone"))
}

func drawMedia(t *rapid.T) evidence.Media {
	return evidence.Media{
		Name:   rapid.SampledFrom([]string{"a", "b"}).Draw(t, "name"),
		Size:   rapid.Int64Range(0, 1).Draw(t, "size"),
		SHA256: rapid.SampledFrom([]string{"aa", "AA"}).Draw(t, "sha256"),
		Type:   rapid.SampledFrom([]string{"audio/ogg", ""}).Draw(t, "type"),
	}
}

// add draws a record, and adds it to a log.
func (w world) add(t *rapid.T, log *evidence.Log) {
	h := evidence.Header{
		ID:        rapid.SampledFrom([]string{"A", "B", "C", ""}).Draw(t, "id"),
		Account:   rapid.SampledFrom([]string{"ACC-7", "ACC-7", "ACC-7", "ACC-8", ""}).Draw(t, "account"),
		Start:     w.instant(t, "start"),
		End:       w.instant(t, "end"),
		StartedBy: evidence.Side(rapid.IntRange(0, 4).Draw(t, "side")),
	}
	if w.least > 0 && h.End.Before(h.Start) {
		h.Start, h.End = h.End, h.Start
	}
	if rapid.IntRange(1, 12).Draw(t, "names any") > w.unnamed {
		h.Issues = rapid.SliceOfN(rapid.SampledFrom(w.names), 1, 3).Draw(t, "issues")
	}
	var media []evidence.Media
	if rapid.IntRange(0, 3).Draw(t, "has media") == 0 {
		media = []evidence.Media{drawMedia(t), drawMedia(t)}
	}
	switch rapid.SampledFrom([]evidence.Kind{evidence.KindCall, evidence.KindRecording, evidence.KindChat}).Draw(t, "kind") {
	case evidence.KindCall:
		c := evidence.Call{Header: h, Media: media}
		if rapid.IntRange(0, 3).Draw(t, "answered") > 0 {
			c.Answered = opened
		}
		log.Calls = append(log.Calls, c)
	case evidence.KindRecording:
		log.Recordings = append(log.Recordings, evidence.Recording{Header: h, Media: media})
	case evidence.KindChat:
		log.Chats = append(log.Chats, evidence.Chat{Header: h, Media: media})
	}
}

func (w world) draw(t *rapid.T) drawn {
	d := drawn{c: refund.Case{
		Subscription: refund.Subscription{ID: "SUB-1", Account: rapid.SampledFrom([]string{"ACC-7", "ACC-7", "ACC-7", ""}).Draw(t, "of")},
		Request:      refund.Request{At: w.instant(t, "asked"), Channel: refund.Channel(rapid.IntRange(0, 4).Draw(t, "channel"))},
	}}
	for range rapid.IntRange(w.least, w.records).Draw(t, "records") {
		w.add(t, &d.log)
	}
	if n := rapid.IntRange(-1, w.issues).Draw(t, "issue log"); n >= 0 {
		d.c.Issues = refund.IssueLog{}
		for range n {
			d.c.Issues = append(d.c.Issues, refund.Issue{
				ID:       rapid.SampledFrom(w.names).Draw(t, "issue"),
				Opened:   w.instant(t, "opened"),
				Resolved: w.instant(t, "resolved"),
			})
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "checks") {
		d.checks = append(d.checks, evidence.MediaCheck{Media: drawMedia(t), State: evidence.MediaState(rapid.IntRange(0, 5).Draw(t, "state"))})
	}
	return d
}

// A witnessed is a record as the rules speak of it.
type witnessed struct {
	evidence.Header
	ref    evidence.Ref
	missed bool
	media  []evidence.Media
}

// all returns the records in the order in which a report lists them.
func all(log evidence.Log) (list []witnessed) {
	for _, c := range log.Calls {
		list = append(list, witnessed{c.Header, evidence.Ref{Kind: evidence.KindCall, ID: c.ID}, c.Answered.IsZero(), c.Media})
	}
	for _, r := range log.Recordings {
		list = append(list, witnessed{r.Header, evidence.Ref{Kind: evidence.KindRecording, ID: r.ID}, false, r.Media})
	}
	for _, c := range log.Chats {
		list = append(list, witnessed{c.Header, evidence.Ref{Kind: evidence.KindChat, ID: c.ID}, false, c.Media})
	}
	slices.SortStableFunc(list, witnessed.compare)
	return list
}

func (w witnessed) compare(v witnessed) int {
	return cmp.Or(w.Start.Compare(v.Start), strings.Compare(w.ID, v.ID), cmp.Compare(w.ref.Kind, v.ref.Kind))
}

func (w witnessed) damaged(checks []evidence.MediaCheck) bool {
	return slices.ContainsFunc(w.media, func(m evidence.Media) bool {
		return slices.ContainsFunc(checks, func(c evidence.MediaCheck) bool {
			same := c.Media.Name == m.Name && c.Media.Size == m.Size && c.Media.SHA256 == m.SHA256
			return same && c.State != 0 && c.State != evidence.MediaIntact
		})
	})
}

// asks reports whether the customer asked for the refund in a record.
func (w witnessed) asks(q refund.Request) bool {
	if q.At.IsZero() || w.Start.IsZero() || w.End.IsZero() || q.At.Before(w.Start) || q.At.After(w.End) {
		return false
	}
	return w.ref.Kind == evidence.KindCall && q.Channel == refund.ChannelPhone || w.ref.Kind == evidence.KindChat && q.Channel == refund.ChannelOther
}

// in reports whether a record was made in the time of a resolution.
func (w witnessed) in(issue refund.Issue) bool {
	if w.Start.IsZero() || w.End.IsZero() || w.End.Before(w.Start) || issue.Opened.IsZero() || issue.Resolved.Before(issue.Opened) {
		return false
	}
	first, last := w.Start, w.End // of the instants in common
	if issue.Opened.After(first) {
		first = issue.Opened
	}
	if issue.Resolved.Before(last) {
		last = issue.Resolved
	}
	return !last.Before(first)
}

// naive reviews rule by rule, issue by issue, record by record, as the comments of
// Review and Report have it.
func naive(d drawn) evidence.Report {
	r := evidence.Report{Subscription: d.c.Subscription.ID, Log: d.log.Digest()}
	type mention struct {
		by    witnessed
		issue string
	}
	var records []witnessed
	var unknown []mention
	for _, w := range all(d.log) {
		if w.Account != "" && d.c.Subscription.Account != "" && w.Account != d.c.Subscription.Account {
			r.OtherAccounts = append(r.OtherAccounts, w.ref)
			continue
		}
		records = append(records, w)
		r.Records++
		if w.asks(d.c.Request) {
			r.Asked = append(r.Asked, w.ref)
		}
		if w.damaged(d.checks) {
			r.Damaged = append(r.Damaged, w.ref)
		}
		for _, id := range slices.Compact(slices.Sorted(slices.Values(w.Issues))) {
			if !slices.ContainsFunc(d.c.Issues, func(issue refund.Issue) bool { return issue.ID == id }) {
				unknown = append(unknown, mention{w, id})
			}
		}
	}
	slices.SortStableFunc(unknown, func(a, b mention) int { return cmp.Or(a.by.compare(b.by), strings.Compare(a.issue, b.issue)) })
	for _, m := range unknown {
		r.Unknown = append(r.Unknown, evidence.Mention{Record: m.by.ref, Issue: m.issue})
	}
	if d.c.Issues != nil {
		r.Resolutions = []evidence.Resolution{}
	}
	for _, issue := range slices.SortedStableFunc(slices.Values(d.c.Issues), func(a, b refund.Issue) int {
		return cmp.Or(a.Opened.Compare(b.Opened), strings.Compare(a.ID, b.ID), a.Resolved.Compare(b.Resolved))
	}) {
		r.Resolutions = append(r.Resolutions, resolution(records, d, issue))
	}
	return r
}

// resolution goes by the rules for one issue.
func resolution(records []witnessed, d drawn, issue refund.Issue) evidence.Resolution {
	res := evidence.Resolution{Issue: issue.ID, Opened: issue.Opened, Resolved: issue.Resolved}
	if issue.Resolved.IsZero() {
		res.Standing = evidence.StandingUnresolved
		return res
	}
	sharing := 0 // issues of this id
	for _, other := range d.c.Issues {
		if other.ID == issue.ID {
			sharing++
		}
	}
	if sharing > 1 {
		res.Standing = evidence.StandingUnsupported
		return res
	}
	var naming, unnamed []evidence.Ref
	for _, w := range records {
		names, speaks := slices.Contains(w.Issues, issue.ID), !w.damaged(d.checks) && !w.missed
		disputes := names && !w.asks(d.c.Request)
		if disputes && w.damaged(d.checks) && w.in(issue) {
			res.Contradicting = append(res.Contradicting, evidence.Contradiction{Record: w.ref, Objection: evidence.ObjectionMedia})
		}
		if disputes && !w.Start.IsZero() && w.Start.After(issue.Resolved) && w.StartedBy != evidence.SideAgent {
			res.Contradicting = append(res.Contradicting, evidence.Contradiction{Record: w.ref, Objection: evidence.ObjectionCameBack})
		}
		if names && speaks && w.in(issue) {
			naming = append(naming, w.ref)
		}
		if len(w.Issues) == 0 && speaks && w.in(issue) && w.Account != "" && w.Account == d.c.Subscription.Account {
			unnamed = append(unnamed, w.ref)
		}
	}
	switch {
	case len(res.Contradicting) > 0:
		res.Standing = evidence.StandingDisputed
	case len(naming) > 0:
		res.Standing = evidence.StandingCorroborated
	case len(unnamed) > 0:
		res.Standing = evidence.StandingPlausible
	default:
		res.Standing = evidence.StandingUnsupported
	}
	res.Supporting = naming
	if len(naming) == 0 {
		res.Supporting = unnamed[:min(len(unnamed), evidence.MaxListed)]
		res.More = len(unnamed) - len(res.Supporting)
	}
	return res
}

// lists replaces nil lists by empty ones, except for Resolutions, where the two differ.
func lists(r evidence.Report) evidence.Report {
	for i := range r.Resolutions {
		s := &r.Resolutions[i]
		s.Supporting, s.Contradicting = append([]evidence.Ref{}, s.Supporting...), append([]evidence.Contradiction{}, s.Contradicting...)
	}
	r.OtherAccounts, r.Damaged = append([]evidence.Ref{}, r.OtherAccounts...), append([]evidence.Ref{}, r.Damaged...)
	r.Unknown, r.Asked = append([]evidence.Mention{}, r.Unknown...), append([]evidence.Ref{}, r.Asked...)
	return r
}

// Review does as the rules say, one by one.
func TestReviewLaw(t *testing.T) {
	for _, w := range []world{smallWorld, crowdedWorld} {
		rapid.Check(t, func(t *rapid.T) {
			d := w.draw(t)
			if diff := gocmp.Diff(lists(naive(d)), lists(d.review())); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// A report does not depend on the order of records, of their issues and files, of the issue
// log, or of the checks.
func TestReviewOrderLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := smallWorld.draw(t)
		want := d.review()
		shuffle(d.log, rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
		slices.Reverse(d.c.Issues)
		slices.Reverse(d.checks)
		if diff := gocmp.Diff(want, d.review()); diff != "" {
			t.Errorf("want -, got in another order +:\n%s", diff)
		}
	})
}

// One more record never makes a standing worse, unless it disputes.
func TestReviewMonotonyLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := smallWorld.draw(t)
		before := d.review().Resolutions
		smallWorld.add(t, &d.log)
		for i, s := range d.review().Resolutions {
			if s.Standing < before[i].Standing && s.Standing != evidence.StandingDisputed {
				t.Errorf("%q was %v, and is %v", s.Issue, before[i].Standing, s.Standing)
			}
			if unresolved := evidence.StandingUnresolved; (s.Standing == unresolved) != (before[i].Standing == unresolved) {
				t.Errorf("%q was %v, and is %v", s.Issue, before[i].Standing, s.Standing)
			}
		}
	})
}

// A review does not change its input, and the report shares no memory with it.
func TestReviewSharesNoMemoryWithItsInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := smallWorld.draw(t)
		given := drawn{clone(d.log), d.c, clone(d.checks)}
		given.c.Issues = clone(d.c.Issues)
		report := d.review()
		if !reflect.DeepEqual(d, given) {
			t.Error("something that was given has changed")
		}
		want := clone(report)
		scramble(reflect.ValueOf(&d.log))
		scramble(reflect.ValueOf(&d.c.Issues))
		scramble(reflect.ValueOf(&d.checks))
		if diff := gocmp.Diff(want, report); diff != "" {
			t.Errorf("the report changed with what was given, want -, got +:\n%s", diff)
		}
	})
}
