package sqlstore

import "errors"

// The errors of the store. Errors of the caller's own changes are returned as they are.
var (
	// ErrExists: the subscription has books already.
	ErrExists = errors.New("sqlstore: the subscription has books already")
	// ErrNotFound: the subscription has no books.
	ErrNotFound = errors.New("sqlstore: the subscription has no books")
	// ErrBusy: 20 tries failed, because other writers were faster or the database did not
	// answer. The change may have been stored: call again with the same keys.
	ErrBusy = errors.New("sqlstore: gave up")
	// ErrRetry: the host's transaction was rolled back for a temporary reason, such as a
	// deadlock. Repeat the whole transaction, as InTx does.
	ErrRetry = errors.New("sqlstore: repeat the transaction")
	// ErrSpent: the table of refunds already has the key, or a refund of the decision that has
	// not failed, and the books do not. Somebody has changed the tables without the store. The
	// change was not stored, and the refund must not be paid.
	ErrSpent = errors.New("sqlstore: the key or the decision is already used, but not in the books")
	// ErrUnreadable: the stored text breaks a rule, is the books of another subscription, or
	// disagrees with the table of refunds, for example because old books were put back.
	// Somebody has changed the tables without the store. The error is an [*UnreadableError].
	ErrUnreadable = errors.New("sqlstore: the stored books cannot be read")
	// ErrRewritten: the result of a change does not have all events of the books that the
	// change received. The change was not stored.
	ErrRewritten = errors.New("sqlstore: the change does not continue the books")
)

// An UnreadableError is the error for stored books that cannot be trusted. It matches
// [ErrUnreadable]. If the text breaks a rule, it also wraps a [*refund.InvalidError], whose
// paths may quote the text.
type UnreadableError struct {
	Subscription string // the id of the subscription; it is not in the error's text

	reason string
	cause  error
}

// Error returns a text without ids, keys or text of the books.
func (e *UnreadableError) Error() string { return ErrUnreadable.Error() + ": " + e.reason }

// Unwrap returns [ErrUnreadable], and the cause if there is one.
func (e *UnreadableError) Unwrap() []error {
	if e.cause == nil {
		return []error{ErrUnreadable}
	}
	return []error{ErrUnreadable, e.cause}
}
