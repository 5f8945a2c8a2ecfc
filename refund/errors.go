package refund

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
)

// ErrCurrencyMismatch is returned, wrapped in a [*CurrencyMismatchError], by operations on
// two amounts in different currencies. This package never converts an amount.
var ErrCurrencyMismatch = errors.New("refund: currencies differ")

// CurrencyMismatchError holds the two currencies of a failed operation. It matches
// [ErrCurrencyMismatch] under errors.Is.
type CurrencyMismatchError struct {
	A, B Currency
}

// Error returns a message with both currencies.
func (e *CurrencyMismatchError) Error() string {
	return "refund: currencies differ: " + e.A.String() + " and " + e.B.String()
}

// Unwrap returns [ErrCurrencyMismatch].
func (e *CurrencyMismatchError) Unwrap() error { return ErrCurrencyMismatch }

// ErrRange is returned by [Money.MinorUnits] if the amount does not fit into an int64.
var ErrRange = errors.New("refund: amount does not fit into 64 bits of minor units")

// A Fault is one error in an input. Path names the field, such as "subscription.paid" or
// "issues[3].id"; an empty path means the whole input. Reason describes the error and says
// which values are allowed.
//
// Paths are a contract and keep their meaning; reasons may be reworded. A reason may name
// amounts and codes that were read. It quotes no other value, which could be a name or a
// card number in the wrong field.
type Fault struct {
	Path   string
	Reason string
}

// MarshalJSON returns an object with "path" and "reason".
func (f Fault) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Path   string `json:"path"`
		Reason string `json:"reason"`
	}(f))
}

// Error returns the path and the reason.
func (f Fault) Error() string {
	if f.Path == "" {
		return f.Reason
	}
	return f.Path + ": " + f.Reason
}

// InvalidError is the error for an invalid input. It holds every fault that was found, at
// least one.
//
//	var invalid *refund.InvalidError
//	if errors.As(err, &invalid) {
//		for _, fault := range invalid.Faults {
//			fmt.Println(fault.Path, fault.Reason)
//		}
//	}
type InvalidError struct {
	Faults []Fault
}

// Error returns one line of bounded length: the first faults, and the number of the
// others.
func (e *InvalidError) Error() string {
	const shown, longest = 3, 200
	b := []byte("refund: invalid input")
	for i, f := range e.Faults {
		if i == shown {
			b = append(b, " (and "...)
			b = strconv.AppendInt(b, int64(len(e.Faults)-shown), 10)
			b = append(b, " more)"...)
			break
		}
		if i == 0 {
			b = append(b, ": "...)
		} else {
			b = append(b, "; "...)
		}
		text := f.Error()
		if len(text) > longest {
			text = strings.ToValidUTF8(text[:longest], "") + "…"
		}
		b = append(b, text...)
	}
	return string(b)
}

// Unwrap returns the faults, each a [Fault].
func (e *InvalidError) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// Faults collects faults. The zero Faults is empty and ready to use.
//
//	var faults refund.Faults
//	if id == "" {
//		faults.Add("id", "is required")
//	}
//	faults.Merge(c.Validate())
//	return faults.Err()
type Faults []Fault

// Add adds a fault. If the reason is empty, Add does nothing, so that the result of a
// check can be passed directly.
func (f *Faults) Add(path, reason string) {
	if reason != "" {
		*f = append(*f, Fault{path, reason})
	}
}

// Merge adds the faults of err: every [Fault], and those of every [*InvalidError], among
// err and the errors that it wraps or joins, at any depth. (errors.As finds only the
// first.) An error with a method Faults() Faults adds its result, such as one of package
// evidence, whose paths have the number of the line, or one of package decision for closed
// gates. An error of another type becomes a fault without a path. A nil error adds no fault; any other error adds at least one, so
// that no error is lost.
func (f *Faults) Merge(err error) {
	if err == nil {
		return
	}
	before := len(*f)
	f.merge(err)
	if len(*f) == before { // an InvalidError without faults, or an error without a text
		f.Add("", "is invalid")
	}
}

func (f *Faults) merge(err error) {
	switch e := err.(type) {
	case nil:
		return
	case *InvalidError:
		*f = append(*f, e.Faults...)
		return
	case Fault:
		*f = append(*f, e)
		return
	case interface{ Faults() Faults }:
		*f = append(*f, e.Faults()...)
		return
	case interface{ Unwrap() []error }:
		for _, err := range e.Unwrap() {
			f.merge(err)
		}
		return
	case interface{ Unwrap() error }:
		var invalid *InvalidError
		var fault Fault
		var list interface{ Faults() Faults }
		if errors.As(err, &invalid) || errors.As(err, &fault) || errors.As(err, &list) {
			f.merge(e.Unwrap())
			return
		}
	}
	f.Add("", err.Error())
}

// At returns the reasons of the faults with a path, in their order, for a form that shows
// them beside the field. It returns nil if no fault has the path.
func (f Faults) At(path string) (reasons []string) {
	for _, fault := range f {
		if fault.Path == path {
			reasons = append(reasons, fault.Reason)
		}
	}
	return reasons
}

// Err returns nil if there are no faults, and otherwise an [*InvalidError] with all of
// them.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &InvalidError{Faults: f}
}

// invalid returns an InvalidError with one fault, or nil for an empty reason.
func invalid(path, reason string) error {
	var f Faults
	f.Add(path, reason)
	return f.Err()
}

// marshalCode implements MarshalText for an enumeration. The error has the given path.
func marshalCode[E ~uint8](path string, codes *enum.Codes[E], e E) ([]byte, error) {
	text, reason := codes.Text(e)
	return text, invalid(path, reason)
}
