package inputs

import (
	"slices"
	"strings"
	"testing"
)

// A batch ends after a number of lines or of bytes, whichever comes first.
func TestBatchSizes(t *testing.T) {
	for _, row := range []struct {
		reason string
		bytes  int // of a line
		lines  int
		want   []int // lines of each batch
	}{
		{"short lines end a batch by their number", 10, 2*BatchLines + 1, []int{BatchLines, BatchLines, 1}},
		{"a full batch leaves no lines over", 10, BatchLines, []int{BatchLines}},
		{"lines that fill a batch to the byte", batchBytes / 4, 9, []int{4, 4, 1}},
		{"lines that exceed a batch by a byte each", batchBytes/4 + 1, 5, []int{4, 1}},
		{"lines that leave a few bytes free", batchBytes/4 - 1, 6, []int{5, 1}},
		{"each line is longer than a batch", batchBytes + 1, 3, []int{1, 1, 1}},
		{"an empty input has no batches", 0, 0, nil},
	} {
		text := strings.Repeat(strings.Repeat("x", row.bytes)+"\n", row.lines)
		in, err := Open(nil, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		var b *Batch
		var got []int
		err = in.Fill(func() *Batch { b = new(Batch); return b }, func() { got = append(got, b.Len()) })
		if err != nil || !slices.Equal(got, row.want) || row.reason == "" {
			t.Errorf("%s: %v, %v, want %v", row.reason, got, err, row.want)
		}
	}
}

// A batch returns the lines that were put in, with their faults, and none after a reset.
func TestBatchLines(t *testing.T) {
	in, err := Open(nil, strings.NewReader("a\n\n{\n \"b\": 1\n}\nc"))
	if err != nil {
		t.Fatal(err)
	}
	var b Batch
	var got []string
	if err := in.Fill(func() *Batch { return &b }, func() {}); err != nil {
		t.Fatal(err)
	}
	for line, fault := range b.Lines() {
		text := string(line.Text)
		if fault != nil {
			text = "refused"
		}
		got = append(got, text)
	}
	if want := []string{"a", "refused", "c"}; !slices.Equal(got, want) {
		t.Errorf("lines %q, want %q", got, want)
	}
	if b.Reset(); b.Len() != 0 {
		t.Errorf("%d lines after the reset", b.Len())
	}
}

// Without an empty batch the reading ends.
func TestFillEndsWithoutABatch(t *testing.T) {
	in, err := Open(nil, strings.NewReader("a\nb\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Fill(func() *Batch { return nil }, func() { t.Error("sent") }); err != nil {
		t.Error(err)
	}
}
