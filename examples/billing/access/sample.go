package access

import (
	"context"
	"crypto/hmac"
	"slices"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

// Sample has officers for a demonstration. It implements [Officers]. Their passwords and tokens
// follow from the key: they are new for a random key, and equal on all copies that share one. A
// directory of passwords that people choose stores slow hashes of them with a salt, such as
// those of package crypto/pbkdf2.
type Sample struct {
	Key  []byte
	List []desk.Officer
}

// Password returns the password of an officer, whose name to sign in with is the id.
func (s Sample) Password(id string) string { return sign(s.Key, "password "+id)[:24] }

// Token returns the API token of an officer.
func (s Sample) Token(id string) string { return sign(s.Key, "token "+id) }

// SignIn implements [Officers]. It takes as long for an unknown name as for a known one.
func (s Sample) SignIn(ctx context.Context, name, password string) (desk.Officer, error) {
	if !hmac.Equal([]byte(password), []byte(s.Password(name))) {
		return desk.Officer{}, ErrDenied
	}
	return s.Officer(ctx, name)
}

// Officer implements [Officers].
func (s Sample) Officer(_ context.Context, id string) (desk.Officer, error) {
	return s.find(func(o desk.Officer) bool { return o.ID == id })
}

// Bearer implements [Officers].
func (s Sample) Bearer(_ context.Context, token string) (desk.Officer, error) {
	return s.find(func(o desk.Officer) bool { return hmac.Equal([]byte(token), []byte(s.Token(o.ID))) })
}

func (s Sample) find(is func(desk.Officer) bool) (desk.Officer, error) {
	if i := slices.IndexFunc(s.List, is); i >= 0 {
		return s.List[i], nil
	}
	return desk.Officer{}, ErrDenied
}
