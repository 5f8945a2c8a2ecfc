package ledgerstore_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// In these tests, the tables are changed without the store.

func TestDecisionIsUsedOnce(t *testing.T) {
	const other = `INSERT INTO ledger_refunds (subscription, key, decision, live) VALUES ($1, $2, $3, $4)`
	for _, row := range []struct {
		reason string
		around func(t *testing.T, d database, digest string)
		key    string
		err    error
	}{
		{
			"without other rows the refund is posted",
			func(t *testing.T, d database, digest string) {},
			"refund-1", nil,
		},
		{
			"the decision is live in a refund of another subscription",
			func(t *testing.T, d database, digest string) { d.exec(t, other, "SUB-9", "refund-9", digest, true) },
			"refund-1", sqlstore.ErrSpent,
		},
		{
			"the table has a refund that the books do not have",
			func(t *testing.T, d database, digest string) {
				d.exec(t, other, "SUB-1", "refund-9", "another", false)
			},
			"refund-1", sqlstore.ErrUnreadable,
		},
		{
			"a decision whose refund failed can be posted again",
			func(t *testing.T, d database, digest string) {
				d.exec(t, other, "SUB-9", "refund-9", digest, false)
			},
			"refund-1", nil,
		},
		{
			"another subscription may use the same key",
			func(t *testing.T, d database, digest string) {
				d.exec(t, other, "SUB-9", "refund-1", "another", true)
			},
			"refund-1", nil,
		},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				s := d.store(t)
				before := opened(t, s, "SUB-1", 10000, 10000)
				ana := decided(t, before, "ana", 5000)
				row.around(t, d, ana.Digest().String())
				books, err := s.Update(t.Context(), "SUB-1", posting(ana, row.key))
				if !errors.Is(err, row.err) {
					t.Errorf("error %v, want %v", err, row.err)
				}
				if row.err == sqlstore.ErrUnreadable {
					return
				}
				want := before
				if row.err == nil {
					want = books
				}
				wantSame(t, loaded(t, s, "SUB-1"), want)
			})
		})
	}
}

// Old books follow the rules, but they lack the later refunds, which are in the table.
func TestOldBooksAreRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		before := opened(t, s, "SUB-1", 10000, 10000)
		var old string
		if err := d.raw.QueryRowContext(t.Context(), `SELECT books FROM ledgers`).Scan(&old); err != nil {
			t.Fatal(err)
		}
		ana := decided(t, before, "ana", 5000)
		posted(t, s, ana, "refund-1")
		d.exec(t, `UPDATE ledgers SET version = $1, books = $2`, before.Version(), old)
		for _, key := range []string{"refund-1", "refund-2"} {
			if _, err := s.Update(t.Context(), "SUB-1", posting(ana, key)); !errors.Is(err, sqlstore.ErrUnreadable) {
				t.Errorf("%s: %v", key, err)
			}
		}
		_, err := s.Load(t.Context(), "SUB-1")
		wantUnreadable(t, err)
	})
}

func TestFailedRefundReleasesItsDecision(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		before := opened(t, s, "SUB-1", 10000, 6000, 4000)
		ana := decided(t, before, "ana", 7000) // in two parts
		books := posted(t, s, ana, "refund-1")
		first, _ := books.Refund("refund-1")
		if len(first.Shares) != 2 {
			t.Fatalf("%d parts", len(first.Shares))
		}
		fail := func(i int) {
			t.Helper()
			if _, err := s.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
				return books.Fail(first.Shares[i].Key, time.Now())
			}); err != nil {
				t.Fatal(err)
			}
		}
		live := func() (n int) {
			t.Helper()
			if err := d.raw.QueryRowContext(t.Context(), `SELECT count(*) FROM ledger_refunds WHERE live AND decision = $1`,
				ana.Digest().String()).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		fail(0)
		if _, err := s.Update(t.Context(), "SUB-1", posting(ana, "refund-2")); !errors.Is(err, ledger.ErrConflict) || live() != 1 {
			t.Errorf("one part has failed: %v, %d live", err, live())
		}
		fail(1)
		if live() != 0 {
			t.Error("all parts have failed, and the refund is live")
		}
		posted(t, s, ana, "refund-2")
		if live() != 1 {
			t.Errorf("%d live", live())
		}
	})
}

func TestBooksThatDisagreeWithTheTableAreRefused(t *testing.T) {
	for _, row := range []struct{ reason, tamper string }{
		{"a refund is missing", `DELETE FROM ledger_refunds WHERE key = 'refund-1'`},
		{"a refund has another decision", `UPDATE ledger_refunds SET decision = 'another' WHERE key = 'refund-1'`},
		{"a refund has another key", `UPDATE ledger_refunds SET key = 'another' WHERE key = 'refund-1'`},
		{"a refund that has not failed is not live", `UPDATE ledger_refunds SET live = false WHERE key = 'refund-1'`},
		{"a refund that has failed is live", `UPDATE ledger_refunds SET live = true WHERE key = 'refund-2'`},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				s := d.store(t)
				books := posted(t, s, decided(t, opened(t, s, "SUB-1", 10000, 10000), "ana", 5000), "refund-1")
				posted(t, s, decided(t, books, "bob", 1000), "refund-2")
				failRefund(t, s, "refund-2", start)
				d.exec(t, row.tamper)
				_, err := s.Load(t.Context(), "SUB-1")
				wantUnreadable(t, err)
			})
		})
	}
}

func failRefund(t *testing.T, s handle, key string, at time.Time) {
	t.Helper()
	r, _ := loaded(t, s, "SUB-1").Refund(key)
	for _, share := range r.Shares {
		if _, err := s.Fail(t.Context(), "SUB-1", share.Key, at); err != nil {
			t.Fatal(err)
		}
	}
}

// A settlement after a failure is a fact, and is stored even if another refund of the decision is live.
func TestSettlementAfterAFailureIsStored(t *testing.T) {
	live := func(t *testing.T, d database, key string) (live bool) {
		t.Helper()
		if err := d.raw.QueryRowContext(t.Context(), `SELECT live FROM ledger_refunds WHERE subscription = 'SUB-1' AND key = $1`, key).Scan(&live); err != nil {
			t.Fatal(err)
		}
		return live
	}
	settle := func(t *testing.T, s handle, key string, at time.Time) {
		t.Helper()
		r, _ := loaded(t, s, "SUB-1").Refund(key)
		if _, err := s.Settle(t.Context(), "SUB-1", r.Shares[0].Key, at); err != nil {
			t.Fatal(err)
		}
		if r, _ := loaded(t, s, "SUB-1").Refund(key); r.State != ledger.StateSettled {
			t.Errorf("%s is %v", key, r.State)
		}
	}
	t.Run("the decision is posted under another key", func(t *testing.T) {
		eachDatabase(t, func(t *testing.T, d database) {
			s := d.store(t)
			ana := decided(t, opened(t, s, "SUB-1", 10000, 10000), "ana", 5000)
			posted(t, s, ana, "refund-1")
			failRefund(t, s, "refund-1", start)
			posted(t, s, ana, "refund-2")
			settle(t, s, "refund-1", start.Add(time.Hour))
			if !live(t, d, "refund-1") || live(t, d, "refund-2") {
				t.Error("the first refund does not hold the decision")
			}
			failRefund(t, s, "refund-1", start.Add(2*time.Hour))
			if live(t, d, "refund-1") || !live(t, d, "refund-2") {
				t.Error("the second refund does not hold the decision")
			}
			settle(t, s, "refund-1", start.Add(3*time.Hour))
			failRefund(t, s, "refund-2", start)
			if !live(t, d, "refund-1") || live(t, d, "refund-2") {
				t.Error("a failed refund holds the decision")
			}
			if back := loaded(t, s, "SUB-1").Totals().Returned; !back.Equal(usd(5000)) {
				t.Errorf("returned %v", back)
			}
		})
	})
	t.Run("somebody wrote the decision into another subscription", func(t *testing.T) {
		eachDatabase(t, func(t *testing.T, d database) {
			s := d.store(t)
			ana := decided(t, opened(t, s, "SUB-1", 10000, 10000), "ana", 5000)
			posted(t, s, ana, "refund-1")
			failRefund(t, s, "refund-1", start)
			d.exec(t, `INSERT INTO ledger_refunds (subscription, key, decision, live) VALUES ('SUB-9', 'refund-9', $1, true)`, ana.Digest().String())
			settle(t, s, "refund-1", start.Add(time.Hour))
			if live(t, d, "refund-1") {
				t.Error("two refunds hold a decision")
			}
		})
	})
}

// The refunds of deleted books stay in the table.
func TestCreateAfterDeletedBooksIsRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.store(t)
		before := opened(t, s, "SUB-1", 10000, 10000)
		posted(t, s, decided(t, before, "ana", 5000), "refund-1")
		d.exec(t, `DELETE FROM ledgers`)
		if err := s.Create(t.Context(), before); !errors.Is(err, sqlstore.ErrSpent) {
			t.Error(err)
		}
		if _, err := s.Load(t.Context(), "SUB-1"); !errors.Is(err, sqlstore.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestTamperedBooks(t *testing.T) {
	replace := func(old, with string) func(t *testing.T, text string) string {
		return func(t *testing.T, text string) string {
			t.Helper()
			if !strings.Contains(text, old) {
				t.Fatalf("the books have no %s", old)
			}
			return strings.ReplaceAll(text, old, with)
		}
	}
	for _, row := range []struct {
		reason  string
		version int
		tamper  func(t *testing.T, text string) string
	}{
		{"books as they were stored are read", 2, replace("SUB-1", "SUB-1")},
		{"a refund is larger than the amount paid", 2, replace(`"50.00"`, `"500.00"`)},
		{"the amount paid is less than the amount refunded", 2, replace(`"100.00"`, `"40.00"`)},
		{"the refund is on another payment", 2, replace(`"payment":"PAY-1"`, `"payment":"PAY-SECRET"`)},
		{"an event is repeated", 3, func(t *testing.T, text string) string {
			i, j := strings.Index(text, `{"kind":"paid"`), strings.Index(text, `{"kind":"posted"`)
			return text[:j] + text[i:j] + text[j:]
		}},
		{"an event is missing, and the version is unchanged", 2, func(t *testing.T, text string) string {
			i := strings.Index(text, `,{"kind":"posted"`)
			return text[:i] + "]}"
		}},
		{"the version differs", 3, replace("SUB-1", "SUB-1")},
		{"the books are another subscription's", 2, replace("SUB-1", "SUB-SECRET")},
		{"a field is unknown", 2, replace(`"subscription"`, `"SECRET":1,"subscription"`)},
		{"a kind is unknown", 2, replace(`"posted"`, `"SECRET"`)},
		{"half of the text is missing", 2, func(t *testing.T, text string) string { return text[:len(text)/2] }},
		{"the text is empty", 2, func(t *testing.T, text string) string { return "" }},
		{"the text is not JSON", 2, func(t *testing.T, text string) string { return "SECRET" }},
		{"something follows", 2, func(t *testing.T, text string) string { return text + ` "SECRET"` }},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, d database) {
				s := d.store(t)
				books := posted(t, s, decided(t, opened(t, s, "SUB-1", 10000, 10000), "ana", 5000), "refund-1")
				var text string
				if err := d.raw.QueryRowContext(t.Context(), `SELECT books FROM ledgers`).Scan(&text); err != nil {
					t.Fatal(err)
				}
				tampered := row.tamper(t, text)
				d.exec(t, `UPDATE ledgers SET version = $1, books = $2`, row.version, tampered)
				if tampered == text && row.version == 2 {
					wantSame(t, loaded(t, s, "SUB-1"), books)
					return
				}
				_, err := s.Load(t.Context(), "SUB-1")
				wantUnreadable(t, err)
				_, err = s.Update(t.Context(), "SUB-1", func(books ledger.Ledger) (ledger.Ledger, error) {
					t.Error("the change was called")
					return books, nil
				})
				wantUnreadable(t, err)
			})
		})
	}
}

func wantUnreadable(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, sqlstore.ErrUnreadable) {
		t.Errorf("error %v", err)
		return
	}
	for _, text := range []string{"SECRET", "SUB-1", "PAY-1", "visa", "refund-1"} {
		if strings.Contains(err.Error(), text) {
			t.Errorf("the error quotes %s: %v", text, err)
		}
	}
}
