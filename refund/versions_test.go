package refund_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// policyVersion returns the published policy with another version and Effective.
func policyVersion(version string, effective time.Time) refund.Policy {
	p := testkit.Policy()
	p.Version, p.Effective = version, effective
	return p
}

func published(t testkit.TB, policies ...refund.Policy) refund.Versions {
	t.Helper()
	e, err := refund.NewVersions(policies...)
	if err != nil {
		t.Fatalf("no versions: %v", err)
	}
	return e
}

func TestVersionsAt(t *testing.T) {
	first, second := testkit.March(1, 0, 0), testkit.March(10, 0, 0)
	dated := published(t, policyVersion("2", second), policyVersion("1", first))
	always := published(t, policyVersion("2", second), policyVersion("0", time.Time{}))
	rows := []struct {
		because string
		e       refund.Versions
		at      time.Time
		version string
	}{
		{"a nanosecond before the first policy", dated, first.Add(-time.Nanosecond), ""},
		{"at the instant of the first policy", dated, first, "1"},
		{"a nanosecond after the first policy", dated, first.Add(time.Nanosecond), "1"},
		{"a nanosecond before the next policy", dated, second.Add(-time.Nanosecond), "1"},
		{"at the instant of the next policy", dated, second, "2"},
		{"at that instant in another zone", dated, second.UTC(), "2"},
		{"long after the last policy", dated, time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC), "2"},
		{"a version without an instant is always in effect", always, time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), "0"},
		{"a version without an instant, after the next", always, second, "2"},
		{"the zero Versions", refund.Versions{}, first, ""},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			p, err := r.e.At(r.at)
			if p.Version != r.version || (err == nil) != (r.version != "") || err != nil && !errors.Is(err, refund.ErrNoVersion) {
				t.Errorf("got %q, %v; want %q", p.Version, err, r.version)
			}
			if err != nil && !p.Equal(refund.Policy{}) {
				t.Errorf("an error comes with a policy: %+v", p)
			}
		})
	}
	for _, at := range []time.Time{{}, time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		for _, e := range []refund.Versions{always, {}} {
			if p, err := e.At(at); !testkit.HasPaths(err, "subscription.start") || p.Version != "" {
				t.Errorf("at %v: %q, %v", at, p.Version, err)
			}
		}
	}
}

func TestNewVersionsRefuses(t *testing.T) {
	first, second := testkit.March(1, 0, 0), testkit.March(10, 0, 0)
	broken := policyVersion("", second)
	broken.WindowDays, broken.Location = 0, nil
	rows := []struct {
		because  string
		policies []refund.Policy
		paths    []string
	}{
		{"no policies", nil, []string{"versions"}},
		{"an invalid policy, with each of its faults", []refund.Policy{policyVersion("1", first), broken},
			[]string{"versions[1].version", "versions[1].window_days", "versions[1].location"}},
		{"two at one instant", []refund.Policy{policyVersion("1", second), policyVersion("2", first), policyVersion("3", second.UTC())}, []string{"versions[2].effective"}},
		{"two without an instant", []refund.Policy{policyVersion("1", time.Time{}), policyVersion("2", time.Time{})}, []string{"versions[1].effective"}},
		{"one version twice", []refund.Policy{policyVersion("1", first), policyVersion("1", second)}, []string{"versions[1].version"}},
		{"the same policy twice", []refund.Policy{policyVersion("1", first), policyVersion("1", first)}, []string{"versions[1].effective", "versions[1].version"}},
		{"two missing versions are two faults, not a repetition", []refund.Policy{policyVersion("", first), policyVersion("", second)}, []string{"versions[0].version", "versions[1].version"}},
		{"three at one instant: each after the first", []refund.Policy{policyVersion("1", first), policyVersion("2", first), policyVersion("3", first)},
			[]string{"versions[1].effective", "versions[2].effective"}},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			e, err := refund.NewVersions(r.policies...)
			if !testkit.HasPaths(err, r.paths...) || len(e.Policies()) != 0 {
				t.Errorf("got %d versions, %q; want %q", len(e.Policies()), testkit.Paths(err), r.paths)
			}
		})
	}
	_, err := published(t, policyVersion("1", first)).At(first.Add(-time.Nanosecond))
	if want := "refund: no policy was in force on 1 March 2026 at 04:59:59.999999999 UTC: the first takes effect on 1 March 2026 at 05:00 UTC"; err == nil || err.Error() != want {
		t.Errorf("says %q", err)
	}
	_, err = refund.Versions{}.At(first)
	if want := "refund: no policy was in force on 1 March 2026 at 05:00 UTC"; err == nil || err.Error() != want {
		t.Errorf("says %q", err)
	}
	_, err = refund.NewVersions(policyVersion("1", first), policyVersion("2", second), policyVersion("3", first))
	var invalid *refund.InvalidError
	if errors.As(err, &invalid); invalid.Faults[0].Reason != "is also the instant of versions[0]" {
		t.Errorf("says %q", invalid.Faults[0].Reason)
	}
}

// For any order of the arguments, the latest version in effect governs.
func TestVersionsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offsets := rapid.SliceOfNDistinct(rapid.Int64Range(-5, 5), 1, 6, rapid.ID[int64]).Draw(t, "offsets")
		origin := testkit.March(1, 0, 0)
		var policies []refund.Policy
		for i, offset := range offsets {
			policies = append(policies, policyVersion(string(rune('a'+i)), origin.Add(time.Duration(offset))))
		}
		e := published(t, policies...)
		if !slices.IsSortedFunc(e.Policies(), func(a, b refund.Policy) int { return a.Effective.Compare(b.Effective) }) || len(e.Policies()) != len(policies) {
			t.Fatalf("listed as %v", e.Policies())
		}
		at := rapid.Int64Range(-6, 6).Draw(t, "at")
		best := -1
		for i, offset := range offsets {
			if offset <= at && (best < 0 || offset > offsets[best]) {
				best = i
			}
		}
		p, err := e.At(origin.Add(time.Duration(at)))
		if best < 0 {
			if !errors.Is(err, refund.ErrNoVersion) {
				t.Fatalf("got %q, %v", p.Version, err)
			}
		} else if err != nil || !p.Equal(policies[best]) {
			t.Fatalf("got %q, %v; want %q", p.Version, err, policies[best].Version)
		}
	})
}

func TestVersionsShareNoMemory(t *testing.T) {
	p := policyVersion("1", time.Time{})
	p.SpecialDays = refund.SpecialDays{refund.MustDate("2026-03-13"): {{Opens: 8 * time.Hour, Closes: 13 * time.Hour}}}
	list := []refund.Policy{p, policyVersion("2", testkit.March(20, 0, 0))}
	e := published(t, list...)
	want := p.Digest()
	check := func(what string) {
		t.Helper()
		if got, err := e.At(testkit.March(1, 0, 0)); err != nil || got.Digest() != want {
			t.Errorf("%s changes a version: %+v, %v", what, got, err)
		}
	}
	scrawl := func(p *refund.Policy) {
		p.Version, p.WindowDays = "changed", 1
		p.SpecialDays[refund.MustDate("2026-03-13")][0].Closes--
		p.SpecialDays[refund.MustDate("2026-03-12")] = nil
		p.Hours[time.Monday][0].Opens++
		p.Required[0] = refund.ClauseCallback
	}
	scrawl(&list[0])
	check("the caller's list")
	at, err := e.At(testkit.March(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	scrawl(&at)
	check("what At returned")
	all := e.Policies()
	scrawl(&all[0])
	check("what Policies returned")
}

// After gumroad PR #5341: the version in force at the purchase judges the case.
func TestVersionOfTheSubscriptionGoverns(t *testing.T) {
	old, later := policyVersion("1", time.Time{}), policyVersion("2", testkit.March(5, 0, 0))
	later.WindowDays = 3
	e := published(t, old, later)
	c := testkit.ReviewedCase() // subscribed on 2 March, asked on the 10th
	o, err := e.Evaluate(c)
	if err != nil || o.Basis.Policy != "1" || o.Verdict != refund.VerdictDeducted {
		t.Errorf("%v by %q, %v", o.Verdict, o.Basis.Policy, err)
	}
	want, err := old.Evaluate(c)
	if err != nil || !o.Equal(want) {
		t.Errorf("got %+v, want %+v", o, want)
	}
	c.Subscription.Start = testkit.March(5, 0, 0)
	if o, err = e.Evaluate(c); err != nil || o.Basis.Policy != "2" || o.Verdict != refund.VerdictWindowClosed {
		t.Errorf("%v by %q, %v", o.Verdict, o.Basis.Policy, err)
	}
	c.Request.Channel = 0
	if o, err = e.Evaluate(c); !testkit.HasPaths(err, "request.channel") || !o.Equal(refund.Outcome{}) {
		t.Errorf("an invalid case: %v", err)
	}
	if o, err = published(t, later).Evaluate(testkit.ReviewedCase()); !errors.Is(err, refund.ErrNoVersion) || !o.Equal(refund.Outcome{}) {
		t.Errorf("before the first: %v", err)
	}
	c.Subscription.Start = time.Time{}
	if _, err = e.Evaluate(c); !slices.Contains(testkit.Paths(err), "subscription.start") {
		t.Errorf("no start: %v", err)
	}
}

// A case without a start has no version; its other faults are reported all the same.
func TestVersionsEvaluateReportsEveryFault(t *testing.T) {
	versions, err := refund.NewVersions(testkit.Policy())
	if err != nil {
		t.Fatal(err)
	}
	c := testkit.ReviewedCase()
	c.Subscription.Start, c.Subscription.ID = time.Time{}, ""
	_, err = versions.Evaluate(c)
	wantPaths(t, err, "subscription.id", "subscription.start")
}

func TestVersionsAreBounded(t *testing.T) {
	policies := make([]refund.Policy, refund.MaxVersions)
	for i := range policies {
		policies[i] = testkit.Policy()
		policies[i].Version = fmt.Sprint("v", i)
		policies[i].Effective = time.Unix(int64(i), 0)
	}
	if _, err := refund.NewVersions(policies...); err != nil {
		t.Fatal(err)
	}
	one := testkit.Policy()
	one.Version = "one more"
	_, err := refund.NewVersions(append(policies, one)...)
	wantPaths(t, err, "versions")
	// Equal versions result in one or two faults each, not in one for each pair.
	_, err = refund.NewVersions(make([]refund.Policy, 500)...)
	if n := len(faultsOf(t, err)); n > 500*15 {
		t.Errorf("%d faults of 500 versions", n)
	}
}
