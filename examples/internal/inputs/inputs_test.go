package inputs

import (
	"os"
	"testing"
)

func TestInputSize(t *testing.T) {
	info, err := os.Stat("inputs.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		reason string
		names  []string
		want   int64
	}{
		{"the size of two files is their sum", []string{"inputs.go", "inputs.go"}, 2 * info.Size()},
		{"with standard input the size is unknown", []string{"inputs.go", "-"}, 0},
		{"without names it is standard input", nil, 0},
	} {
		in, err := Open(row.names, nil)
		if err != nil || in.size != row.want {
			t.Errorf("%s: %v, %v", row.reason, in.size, err)
		}
	}
}
