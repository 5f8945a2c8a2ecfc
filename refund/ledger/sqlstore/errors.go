package sqlstore

import "errors"

// The errors that a program acts on, beside the errors of its own changes.
var (
	// ErrExists: the subscription has books already.
	ErrExists = errors.New("sqlstore: the subscription has books already")
	// ErrNotFound: the subscription has no books.
	ErrNotFound = errors.New("sqlstore: the subscription has no books")
	// ErrBusy: 20 tries have failed, since other writers were faster or the database did
	// not answer. The change may be stored: call again with the same keys.
	ErrBusy = errors.New("sqlstore: gave up")
	// ErrRetry: the host's transaction was rolled back for a reason that may pass, such as a
	// deadlock. Repeat all of it.
	ErrRetry = errors.New("sqlstore: repeat the transaction")
	// ErrSpent: the table of refunds has the key, or the decision in a refund that has not
	// failed, and the books do not have it. Somebody has written around the store. Nothing
	// was stored, and no refund must be paid.
	ErrSpent = errors.New("sqlstore: the key or the decision is spent, and not in the books")
	// ErrUnreadable: the stored text is not the books of the subscription, or breaks a
	// rule, or disagrees with the table of refunds, as old books do that were put back.
	// Somebody has written around the store. The error is an [*UnreadableError].
	ErrUnreadable = errors.New("sqlstore: the stored books cannot be read")
	// ErrRewritten: the result of a change does not continue the books that the change was
	// given. Nothing was stored.
	ErrRewritten = errors.New("sqlstore: the change does not continue the books")
)

// UnreadableError is the error for stored books that cannot be trusted. It matches
// [ErrUnreadable] and, if the text is at fault, a [*refund.InvalidError], whose paths may
// quote the text.
type UnreadableError struct {
	Subscription string // whose books they are; the error's text does not have it

	reason string
	cause  error
}

// Error returns a text without ids, keys or the text of the books.
func (e *UnreadableError) Error() string { return ErrUnreadable.Error() + ": " + e.reason }

// Unwrap returns [ErrUnreadable], and the cause if there is one.
func (e *UnreadableError) Unwrap() []error {
	if e.cause == nil {
		return []error{ErrUnreadable}
	}
	return []error{ErrUnreadable, e.cause}
}
