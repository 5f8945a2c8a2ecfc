package customer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The instants of the request and the decision in these tests.
var (
	asked   = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	decided = asked.Add(6 * time.Hour)
)

// lines returns findings as lines of clause, severity and subject.
func lines(findings []refund.Finding) []string {
	lines := []string{}
	for _, f := range findings {
		lines = append(lines, strings.TrimSpace(fmt.Sprint(f.Clause, " ", f.Severity, " ", f.Subject)))
	}
	return lines
}

func yes(at time.Time) customer.Attestation {
	return customer.Attestation{Answer: customer.AnswerYes, At: at}
}
func no(at time.Time) customer.Attestation {
	return customer.Attestation{Answer: customer.AnswerNo, At: at}
}

func TestReview(t *testing.T) {
	nobody, holder, son := customer.Requester{}, customer.Requester{Account: "ACC-7"}, customer.Requester{Account: "ACC-8"}
	registered := []customer.Particular{{Name: "name", Present: true}, {Name: "address", Present: true}}
	reports := func(r ...customer.MisuseReport) customer.Account {
		return customer.Account{Reports: append([]customer.MisuseReport{}, r...)}
	}
	delegated := func(from, until time.Time) customer.Account {
		return customer.Account{ID: "ACC-7", Delegates: []customer.Delegate{{Account: "ACC-8", From: from, Until: until}}}
	}
	for _, row := range []struct {
		reason    string
		account   customer.Account
		requester customer.Requester
		answers   customer.Attestations
		want      []string
	}{
		{"no fact is known", customer.Account{}, nobody, nil, nil},

		{"an answer on each responsibility", customer.Account{}, nobody, customer.Attestations{
			refund.ClauseCooperation: yes(asked), refund.ClausePeripherals: no(asked), refund.ClauseLicensed: yes(asked),
			refund.ClauseBestEffort: yes(asked), refund.ClauseDataLoss: no(asked), refund.ClauseEnvironment: yes(asked),
		}, []string{"cooperation satisfied", "peripherals advisory", "licensed satisfied", "best-effort satisfied", "data-loss advisory", "environment satisfied"}},
		{"an answer at the instant of the decision counts", customer.Account{}, nobody, customer.Attestations{refund.ClauseLicensed: yes(decided)}, []string{"licensed satisfied"}},
		{"an answer a nanosecond after the decision does not count", customer.Account{}, nobody, customer.Attestations{refund.ClauseLicensed: yes(decided.Add(1))}, nil},
		{"an answer without an instant does not count", customer.Account{}, nobody, customer.Attestations{refund.ClauseLicensed: yes(time.Time{})}, nil},
		{"a question that was asked and not answered", customer.Account{}, nobody, customer.Attestations{refund.ClauseLicensed: {At: asked}}, nil},
		{"an answer with an unknown code", customer.Account{}, nobody, customer.Attestations{refund.ClauseLicensed: {Answer: 3, At: asked}}, nil},
		{"answers about clauses for which a customer cannot answer", customer.Account{}, nobody, customer.Attestations{
			refund.ClauseCap: yes(asked), refund.ClauseLogReview: yes(asked), refund.ClauseAccountAccess: yes(asked), 0: yes(asked), 200: no(asked),
		}, nil},

		{"a complete registration", customer.Account{Username: "jo", Particulars: registered}, nobody, nil, []string{"registration satisfied"}},
		{"a form that requires only a username", customer.Account{Username: "jo", Particulars: []customer.Particular{}}, nobody, nil, []string{"registration satisfied"}},
		{"a particular and the username are missing", customer.Account{Particulars: append(registered[:2:2], customer.Particular{Name: "telephone"})}, nobody, nil,
			[]string{"registration advisory telephone", "registration advisory username"}},
		{"a username alone does not make the registration known", customer.Account{Username: "jo"}, nobody, nil, nil},
		{"a yes alone does not make the registration known", customer.Account{}, nobody, customer.Attestations{refund.ClauseRegistration: yes(asked)}, nil},
		{"a no is an objection even to a complete registration", customer.Account{Username: "jo", Particulars: registered}, nobody, customer.Attestations{refund.ClauseRegistration: no(asked)}, []string{"registration advisory"}},
		{"a no is an objection even to an unknown registration", customer.Account{}, nobody, customer.Attestations{refund.ClauseRegistration: no(asked)}, []string{"registration advisory"}},

		{"there are no reports", reports(), nobody, nil, []string{"credentials satisfied"}},
		{"the reports are unknown", customer.Account{}, nobody, nil, nil},
		{"a yes alone does not make the reports known", customer.Account{}, nobody, customer.Attestations{refund.ClauseCredentials: yes(asked)}, nil},
		{"a report is open at the instant at which it is made", reports(customer.MisuseReport{ID: "U-1", Made: decided}), nobody, nil, []string{"credentials blocking U-1"}},
		{"a report made a nanosecond later does not count", reports(customer.MisuseReport{ID: "U-1", Made: decided.Add(1)}), nobody, nil, []string{"credentials satisfied"}},
		{"a report is no longer open at its closing instant", reports(customer.MisuseReport{ID: "U-1", Made: asked, Closed: decided}), nobody, nil, []string{"credentials satisfied"}},
		{"a report is open a nanosecond before it is closed", reports(customer.MisuseReport{ID: "U-1", Made: asked, Closed: decided.Add(1)}), nobody, nil, []string{"credentials blocking U-1"}},
		{"each open report, and not the closed one", reports(customer.MisuseReport{ID: "U-1"}, customer.MisuseReport{ID: "U-2", Closed: asked}, customer.MisuseReport{ID: "U-3"}), nobody,
			customer.Attestations{refund.ClauseCredentials: no(asked)}, []string{"credentials blocking U-1", "credentials blocking U-3", "credentials advisory"}},

		{"the holder asks", customer.Account{ID: "ACC-7"}, holder, nil, []string{"account-access satisfied ACC-7"}},
		{"a stranger asks", customer.Account{ID: "ACC-7"}, son, nil, []string{"account-access blocking ACC-8"}},
		{"the requester is unknown", customer.Account{ID: "ACC-7"}, nobody, nil, nil},
		{"the account is unknown", customer.Account{Delegates: []customer.Delegate{{Account: "ACC-8"}}}, son, nil, nil},
		{"a permission without limits", delegated(time.Time{}, time.Time{}), son, nil, []string{"account-access satisfied ACC-8"}},
		{"a permission holds at its first instant", delegated(asked, time.Time{}), son, nil, []string{"account-access satisfied ACC-8"}},
		{"a permission does not hold a nanosecond before its first instant", delegated(asked.Add(1), time.Time{}), son, nil, []string{"account-access blocking ACC-8"}},
		{"a permission holds a nanosecond before its end", delegated(time.Time{}, asked.Add(1)), son, nil, []string{"account-access satisfied ACC-8"}},
		{"a permission does not hold at its end", delegated(time.Time{}, asked), son, nil, []string{"account-access blocking ACC-8"}},
		{"another delegate's permission does not count", delegated(time.Time{}, time.Time{}), customer.Requester{Account: "ACC-9"}, nil, []string{"account-access blocking ACC-9"}},
		{"a later permission of the same delegate counts", customer.Account{ID: "ACC-7", Delegates: []customer.Delegate{
			{Account: "ACC-8", Until: asked.Add(-time.Hour)}, {Account: "ACC-8", From: asked.Add(-time.Minute)}}}, son, nil, []string{"account-access satisfied ACC-8"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			got := lines(customer.Review(row.account, row.requester, row.answers, asked, decided))
			if diff := cmp.Diff(append([]string{}, row.want...), got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// reviewed returns the lines of a review of one clause, with no requester.
func reviewed(account customer.Account, answers customer.Attestations) []string {
	return lines(customer.Review(account, customer.Requester{}, answers, asked, decided))
}

func TestAReportMadeAfterTheRequestHoldsTheRefund(t *testing.T) {
	account := customer.Account{Reports: []customer.MisuseReport{{ID: "U-1", Made: asked.Add(time.Hour)}}}
	if got, want := reviewed(account, nil), []string{"credentials blocking U-1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAReportClosedBeforeTheDecisionDoesNotHold(t *testing.T) {
	account := customer.Account{Reports: []customer.MisuseReport{{ID: "U-1", Made: asked.Add(-time.Hour), Closed: asked.Add(time.Hour)}}}
	if got, want := reviewed(account, nil), []string{"credentials satisfied"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnswersOnTheCallBackCount(t *testing.T) {
	calledBack := asked.Add(4 * time.Hour)
	answers := customer.Attestations{
		refund.ClauseCooperation: yes(calledBack), refund.ClauseRegistration: no(calledBack), refund.ClauseCredentials: no(calledBack),
	}
	want := []string{"cooperation satisfied", "registration advisory", "credentials advisory"}
	if got := reviewed(customer.Account{}, answers); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPermissionCountsAtTheRequest(t *testing.T) {
	for _, row := range []struct {
		reason      string
		from, until time.Time
		want        string
	}{
		{"a permission that ended before the decision was enough to ask", time.Time{}, asked.Add(time.Hour), "account-access satisfied ACC-8"},
		{"a permission given after the request came too late", asked.Add(time.Hour), time.Time{}, "account-access blocking ACC-8"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			account := customer.Account{ID: "ACC-7", Delegates: []customer.Delegate{{Account: "ACC-8", From: row.from, Until: row.until}}}
			if got := lines(customer.Review(account, customer.Requester{Account: "ACC-8"}, nil, asked, decided)); !slices.Equal(got, []string{row.want}) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestZeroInstantsMakeNoFinding(t *testing.T) {
	account := customer.Account{
		ID: "ACC-7", Username: "jo", Particulars: []customer.Particular{},
		Reports: []customer.MisuseReport{{ID: "U-1"}},
	}
	answers := customer.Attestations{refund.ClauseLicensed: yes(asked)}
	rest := []string{"licensed satisfied", "registration satisfied", "credentials blocking U-1"}
	access := []string{"account-access satisfied ACC-7"}
	for _, row := range []struct {
		reason     string
		asked, now time.Time
		want       []string
	}{
		{"both instants are known", asked, decided, append(slices.Clone(rest), access...)},
		{"decided at the instant of the request", asked, asked, append(slices.Clone(rest), access...)},
		{"without the request's instant, permission is not reviewed", time.Time{}, decided, rest},
		{"without the decision's instant, only permission is reviewed", asked, time.Time{}, access},
		{"without any instant", time.Time{}, time.Time{}, nil},
		{"the two instants were exchanged", decided, asked, nil},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			got := lines(customer.Review(account, customer.Requester{Account: "ACC-7"}, answers, row.asked, row.now))
			if diff := cmp.Diff(append([]string{}, row.want...), got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func TestMalformedIDsDoNotMatch(t *testing.T) {
	for _, row := range []struct{ reason, holder, requester, delegate, want string }{
		{"an account of one space has no holder", " ", " ", "", ""},
		{"white space at the end of both ids", "ACC-7 ", "ACC-7 ", "", ""},
		{"white space at the end of the requester's id", "ACC-7", "ACC-7 ", "", ""},
		{"white space at the start of the account's id", "\tACC-7", "ACC-7", "", ""},
		{"a no-break space at the end of the requester's id", "ACC-7", "ACC-7\u00a0", "", ""},
		{"a control character in both ids", "ACC\x00-7", "ACC\x00-7", "", ""},
		{"a line end after both the requester's and the delegate's id", "ACC-7", "ACC-8\n", "ACC-8\n", ""},
		{"white space at the end of the delegate's id gives no permission", "ACC-7", "ACC-8", "ACC-8 ", "account-access blocking ACC-8"},
		{"a space inside an id is part of it", "ACC 7", "ACC 7", "", "account-access satisfied ACC 7"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			account := customer.Account{ID: row.holder, Delegates: []customer.Delegate{{Account: row.delegate}}}
			var want []string
			if row.want != "" {
				want = []string{row.want}
			}
			if got := lines(customer.Review(account, customer.Requester{Account: row.requester}, nil, asked, decided)); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// An id that looks like the holder's or a delegate's is another id.
func TestLookAlikes(t *testing.T) {
	account := customer.Account{ID: "ACC-7a", Delegates: []customer.Delegate{{Account: "DEL-7a"}}}
	for _, row := range []struct{ reason, requester string }{
		{"another case", "acc-7a"},
		{"a Cyrillic letter", "АСС-7a"},
		{"a full-width digit", "ACC-７a"},
		{"another hyphen", "ACC‐7a"},
		{"a zero-width space", "ACC-7a\u200b"},
		{"a byte order mark", "\ufeffACC-7a"},
		{"a combining mark", "ACC-7a\u0301"},
		{"a space inside", "ACC- 7a"},
		{"a longer id", "ACC-7ab"},
		{"a delegate in another case", "del-7a"},
		{"a delegate with a Cyrillic letter", "DЕL-7a"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			got := lines(customer.Review(account, customer.Requester{Account: row.requester}, nil, asked, decided))
			if want := []string{"account-access blocking " + row.requester}; !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// accounts draws an account, a requester and answers. The instants are near the request and
// the decision.
func accounts(t *rapid.T) (customer.Account, customer.Requester, customer.Attestations) {
	ids := rapid.SampledFrom([]string{"", "ACC-7", "ACC-8", "acc-7"})
	near := rapid.Custom(func(t *rapid.T) time.Time {
		of := rapid.SampledFrom([]time.Time{asked, decided}).Draw(t, "of")
		d := rapid.Int64Range(-2, 2).Draw(t, "nanoseconds")
		return rapid.SampledFrom([]time.Time{{}, of.Add(time.Duration(d))}).Draw(t, "instant")
	})
	account := customer.Account{ID: ids.Draw(t, "account"), Username: rapid.SampledFrom([]string{"", "jo"}).Draw(t, "username")}
	if rapid.Bool().Draw(t, "registered") {
		account.Particulars = []customer.Particular{{Name: "name", Present: rapid.Bool().Draw(t, "name")}}
	}
	for range rapid.IntRange(0, 3).Draw(t, "delegates") {
		account.Delegates = append(account.Delegates, customer.Delegate{Account: ids.Draw(t, "delegate"), From: near.Draw(t, "from"), Until: near.Draw(t, "until")})
	}
	if rapid.Bool().Draw(t, "reports known") {
		account.Reports = []customer.MisuseReport{}
		for i := range rapid.IntRange(0, 3).Draw(t, "reports") {
			account.Reports = append(account.Reports, customer.MisuseReport{ID: fmt.Sprint("U-", i), Made: near.Draw(t, "made"), Closed: near.Draw(t, "closed")})
		}
	}
	answers := customer.Attestations{}
	for _, c := range refund.Clauses() {
		if rapid.Bool().Draw(t, "asked about") {
			answers[c] = customer.Attestation{Answer: customer.Answer(rapid.IntRange(0, 3).Draw(t, "answer")), At: near.Draw(t, "at")}
		}
	}
	return account, customer.Requester{Account: ids.Draw(t, "requester")}, answers
}

// Findings are valid in a case, do not change the amount, and are in the order of the
// clauses for any order of the lists. They hold the refund if and only if a stranger asked or
// a report is open, and clear the requester if and only if the holder or a delegate asked.
func TestReviewLaws(t *testing.T) {
	policy := testkit.Policy()
	policy.Readings.CallbackClock = refund.CallbackClockElapsed // faster
	rapid.Check(t, func(t *rapid.T) {
		account, requester, answers := accounts(t)
		found := customer.Review(account, requester, answers, asked, decided)
		if !slices.IsSortedFunc(found, func(a, b refund.Finding) int { return int(a.Clause) - int(b.Clause) }) {
			t.Errorf("out of order: %v", lines(found))
		}
		c := testkit.ReviewedCase()
		c.Subscription.Account, c.Request.By, c.Request.At = account.ID, requester.Account, asked
		c.Findings = nil
		without, err := policy.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		c.Findings = found
		o, err := policy.Evaluate(c)
		if err != nil {
			t.Fatalf("%v in %v", err, lines(found))
		}
		if !o.Refundable.Equal(without.Refundable) {
			t.Errorf("%v refundable, and %v without findings", o.Refundable, without.Refundable)
		}

		// The expected facts, computed in nanoseconds without the package.
		open := func(from, until, at time.Time) bool {
			begun := from.IsZero() || from.UnixNano() <= at.UnixNano()
			ended := !until.IsZero() && until.UnixNano() <= at.UnixNano()
			return begun && !ended
		}
		known := account.ID != "" && requester.Account != ""
		permitted := account.ID == requester.Account
		for _, d := range account.Delegates {
			permitted = permitted || d.Account == requester.Account && open(d.From, d.Until, asked)
		}
		misused := false
		for _, r := range account.Reports {
			misused = misused || open(r.Made, r.Closed, decided)
		}
		if stranger := known && !permitted; o.Held != (stranger || misused) {
			t.Errorf("held: %v; a stranger: %v, misused: %v", o.Held, stranger, misused)
		}
		if cleared := o.Statuses[refund.ClauseAccountAccess] == refund.StatusSatisfied; cleared != (known && permitted) {
			t.Errorf("cleared: %v; known: %v, permitted: %v", cleared, known, permitted)
		}

		slices.Reverse(account.Delegates)
		slices.Reverse(account.Reports)
		again := lines(customer.Review(account, requester, answers, asked, decided))
		first := lines(found)
		slices.Sort(first)
		slices.Sort(again)
		if !slices.Equal(first, again) {
			t.Errorf("lists in another order: %v, %v", first, again)
		}
	})
}
