package desk

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// An AuditEntry is a row of the append-only audit table. Each row is signed with the desk's key
// and has the digest of the row before it, so that a changed or missing row is found.
type AuditEntry struct {
	Seq          int64
	At           time.Time
	Officer      string // the id; "" for the desk itself
	Subscription string
	Action       string   // "approve", "grant", "decline", "file", "finding", "call_back", "reminder", "resolve", "sign_in"
	Refused      []string // the closed gates or faults; empty if the action was done
	Record       string   // the signed record of a decision that was made
	Before       string   // the digest of the row before
}

// append adds an entry. The writers of all cases wait for each other here.
func (d *Desk) append(t *txn, e AuditEntry) {
	t.get([]any{&e.Seq, &e.Before}, `UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, digest`)
	body, err := json.Marshal(e)
	signature, err2 := d.conf.Signer.Sign(rand.Reader, body, crypto.Hash(0))
	t.err = errors.Join(t.err, err, err2)
	t.exec(`INSERT INTO audit VALUES ($1, $2, $3, $4)`, e.Seq, e.Subscription, string(body), hex.EncodeToString(signature))
	t.exec(`UPDATE audit_head SET digest = $1 WHERE id = 1`, digest(body, signature))
}

func digest(body, signature []byte) string {
	sum := sha256.Sum256(slices.Concat(body, signature)) // a signature has a fixed length
	return hex.EncodeToString(sum[:])
}

// RecordSignIn stores an attempt to sign in, with the reason if it was refused.
func (d *Desk) RecordSignIn(ctx context.Context, officer string, refused ...string) error {
	return d.transact(ctx, func(t *txn) error {
		d.append(t, AuditEntry{At: d.conf.Now(), Officer: officer, Action: "sign_in", Refused: refused})
		return nil
	})
}

// Audit returns the entries after a number, oldest first, at most limit.
func (d *Desk) Audit(ctx context.Context, after int64, limit int) ([]AuditEntry, error) {
	return list[AuditEntry](ctx, d.db, `SELECT body FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2`, after, limit)
}

// VerifyAudit checks the whole audit table with public keys alone, and returns the number of
// entries and the digest of the last one. Compare it with one noted earlier: somebody who can
// write to all tables can remove the last rows, and the rest is valid.
func VerifyAudit(ctx context.Context, db *sql.DB, keys ...ed25519.PublicKey) (n int64, last string, err error) {
	var entries int64
	var head string
	if err := get(db.QueryRowContext(ctx, `SELECT seq, digest FROM audit_head WHERE id = 1`), &entries, &head); err != nil {
		return 0, "", err
	}
	err = each(ctx, db, func(rows *sql.Rows) error {
		var e AuditEntry
		var seq int64
		var subscription, signature string
		var body []byte
		if err := rows.Scan(&seq, &subscription, &body, &signature); err != nil {
			return err
		}
		signed, err := hex.DecodeString(signature)
		authentic := err == nil && slices.ContainsFunc(keys, func(k ed25519.PublicKey) bool { return ed25519.Verify(k, body, signed) })
		if !authentic || json.Unmarshal(body, &e) != nil || e.Seq != seq || e.Subscription != subscription {
			return fmt.Errorf("desk: audit entry %d is not authentic", seq)
		}
		if seq != n+1 || e.Before != last {
			return fmt.Errorf("desk: audit entry %d does not follow entry %d", seq, n)
		}
		if facts, err := decision.Verify([]byte(e.Record), keys...); e.Record != "" &&
			(err != nil || facts.Subscription != subscription || actions[facts.Kind] != e.Action) {
			return fmt.Errorf("desk: audit entry %d does not have the record of its decision", seq)
		}
		n, last = seq, digest(body, signed)
		return nil
	}, `SELECT seq, subscription, body, signature FROM audit WHERE seq <= $1 ORDER BY seq`, entries)
	if err == nil && (n != entries || last != head) {
		err = fmt.Errorf("desk: the audit table ends at entry %d of %d", n, entries)
	}
	return n, last, err
}

// codes returns the reasons of a refusal, without free text. It returns nil for other errors.
func codes(err error) (reasons []string) {
	var gates *decision.GatesError
	var invalid *refund.InvalidError
	switch {
	case errors.Is(err, ErrDecided):
		return []string{"decided"}
	case errors.Is(err, decision.ErrStale):
		return []string{"stale"}
	case errors.As(err, &gates):
		for _, g := range gates.Gates {
			reasons = append(reasons, g.Code())
			for _, c := range g.Clauses {
				reasons = append(reasons, g.Code()+":"+c.String())
			}
		}
	case errors.As(err, &invalid):
		for _, f := range invalid.Faults {
			reasons = append(reasons, "invalid:"+f.Path)
		}
	}
	return reasons
}
