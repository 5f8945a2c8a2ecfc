// Package access says who may use the desk: officers sign in to the pages with a password, and
// programs use the API with a token. A host replaces [Officers], and keeps the rest.
package access

import (
	"context"
	"errors"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

// ErrDenied: the name, the password, the id or the token is not that of an officer.
var ErrDenied = errors.New("access: denied")

// Officers knows the officers and their limits, such as a company's directory. Its methods
// return [ErrDenied], which must not show whether a name is known, or the error of a directory
// that cannot answer.
type Officers interface {
	// SignIn returns the officer with the name and the password.
	SignIn(ctx context.Context, name, password string) (desk.Officer, error)

	// Officer returns the officer with the id. It is called for each request of a session, so
	// that an officer who leaves, or has a new limit, does so at once.
	Officer(ctx context.Context, id string) (desk.Officer, error)

	// Bearer returns the officer with the API token.
	Bearer(ctx context.Context, token string) (desk.Officer, error)
}
