package refund_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// laterText is policyText as another version.
func laterText(t testing.TB) string {
	return edit(t, policyText, `2026/α`, `2027`, `2026-01-01T00:00:00.000000005Z`, `2027-01-01T00:00:00Z`)
}

func listOf(versions ...string) string { return `{"versions":[` + strings.Join(versions, ",") + `]}` }

func decodeVersions(text string) error {
	e, err := readVersions([]byte(text))
	return half(len(e.Policies()) == 0, err)
}

func editionsOf(t rapid.TB, policies ...refund.Policy) refund.Versions {
	t.Helper()
	e, err := refund.NewVersions(policies...)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestDecodeVersionsReadsEveryField(t *testing.T) {
	for _, text := range []string{listOf(policyText, laterText(t)), listOf(laterText(t), policyText)} {
		e, err := readVersions([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		list := e.Policies()
		if len(list) != 2 || list[1].Version != "2027" || list[1].Effective.Year() != 2027 {
			t.Fatalf("read as %+v", list)
		}
		samePolicy(t, list[0], policyOfText(t))
	}
}

func TestDecodeBoundsTheVersions(t *testing.T) {
	compact := strings.Join(strings.Fields(policyText), " ")
	text := func(n int) string {
		list := make([]string, n)
		for i := range list {
			effective := time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
			list[i] = edit(t, compact, `2026/α`, strconv.Itoa(i), `2026-01-01T00:00:00.000000005Z`, effective)
		}
		return listOf(list...)
	}
	e, err := readVersions([]byte(text(1000)))
	if err != nil || len(e.Policies()) != 1000 {
		t.Errorf("%d versions, %v", len(e.Policies()), err)
	}
	testkit.WantPaths(t, decodeVersions(text(1001)), []string{"versions"}...)
}

func TestVersionsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var policies []refund.Policy
		for i := range rapid.IntRange(1, 4).Draw(t, "versions") {
			p := somePolicies.Draw(t, "policy")
			p.Version = string(rune('a' + i))
			if i > 0 { // versions with different instants
				p.Effective = time.Date(2026, 1, i, 0, 0, 0, i, time.UTC)
			} else {
				p.Effective = time.Time{}
			}
			policies = append(policies, p)
		}
		e := editionsOf(t, rapid.Permutation(policies).Draw(t, "order")...)
		text, err := e.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := readVersions(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		list := back.Policies()
		if len(list) != len(policies) {
			t.Fatalf("%d come back as %d", len(policies), len(list))
		}
		for i, p := range list {
			if !p.Equal(policies[i]) {
				t.Fatalf("%+v comes back as %+v", policies[i], p)
			}
		}
	})
}

func TestDecodeVersions(t *testing.T) {
	one := edit(t, policyText, `"effective":"2026-01-01T00:00:00.000000005Z",`, ``)
	rows := []struct {
		because string
		text    string
		paths   []string
	}{
		{"one version that is always in effect", listOf(one), nil},
		{"two versions", listOf(policyText, laterText(t)), nil},
		{"an unknown field", `{"default":"1","versions":[` + one + `]}`, []string{"default"}},
		{"a name that is not an identifier is not shown", `{"jane doe":"1","versions":[` + one + `]}`, []string{"…"}},
		{"the list twice", `{"versions":[],"versions":[` + one + `]}`, []string{"versions"}},
		{"no list", `{}`, []string{"versions"}},
		{"an empty list", `{"versions":[]}`, []string{"versions"}},
		{"null for the list", `{"versions":null}`, []string{"versions"}},
		{"an object for the list", `{"versions":` + one + `}`, []string{"versions"}},
		{"null for a version", listOf(policyText, `null`), []string{"versions[1]"}},
		{"a text for a version", listOf(`"1"`, policyText), []string{"versions[0]"}},
		{"a list for a version", listOf(`[`+one+`]`, policyText), []string{"versions[0]"}},
		{"two versions with one instant", listOf(policyText, edit(t, policyText, `2026/α`, `2027`)), []string{"versions[1].effective"}},
		{"one version twice", listOf(policyText, edit(t, laterText(t), `2027",`, `2026/α",`)), []string{"versions[1].version"}},
		{"two versions that are always in effect", listOf(one, edit(t, one, `2026/α`, `2027`)), []string{"versions[1].effective"}},
		{"a fault of reading in the second", listOf(policyText, edit(t, laterText(t), `"08:05"`, `"8:05"`)), []string{"versions[1].hours.monday[0].opens"}},
		{"a fault of the policy in the first", listOf(edit(t, policyText, `:30,`, `:0,`), laterText(t)), []string{"versions[0].window_days"}},
		{"faults of both", listOf(edit(t, policyText, `"required":["credentials","callback"]`, `"required":["cap"],"x":1`), edit(t, laterText(t), `,
"required":["credentials","callback"]`, ``)), []string{"versions[0].required[0]", "versions[0].x", "versions[1].required"}},
		{"not an object", `[` + policyText + `]`, whole},
		{"text after its end", listOf(policyText) + "x", whole},
		{"longer than 1 MiB", listOf(policyText) + strings.Repeat(" ", maxBytes), whole},
	}
	for _, r := range rows {
		t.Run(r.because, func(t *testing.T) {
			named(t, r.because)
			testkit.WantPaths(t, decodeVersions(r.text), r.paths...)
		})
	}
	text := listOf(policyText, laterText(t))
	for i := range len(text) {
		if err := decodeVersions(text[:i]); !slices.Equal(jsonPaths(t, err), whole) {
			t.Fatalf("cut to %d bytes: %v", i, err)
		}
	}
}

// Every fault of a policy is also reported for a version, at its path.
func TestDecodeVersionsFaultsOfAPolicy(t *testing.T) {
	for _, r := range policyRows {
		t.Run(r.because, func(t *testing.T) {
			named(t, r.because)
			var paths []string
			for _, path := range r.paths {
				paths = append(paths, "versions[1]."+path)
			}
			testkit.WantPaths(t, decodeVersions(listOf(laterText(t), edit(t, policyText, r.pairs...))), paths...)
		})
	}
}

func TestMarshalVersions(t *testing.T) {
	p, later := policyOfText(t), policyOfText(t)
	later.Version, later.Effective = "2027", time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	want := strings.ReplaceAll(listOf(policyText, laterText(t)), "\n", "")
	got, err := editionsOf(t, later, p).MarshalJSON()
	if err != nil || string(got) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}

	nowhere, binary := later, later
	nowhere.Location = time.FixedZone("UTC-5", -5*3600)
	binary.Version = "\xff"
	long := later
	long.SpecialDays = manySpecialDays()
	rows := []struct {
		because string
		e       refund.Versions
		paths   []string
	}{
		{"the zero Versions", refund.Versions{}, []string{"versions"}},
		{"an offset that is not the name of a zone", editionsOf(t, p, nowhere), []string{"versions[1].location"}},
		{"a version that is not valid UTF-8", editionsOf(t, p, binary), []string{"versions[1].version"}},
		{"longer than 1 MiB", editionsOf(t, p, long), whole},
	}
	for _, r := range rows {
		t.Run(r.because, func(t *testing.T) {
			named(t, r.because)
			got, err := r.e.MarshalJSON()
			testkit.WantPaths(t, err, r.paths...)
			if got != nil {
				t.Errorf("wrote %s", got)
			}
		})
	}
}
