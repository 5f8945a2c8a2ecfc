package elements

import (
	"errors"
	"iter"
)

// MaxErrors is the largest number of errors that [Collect] keeps.
const MaxErrors = 100

var errMore = errors.New("there are more errors than these 100")

// Collect returns the values that come without an error, and an error that joins the first
// 100 errors of the sequence.
func Collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var list []T
	var errs []error
	for value, err := range seq {
		switch {
		case err == nil:
			list = append(list, value)
		case len(errs) < MaxErrors:
			errs = append(errs, err)
		case len(errs) == MaxErrors:
			errs = append(errs, errMore)
		}
	}
	return list, errors.Join(errs...)
}
