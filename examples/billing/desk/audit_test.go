package desk_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

var public = signer.Public().(ed25519.PublicKey)

// audited fills the audit table with entries of several kinds.
func audited(b *bench) {
	b.t.Helper()
	v := b.ask("S-1")
	if _, err := b.Decide(b.t.Context(), officer, "S-1", decision.Proposal{Outcome: v.Outcome.Digest(), Approval: approval("1.00")}); err == nil {
		b.t.Fatal("a part was approved")
	}
	if _, err := b.approve(v); err != nil {
		b.t.Fatal(err)
	}
	if err := b.RecordSignIn(b.t.Context(), "ops-7", "throttled"); err != nil {
		b.t.Fatal(err)
	}
}

func TestAnAuditTableIsValidAndTheDatabaseRefusesChanges(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		if n, last, err := desk.VerifyAudit(t.Context(), b.SQL(), public); n != 0 || last != "" || err != nil {
			t.Errorf("the empty table: %d, %q, %v", n, last, err)
		}
		audited(b)
		n, last, err := desk.VerifyAudit(t.Context(), b.SQL(), public)
		if n != 4 || len(last) != 64 || err != nil {
			t.Errorf("%d entries, %q, %v", n, last, err)
		}
		all, err := b.Audit(t.Context(), 1, 2)
		if err != nil || len(all) != 2 || all[0].Seq != 2 || all[1].Action != "approve" || all[1].Record == "" {
			t.Errorf("entries after 1: %+v, %v", all, err)
		}
		stranger := ed25519.NewKeyFromSeed(seed("another key")).Public().(ed25519.PublicKey)
		if _, _, err := desk.VerifyAudit(t.Context(), b.SQL(), stranger); err == nil {
			t.Error("another key is accepted")
		}
		if _, _, err := desk.VerifyAudit(t.Context(), b.SQL(), stranger, public); err != nil {
			t.Errorf("the key beside another one: %v", err)
		}
		statements := []string{`UPDATE audit SET body = '' WHERE seq = 1`, `DELETE FROM audit WHERE seq = 1`, `DELETE FROM audit`}
		if strings.HasPrefix(b.db, "postgres") {
			statements = append(statements, `TRUNCATE audit`)
		}
		for _, s := range statements {
			if _, err := b.SQL().ExecContext(t.Context(), s); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", s, err)
			}
		}
	})
}

// Somebody who removes the triggers can change rows, but cannot hide it.
func TestATamperedAuditTableIsNotValid(t *testing.T) {
	forged := hex.EncodeToString(ed25519.Sign(ed25519.NewKeyFromSeed(seed("another key")), []byte("{}")))
	for _, test := range []struct {
		reason     string
		statements []string
		want       string
	}{
		{reason: "an officer is replaced", statements: []string{`UPDATE audit SET body = replace(body, 'ops-2', 'ops-3') WHERE seq = 3`}, want: "entry 3 is not authentic"},
		{reason: "a refusal becomes an approval", statements: []string{`UPDATE audit SET body = replace(body, 'partial', 'nothing') WHERE seq = 2`}, want: "entry 2 is not authentic"},
		{reason: "a signature is of another key", statements: []string{`UPDATE audit SET signature = '` + forged + `', body = '{}' WHERE seq = 2`}, want: "entry 2 is not authentic"},
		{reason: "a signature is not hexadecimal", statements: []string{`UPDATE audit SET signature = 'x' WHERE seq = 2`}, want: "entry 2 is not authentic"},
		{reason: "a row is attached to another case", statements: []string{`UPDATE audit SET subscription = 'S-2' WHERE seq = 1`}, want: "entry 1 is not authentic"},
		{reason: "a row is removed", statements: []string{`DELETE FROM audit WHERE seq = 2`}, want: "entry 3 does not follow entry 1"},
		{reason: "the first row is removed", statements: []string{`DELETE FROM audit WHERE seq = 1`}, want: "entry 2 does not follow entry 0"},
		{reason: "the last row is removed", statements: []string{`DELETE FROM audit WHERE seq = 4`}, want: "ends at entry 3 of 4"},
		{reason: "two rows change places", statements: []string{`UPDATE audit SET seq = 9 WHERE seq = 2`, `UPDATE audit SET seq = 2 WHERE seq = 3`, `UPDATE audit SET seq = 3 WHERE seq = 9`}, want: "entry 2 is not authentic"},
		{reason: "a row is copied to the end", statements: []string{`INSERT INTO audit SELECT 5, subscription, body, signature FROM audit WHERE seq = 1`, `UPDATE audit_head SET seq = 5`}, want: "entry 5 is not authentic"},
		{reason: "all rows are removed", statements: []string{`DELETE FROM audit`}, want: "ends at entry 0 of 4"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			b := newBench(t, sqliteFile(t))
			audited(b)
			for _, s := range slices.Concat([]string{`DROP TRIGGER audit_update`, `DROP TRIGGER audit_delete`}, test.statements) {
				if _, err := b.SQL().ExecContext(t.Context(), s); err != nil {
					t.Fatal(err)
				}
			}
			if _, _, err := desk.VerifyAudit(t.Context(), b.SQL(), public); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

// The table is verified while others write to it, and the writers of many cases form one chain.
func TestManyWritersMakeOneAuditTable(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		const writers, each = 6, 5
		done := make(chan error)
		for range writers {
			go func() {
				for range each {
					if err := b.RecordSignIn(t.Context(), "ops-1"); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
		}
		for range writers {
			if _, _, err := desk.VerifyAudit(t.Context(), b.SQL(), public); err != nil {
				t.Error(err)
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if n, _, err := desk.VerifyAudit(t.Context(), b.SQL(), public); n != writers*each || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

// A row of a copy of the database, such as an old backup that went on by itself, is authentic,
// but does not belong here.
func TestARowOfAnotherHistoryDoesNotFollow(t *testing.T) {
	b, other := newBench(t, sqliteFile(t)), newBench(t, sqliteFile(t))
	other.clock.add(time.Minute)
	audited(b)
	audited(other)
	var body, signature string
	if err := other.SQL().QueryRowContext(t.Context(), `SELECT body, signature FROM audit WHERE seq = 2`).Scan(&body, &signature); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{`DROP TRIGGER audit_update`, `UPDATE audit SET body = $1, signature = $2 WHERE seq = 2`} {
		if _, err := b.SQL().ExecContext(t.Context(), s, []any{body, signature}[:2*strings.Count(s, "$2")]...); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := desk.VerifyAudit(t.Context(), b.SQL(), public); err == nil || !strings.Contains(err.Error(), "entry 2 does not follow entry 1") {
		t.Error(err)
	}
}
