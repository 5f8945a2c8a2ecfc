package decision_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A service imitates a key service: it is a signer but not a private key.
type service struct {
	public crypto.PublicKey
	sign   func(message []byte) ([]byte, error)
}

func (s service) Public() crypto.PublicKey { return s.public }

func (s service) Sign(_ io.Reader, message []byte, opts crypto.SignerOpts) ([]byte, error) {
	if opts.HashFunc() != 0 {
		return nil, errors.New("asked to sign a hash")
	}
	return s.sign(message)
}

func TestKeyServiceSignsRecords(t *testing.T) {
	d, private := oneOfEach(t)[0], hostKey(t, 1)
	kms := service{publicKey(1), func(message []byte) ([]byte, error) { return ed25519.Sign(private, message), nil }}
	if got, want := recorded(t, d, kms), recorded(t, d, private); !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSignersThatAreRefused(t *testing.T) {
	elsewhere, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signing := func(private ed25519.PrivateKey) func([]byte) ([]byte, error) {
		return func(message []byte) ([]byte, error) { return ed25519.Sign(private, message), nil }
	}
	rows := []struct {
		because string
		signer  crypto.Signer
	}{
		{"no signer", nil},
		{"a key of another algorithm", elsewhere},
		{"the zero private key", ed25519.PrivateKey(nil)},
		{"a truncated private key", hostKey(t, 1)[:32]},
		{"a service without a public key", service{nil, signing(hostKey(t, 1))}},
		{"a service with a truncated public key", service{publicKey(1)[:31], signing(hostKey(t, 1))}},
		{"a service whose public key is zero", service{make(ed25519.PublicKey, 32), signing(hostKey(t, 1))}},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			if record, err := oneOfEach(t)[0].Record(r.signer); record != nil || !testkit.HasPaths(err, "signer") {
				t.Errorf("got %q, %v", record, err)
			}
		})
	}
}

func TestSignersThatFail(t *testing.T) {
	private, down := hostKey(t, 1), errors.New("key service: timeout")
	sign := func(message []byte) []byte { return ed25519.Sign(private, message) }
	rows := []struct {
		because string
		sign    func(message []byte) ([]byte, error)
		err     error
	}{
		{"an error, which is wrapped", func([]byte) ([]byte, error) { return nil, down }, down},
		{"a signature with an error", func(m []byte) ([]byte, error) { return sign(m), down }, down},
		{"no signature", func([]byte) ([]byte, error) { return nil, nil }, nil},
		{"a truncated signature", func(m []byte) ([]byte, error) { return sign(m)[:63], nil }, nil},
		{"a signature that is too long", func(m []byte) ([]byte, error) { return append(sign(m), 0), nil }, nil},
		{"a signature of another key", func(m []byte) ([]byte, error) { return ed25519.Sign(hostKey(t, 2), m), nil }, nil},
		{"a signature of another text", func(m []byte) ([]byte, error) { return sign(append(m, '\n')), nil }, nil},
		{"a signature of a text that the signer has changed in place", func(m []byte) ([]byte, error) {
			copy(m[bytes.Index(m, []byte("100.00")):], "999.99")
			return sign(m), nil
		}, nil},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			record, err := oneOfEach(t)[0].Record(service{publicKey(1), r.sign})
			if record != nil || err == nil || r.err != nil && !errors.Is(err, r.err) {
				t.Errorf("got %q, %v", record, err)
			}
		})
	}
}

func TestKeysThatAreRefused(t *testing.T) {
	p, c := anyPart(), testkit.ReviewedCase()
	record := recorded(t, oneOfEach(t)[0], hostKey(t, 1))
	zero := make(ed25519.PublicKey, ed25519.PublicKeySize)
	rows := []struct {
		because string
		keys    []ed25519.PublicKey
		paths   []string
	}{
		{"no key", nil, []string{"keys"}},
		{"a missing key next to a valid one", []ed25519.PublicKey{publicKey(1), nil}, []string{"keys[1]"}},
		{"a private key in place of the public one", []ed25519.PublicKey{ed25519.PublicKey(hostKey(t, 1))}, []string{"keys[0]"}},
		{"a key of zeros", []ed25519.PublicKey{zero}, []string{"keys[0]"}},
		{"every faulty key is reported", []ed25519.PublicKey{zero, publicKey(1), publicKey(1)[:31]}, []string{"keys[0]", "keys[2]"}},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			if facts, err := decision.Verify(record, r.keys...); facts.Kind != 0 || !testkit.HasPaths(err, r.paths...) {
				t.Errorf("verified %+v, %v", facts, err)
			}
			if d, err := decision.Replay(p, c, record, r.keys...); !d.IsZero() || !testkit.HasPaths(err, r.paths...) {
				t.Errorf("replayed %v, %v", d, err)
			}
		})
	}
	p.WindowDays, c.Issues = 0, nil
	if d, err := decision.Replay(p, c, record); !d.IsZero() || !testkit.HasPaths(err, "policy.window_days", "keys", "issues") {
		t.Errorf("policy, keys and case: %v, %v", d, err)
	}
}

// A public key of zeros accepts signatures made without a private key, such as this one.
func TestZeroKeyCannotVouch(t *testing.T) {
	zero := make(ed25519.PublicKey, ed25519.PublicKeySize)
	signature := make([]byte, ed25519.SignatureSize)
	signature[0] = 1 // the neutral point, and a scalar of zero
	text := textOfRecord(recorded(t, oneOfEach(t)[0], hostKey(t, 1)))
	for i := 0; ; i++ {
		forged := strings.Replace(text, "partly used", fmt.Sprintf("%011d", i), 1)
		if !ed25519.Verify(zero, []byte(forged), signature) {
			continue
		}
		record := fmt.Appendf(nil, "%sed25519 %s %x\n", forged, decision.KeyID(zero), signature)
		if facts, err := decision.Verify(record, zero); facts.Kind != 0 || !testkit.HasPaths(err, "keys[0]") {
			t.Errorf("verified %+v, %v", facts, err)
		}
		return
	}
}

func TestKeysRotate(t *testing.T) {
	p, c := anyPart(), testkit.ReviewedCase()
	d := oneOfEach(t)[0]
	record := recorded(t, d, hostKey(t, 2))
	a, b, z := publicKey(1), publicKey(2), publicKey(3)
	rows := []struct {
		because string
		keys    []ed25519.PublicKey
		ok      bool
	}{
		{"the key that signed it", []ed25519.PublicKey{b}, true},
		{"another key", []ed25519.PublicKey{a}, false},
		{"several other keys", []ed25519.PublicKey{a, z}, false},
		{"the old key and the key in use", []ed25519.PublicKey{a, b}, true},
		{"keys in another order", []ed25519.PublicKey{b, a}, true},
		{"the key among several others", []ed25519.PublicKey{a, b, z}, true},
		{"the same key twice", []ed25519.PublicKey{b, b}, true},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			got, err := decision.Replay(p, c, record, r.keys...)
			facts, verifying := decision.Verify(record, r.keys...)
			if r.ok {
				if err != nil || verifying != nil || !got.Equal(d) || facts.KeyID != decision.KeyID(b) {
					t.Errorf("got %v, %v, %+v, %v", got, err, facts, verifying)
				}
			} else if err != decision.ErrForged || verifying != decision.ErrForged || !got.IsZero() || facts.KeyID != "" {
				t.Errorf("got %v, %v, %+v, %v", got, err, facts, verifying)
			}
		})
	}
}

// Verify needs neither the policy nor the case, and returns every fact of the record.
func TestVerifyReturnsEveryFact(t *testing.T) {
	p, c := anyPart(), objectedCase()
	c.Subscription.Refunded, c.Subscription.Disputed = testkit.USD("30.00"), testkit.USD("20.00")
	g := aGoodwill("150.00", "20.00", free("Antivirus", "15.50"), free("Backup", "0.00"))
	g.Acknowledged = []refund.Clause{refund.ClauseLogReview}
	n := aDenial()
	n.Grounds = []refund.Clause{refund.ClauseLogReview}
	for _, d := range append(oneOfEach(t), goodwilled(t, p, c, g), declined(t, p, c, n)) {
		facts, err := decision.Verify(recorded(t, d, hostKey(t, 1)), publicKey(1))
		if err != nil {
			t.Fatal(err)
		}
		granted, _ := d.Goodwill()
		got := fmt.Sprint(facts.Kind, facts.Subscription, facts.Officer, facts.At, facts.Amount, facts.Refundable, facts.Refunded, facts.Disputed, facts.Reason,
			facts.Acknowledged, facts.Grounds, facts.Charges, facts.Fees, facts.Software, facts.Policy, facts.Case, facts.Outcome, facts.Digest, facts.KeyID)
		want := fmt.Sprint(d.Kind(), d.Subscription(), d.Officer(), d.At().UTC(), d.Amount(), d.Outcome().Refundable, d.Refunded(), d.Disputed(), d.Reason(),
			d.Acknowledged(), d.Grounds(), granted.Charges, granted.Fees, granted.Software, d.PolicyDigest(), d.CaseDigest(), d.OutcomeDigest(), d.Digest(), decision.KeyID(publicKey(1)))
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		// The facts of the decision are those of its record, without the key.
		facts.KeyID = ""
		if own := d.Facts(); !reflect.DeepEqual(own, facts) {
			t.Errorf("Facts returns %+v, and Verify %+v", own, facts)
		}
	}
	if own := (decision.Decision{}).Facts(); own.Kind != 0 || own.Digest != (refund.Digest{}) {
		t.Errorf("the facts of the zero Decision are %+v", own)
	}
}

// A record stays authentic if the case changes, but the decision stands only as long as
// policy, case and outcome are the same.
func TestVerifyAcceptsAStaleRecordAndReplayDoesNot(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	d := approved(t, p, c, anApproval("174.99"))
	record := recorded(t, d, hostKey(t, 1))
	c.Findings = append(c.Findings, refund.Finding{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking, Subject: "R-1"})
	if facts, err := decision.Verify(record, publicKey(1)); err != nil || !facts.Amount.Equal(d.Amount()) {
		t.Errorf("verified %+v, %v", facts, err)
	}
	again, err := decision.Replay(p, c, record, publicKey(1))
	var stale *decision.StaleError
	if !again.IsZero() || !errors.As(err, &stale) || stale.What != "case" {
		t.Errorf("replayed %v, %v, after a report of unauthorized use", again, err)
	}
}

// The auditor runs in another process and has only the public key and the record.
func TestAuditorHasOnlyThePublicKey(t *testing.T) {
	if key := os.Getenv("AUDITOR_PUBLIC_KEY"); key != "" {
		audit(key, os.Getenv("AUDITOR_RECORD"))
		return
	}
	d := oneOfEach(t)[0]
	record := recorded(t, d, hostKey(t, 1))
	run := func(record []byte) string {
		t.Helper()
		auditor := exec.Command(os.Args[0], "-test.run=^TestAuditorHasOnlyThePublicKey$", "-test.v")
		auditor.Env = append(os.Environ(), "AUDITOR_PUBLIC_KEY="+hex.EncodeToString(publicKey(1)), "AUDITOR_RECORD="+hex.EncodeToString(record))
		out, err := auditor.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	out := run(record)
	for _, want := range []string{
		"verified: approved 100.00 USD by ops-3\n",
		"signing with the public key: refund: invalid input: signer: is not an Ed25519 private key\n",
		"signed with a key of the auditor's: decision: the record is not authentic\n",
		"another amount under the old signature: decision: the record is not authentic\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
}

// audit runs in the other process. It verifies a record, and tries to make one for a larger
// amount.
func audit(key, record string) {
	public, _ := hex.DecodeString(key)
	genuine, _ := hex.DecodeString(record)
	facts, err := decision.Verify(genuine, public)
	if err != nil {
		fmt.Println("not verified:", err)
		return
	}
	fmt.Printf("verified: %v %v by %s\n", facts.Kind, facts.Amount, facts.Officer.ID)

	// It has every fact of the decision, but no key to sign another one.
	p, c := anyPart(), testkit.ReviewedCase()
	d, err := decision.Approve(p, c, facts.Outcome, decision.Approval{By: facts.Officer, At: facts.At, Amount: testkit.USD("174.99")})
	if err != nil {
		fmt.Println("not decided:", err)
		return
	}
	_, err = d.Record(ed25519.PrivateKey(public))
	fmt.Println("signing with the public key:", err)
	own, _ := d.Record(ed25519.NewKeyFromSeed(public)) // uses the public bytes as a secret
	renamed := bytes.Replace(own, []byte(decision.KeyID(ed25519.NewKeyFromSeed(public).Public().(ed25519.PublicKey))), []byte(facts.KeyID), 1)
	_, err = decision.Verify(renamed, public)
	fmt.Println("signed with a key of the auditor's:", err)
	_, err = decision.Verify(bytes.Replace(genuine, []byte("100.00 USD"), []byte("174.99 USD"), 1), public)
	fmt.Println("another amount under the old signature:", err)
}
