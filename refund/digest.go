package refund

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A Digest names a policy, a case, an outcome or a decision by its content: the
// SHA-256 of its canonical form. Equal things have equal digests, and a digest can
// be stored, sent with a form, and compared later with ==. The zero Digest names
// nothing.
//
// # The canonical form
//
// A canonical form is lines. The first is what it is of, such as "refundpolicy case
// 1", where 1 is the version of the form. Each other line is a field: its name, a
// blank, the length of its value in bytes, a blank, and the value. Fields come in a
// fixed order; those that are not given are left out, and so are a refunded and a
// disputed amount of zero. A code is its text ("unset" if it is), an amount "199.99 USD",
// an instant the seconds since 1970, a point and the nine digits of the nanoseconds
// after them, a duration its nanoseconds with "ns". Lists that have no order of their
// own are sorted. No sentence of this package is in it, so that rewording one changes
// no digest.
type Digest [sha256.Size]byte

// ParseDigest reads the text of [Digest.String]: 64 hexadecimal digits, in lower
// case.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	if len(s) == hex.EncodedLen(len(d)) && strings.ToLower(s) == s {
		if _, err := hex.Decode(d[:], []byte(s)); err == nil {
			return d, nil
		}
	}
	return Digest{}, &InvalidError{Faults: []Fault{{"digest", "is not 64 hexadecimal digits in lower case"}}}
}

// IsZero reports whether d is the zero Digest, which names nothing.
func (d Digest) IsZero() bool { return d == Digest{} }

// String returns 64 hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText returns the text of [Digest.String], empty for the zero Digest.
func (d Digest) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads a digest as [ParseDigest] does; an empty text is the zero
// Digest.
func (d *Digest) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Digest{}
		return nil
	}
	parsed, err := ParseDigest(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
