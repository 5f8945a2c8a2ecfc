package terminal

import (
	"bytes"
	"os"
	"testing"
)

func TestStreamsThatAreNotTerminals(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	file, closed := opened(t, "terminal.go"), opened(t, "terminal.go")
	defer file.Close()
	closed.Close()
	for what, stream := range map[string]any{"a buffer": &bytes.Buffer{}, "the null device": null, "a file": file, "a closed file": closed} {
		if Is(stream) {
			t.Errorf("%s is reported as a terminal", what)
		}
	}
}

func opened(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
