package access

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

// Sample has officers for a demonstration. It implements [Officers]. Their passwords and tokens
// are random, so a fast hash protects them. Passwords that people choose need a slow hash with a
// salt, such as that of package crypto/pbkdf2.
type Sample struct {
	officers  map[string]desk.Officer      // by id, which is the name to sign in with
	passwords map[string][sha256.Size]byte // hashes by id
	tokens    map[[sha256.Size]byte]string // ids by hash
}

// NewSample returns sample officers. Their passwords and tokens follow from the key: they are
// new for a random key, and equal on all copies that share one. It calls show with each.
func NewSample(key []byte, officers []desk.Officer, show func(o desk.Officer, password, token string)) (*Sample, error) {
	s := &Sample{map[string]desk.Officer{}, map[string][sha256.Size]byte{}, map[[sha256.Size]byte]string{}}
	for _, o := range officers {
		secret, err := hkdf.Key(sha256.New, key, nil, "sample officer "+o.ID, 12+32)
		if err != nil {
			return nil, err
		}
		password, token := hex.EncodeToString(secret[:12]), hex.EncodeToString(secret[12:])
		s.officers[o.ID] = o
		s.passwords[o.ID] = sha256.Sum256([]byte(password))
		s.tokens[sha256.Sum256([]byte(token))] = o.ID
		show(o, password, token)
	}
	return s, nil
}

// SignIn implements [Officers]. It takes as long for an unknown name as for a known one.
func (s *Sample) SignIn(ctx context.Context, name, password string) (desk.Officer, error) {
	want, got := s.passwords[name], sha256.Sum256([]byte(password))
	if subtle.ConstantTimeCompare(want[:], got[:]) != 1 {
		return desk.Officer{}, ErrDenied
	}
	return s.Officer(ctx, name)
}

// Officer implements [Officers].
func (s *Sample) Officer(_ context.Context, id string) (desk.Officer, error) {
	if o, ok := s.officers[id]; ok {
		return o, nil
	}
	return desk.Officer{}, ErrDenied
}

// Bearer implements [Officers].
func (s *Sample) Bearer(ctx context.Context, token string) (desk.Officer, error) {
	return s.Officer(ctx, s.tokens[sha256.Sum256([]byte(token))])
}
