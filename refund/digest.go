package refund

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A Digest identifies a policy, a case, an outcome or a decision by its content: it is
// the SHA-256 of the canonical form. Equal values have equal digests. A digest can be
// stored, sent along with a form, and compared later with ==. The zero Digest means that
// no digest is given.
//
// # The canonical form
//
// A canonical form consists of lines. The first line names the type and the version of
// the form, such as "refundpolicy case 1". Every other line is a field: its name, a
// space, the length of its value in bytes, a space, and the value.
//
// Fields have a fixed order. Missing fields are left out, and so are refunded and
// disputed amounts of zero. A code is written as its text ("unset" for the zero value),
// an amount as "199.99 USD", a duration as its nanoseconds followed by "ns", and an
// instant as the seconds since 1970, a point, and nine digits of nanoseconds. A list
// whose order has no meaning is sorted. The form contains no sentence of this package,
// so rewording a sentence changes no digest.
type Digest [sha256.Size]byte

// ParseDigest reads the text of [Digest.String]: 64 hexadecimal digits in lower case. It
// returns an [*InvalidError] for any other text.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	if len(s) == hex.EncodedLen(len(d)) && strings.ToLower(s) == s {
		if _, err := hex.Decode(d[:], []byte(s)); err == nil {
			return d, nil
		}
	}
	return Digest{}, &InvalidError{Faults: []Fault{{"digest", "is not 64 hexadecimal digits in lower case"}}}
}

// IsZero reports whether d is the zero Digest.
func (d Digest) IsZero() bool { return d == Digest{} }

// String returns the digest as 64 hexadecimal digits in lower case.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText returns the text of [Digest.String], or an empty text for the zero Digest.
func (d Digest) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads a digest as [ParseDigest] does. An empty text is the zero Digest.
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
