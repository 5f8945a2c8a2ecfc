package jsonl_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
)

// benchLog is a log of 3000 records.
func benchLog() (log evidence.Log) {
	for range 1000 {
		for _, e := range entries(full()) {
			e.AddTo(&log)
		}
	}
	return log
}

func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	if err := jsonl.Write(&file, benchLog()); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range jsonl.Read(bytes.NewReader(file.Bytes())) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	log := benchLog()
	var file bytes.Buffer
	if err := jsonl.Write(&file, log); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if err := jsonl.Write(io.Discard, log); err != nil {
			b.Fatal(err)
		}
	}
}
