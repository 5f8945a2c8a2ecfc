package decision

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
)

// A Key authenticates records of decisions. It is the host's secret, and never shown:
// printing or logging a Key writes "key". The zero Key makes and accepts no record.
type Key struct {
	sum func(text []byte) []byte // a function, since package fmt cannot look into one
}

// MinKeyBytes is the minimum length of a key's secret.
const MinKeyBytes = 32

// NewKey returns the key with a copy of the secret: random bytes from a secret store.
// Fewer than [MinKeyBytes] are refused with a [*refund.InvalidError].
func NewKey(secret []byte) (Key, error) {
	if len(secret) < MinKeyBytes {
		return Key{}, invalid("key", strconv.Itoa(len(secret))+" bytes are fewer than 32")
	}
	secret = slices.Clone(secret)
	return Key{func(text []byte) []byte {
		h := hmac.New(sha256.New, secret)
		h.Write(text)
		return h.Sum(nil)
	}}, nil
}

// IsZero reports whether k is the zero Key.
func (k Key) IsZero() bool { return k.sum == nil }

// String returns "key".
func (k Key) String() string { return "key" }

// Format writes "key" whatever the verb.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, "key") }

// LogValue returns "key".
func (k Key) LogValue() slog.Value { return slog.StringValue("key") }

// MarshalText returns "key".
func (k Key) MarshalText() ([]byte, error) { return []byte("key"), nil }

// mac returns the line that authenticates a text.
func (k Key) mac(text []byte) []byte {
	return append(hex.AppendEncode([]byte("hmac-sha256 "), k.sum(text)), '\n')
}
