package decision

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// ErrForged is the error for a record that was not signed with any of the keys, or that was
// modified.
var ErrForged = errors.New("decision: the record is not authentic")

// Record returns a signed record of the decision, for [Verify] and [Replay]. It consists of
// the canonical form of the decision (see [refund.Digest]) and a last line with the id of
// the key ([KeyID]) and the Ed25519 signature of that form. Store the case with the record:
// the record holds only the digests of the case, the policy and the outcome.
//
// signer is an ed25519.PrivateKey, or a key service whose public key is an
// ed25519.PublicKey. Record returns a [*refund.InvalidError] for any other signer and for
// the zero Decision. It wraps the errors of the signer.
func (d Decision) Record(signer crypto.Signer) ([]byte, error) {
	var f refund.Faults
	if d.IsZero() {
		f.Add("decision", "is required")
	}
	public, reason := publicKey(signer)
	f.Add("signer", reason)
	if f != nil {
		return nil, f.Err()
	}
	text := d.c.facts().form().Bytes()
	// The signer gets a copy, so that it cannot modify the record.
	signature, err := signer.Sign(rand.Reader, bytes.Clone(text), crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("decision: signing the record: %w", err)
	}
	if !ed25519.Verify(public, text, signature) {
		return nil, errors.New("decision: signing the record: the signature does not match the signer's public key")
	}
	return append(text, signatureLine(public, signature)...), nil
}

// publicKey returns the public key of a signer, or the reason why the signer is not valid.
func publicKey(signer crypto.Signer) (key ed25519.PublicKey, reason string) {
	if signer == nil {
		return nil, "is required"
	}
	// The methods of a private key of the wrong length panic.
	if private, ok := signer.(ed25519.PrivateKey); ok && len(private) != ed25519.PrivateKeySize {
		return nil, "is not an Ed25519 private key"
	}
	key, ok := signer.Public().(ed25519.PublicKey)
	if !ok {
		return nil, "has a public key that is not an Ed25519 public key"
	}
	if reason := keyFault(key); reason != "" {
		return nil, "has a public key that " + reason
	}
	return key, ""
}

// KeyID returns the id by which records name a public key: the first 16 hexadecimal digits
// of its SHA-256.
func KeyID(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:8])
}

func signatureLine(key ed25519.PublicKey, signature []byte) string {
	return "ed25519 " + KeyID(key) + " " + hex.EncodeToString(signature) + "\n"
}

// authentic returns a record's text without its last line, and the key that signed it.
func authentic(record []byte, keys []ed25519.PublicKey) (text []byte, by ed25519.PublicKey, err error) {
	end := bytes.LastIndexByte(bytes.TrimSuffix(record, []byte("\n")), '\n') + 1
	text, last := record[:end], string(record[end:])
	for _, key := range keys {
		digits, named := strings.CutPrefix(last, "ed25519 "+KeyID(key)+" ")
		if !named {
			continue
		}
		signature, err := hex.DecodeString(strings.TrimSuffix(digits, "\n"))
		// Comparing the whole line allows only one spelling of it.
		if err == nil && last == signatureLine(key, signature) && ed25519.Verify(key, text, signature) {
			return text, key, nil
		}
	}
	return nil, nil, ErrForged
}

// keysFaults adds the faults of public keys.
func keysFaults(f *refund.Faults, keys []ed25519.PublicKey) {
	if len(keys) == 0 {
		f.Add("keys", "is required: at least one public key")
	}
	for i, key := range keys {
		f.Add(element("keys", i), keyFault(key))
	}
}

// keyFault returns the reason why a public key is not valid, or "".
func keyFault(key ed25519.PublicKey) string {
	if len(key) != ed25519.PublicKeySize {
		return "is not an Ed25519 public key"
	}
	// A key of zeros was probably never set. It is also a point of small order, for which
	// anybody can forge signatures.
	if bytes.Equal(key, make([]byte, ed25519.PublicKeySize)) {
		return "is zero"
	}
	return ""
}
