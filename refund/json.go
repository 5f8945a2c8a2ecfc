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

// unmarshal reads one JSON object into v. If there is a fault, it leaves v unchanged.
// validate checks the value that was read; it may be nil.
func unmarshal[T any](data []byte, v *T, read func(*T, *strict.Reader), validate func(*T, *Faults)) error {
	var value T
	faults := strict.Read(strict.NewReader(data), func(r *strict.Reader) { read(&value, r) }, func() (f Faults) {
		if validate != nil {
			validate(&value, &f)
		}
		return f
	})
	if faults != nil {
		return faults.Err()
	}
	*v = value
	return nil
}

// appendObject appends an object to b; write writes the fields. If there is an error, it
// returns b unchanged.
func appendObject(b []byte, write func(*strict.Writer)) ([]byte, error) {
	w := strict.NewWriter(b)
	w.Object(write)
	if faults := w.Faults(); faults != nil {
		return b, Faults(strict.Convert[Fault](faults)).Err()
	}
	return w.Buf, nil
}
