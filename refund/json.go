package refund

import (
	"github.com/kasperinfotech/refundpolicy/internal/hook"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
)

func init() {
	hook.ReadDocument = func(r *strict.Reader, c, policy any) {
		c.(*Case).readWith(r, policy.(*Policy))
	}
}

// unmarshal reads a text that is one object into v, which stays as it is if there is a
// fault. validate, if there is one, checks what was read.
func unmarshal[T any](data []byte, v *T, read func(*T, *strict.Reader), validate func(*T, *Faults)) error {
	r := strict.NewReader(data)
	var value T
	if r.Begin() {
		read(&value, r)
	}
	if r.End() && validate != nil {
		var f Faults
		validate(&value, &f)
		f.follow(r)
	}
	if err := readError(r); err != nil {
		return err
	}
	*v = value
	return nil
}

// follow adds f to the faults of a reader, without those that only follow from them.
func (f Faults) follow(r *strict.Reader) {
	found := make([]strict.Fault, len(f))
	for i := range f {
		found[i] = strict.Fault(f[i])
	}
	r.Follow(found)
}

// readError returns the faults that a reader found.
func readError(r *strict.Reader) error { return strictError(r.Faults()) }

func strictError(faults []strict.Fault) error {
	var f Faults
	for _, fault := range faults {
		f.Add(fault.Path, fault.Reason)
	}
	return f.Err()
}

// appendObject appends an object with the fields that write writes to b. With an error
// it returns b as it was.
func appendObject(b []byte, write func(*strict.Writer)) ([]byte, error) {
	w := strict.NewWriter(b)
	w.Object("")
	write(w)
	w.End()
	if err := strictError(w.Faults()); err != nil {
		return b, err
	}
	return w.Buf, nil
}
