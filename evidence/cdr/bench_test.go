package cdr_test

import (
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// BenchmarkRead reads a file of a thousand rows.
func BenchmarkRead(b *testing.B) {
	file := strings.Repeat(sound().String()+"\n", 1000)
	o := cdr.Options{Location: testkit.Zone("America/New_York")}
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		rows := 0
		for _, err := range cdr.Read(strings.NewReader(file), o) {
			if err != nil {
				b.Fatal(err)
			}
			rows++
		}
		if rows != 1000 {
			b.Fatal(rows)
		}
	}
}
