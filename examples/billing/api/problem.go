package api

import (
	"errors"
	"net/http"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

var (
	errToken       = errors.New("api: the token is missing or not valid")
	errContentType = errors.New("api: the body must have the type application/json")
)

// A problem is the answer to a request that failed (RFC 9457). Errors lists the first faults
// of the request by their paths, and Gates the closed gates of a decision.
type problem struct {
	Type   string                `json:"type"`
	Title  string                `json:"title"`
	Status int                   `json:"status"`
	Errors refund.Faults         `json:"errors,omitempty"`
	Gates  []*decision.GateError `json:"gates,omitempty"`
}

// maxErrors bounds the faults in an answer. A body of 1 MiB can have a million.
const maxErrors = 100

// problems has the problem of each error. The names are a contract.
var problems = []struct {
	err    error
	status int
	name   string
	title  string
}{
	{errToken, 401, "unauthorized", "The token is missing or not valid."},
	{errContentType, 415, "content-type", "The body must have the type application/json."},
	{desk.ErrNotFound, 404, "not-found", "The resource does not exist."},
	{desk.ErrDecided, 409, "decided", "The case has a decision, or a request for it is open."},
	{desk.ErrKeyReused, 422, "key-reused", "The Idempotency-Key was used for another request."},
	{desk.ErrInProgress, 409, "in-progress", "A request with this Idempotency-Key is in progress. Try again later."},
	{decision.ErrStale, 409, "stale", "The case has changed. Read it again, and decide on the new outcome."},
	{refund.ErrNoVersion, 422, "no-policy", "No policy was in force when the subscription started."},
	{ledger.ErrUnknown, 409, "too-early", "The event refers to a fact that is not in the books yet. Send it again later."},
	{ledger.ErrConflict, 409, "conflict", "The id is used for another fact in the books."},
	{provider.ErrForged, 401, "forged", "The signature of the webhook is not valid."},
	{provider.ErrReplayed, 400, "replayed", "The webhook was signed too long ago, or in the future."},
	{provider.ErrMalformed, 400, "malformed", "The webhook is not an event."},
}

// newProblem returns the problem of an error. The text of an unknown error is not shown.
func newProblem(err error) problem {
	const folder = "/v1/problems/"
	if gates, ok := errors.AsType[*decision.GatesError](err); ok {
		return problem{folder + "gates", "The decision is refused.", 409, nil, gates.Gates}
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return problem{folder + "too-large", "The body is longer than 1 MiB.", 413, nil, nil}
	}
	if _, ok := errors.AsType[*refund.InvalidError](err); ok {
		p := problem{folder + "invalid", "The request is not valid.", 422, nil, nil}
		var faults refund.Faults
		faults.Merge(err)
		p.Errors = faults[:min(len(faults), maxErrors)]
		return p
	}
	for _, p := range problems {
		if errors.Is(err, p.err) {
			return problem{folder + p.name, p.title, p.status, nil, nil}
		}
	}
	return problem{folder + "internal", "The server could not answer.", 500, nil, nil}
}
