package csvlog_test

import (
	"io"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
)

// BenchmarkReader reads a file of calls or sessions of about 1 MB.
func BenchmarkReader(b *testing.B) {
	for _, bench := range []struct {
		name, file string
		mapping    csvlog.Mapping
		header     bool
	}{
		{"FreePBX", "freepbx.csv", csvlog.FreePBX(), true},
		{"CDRCustom", "cdr_custom.csv", csvlog.CDRCustom(), false},
		{"TeamViewer", "teamviewer.csv", csvlog.TeamViewer(), true},
	} {
		b.Run(bench.name, func(b *testing.B) {
			data, err := io.ReadAll(sample(b, bench.file))
			if err != nil {
				b.Fatal(err)
			}
			names, rows := "", string(data)
			if bench.header {
				end := strings.Index(rows, "\n") + 1
				names, rows = rows[:end], rows[end:]
			}
			file := names + strings.Repeat(rows, 1_000_000/len(rows))
			b.ReportAllocs()
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				in, err := csvlog.NewReader(strings.NewReader(file), inUTC(bench.mapping))
				if err != nil {
					b.Fatal(err)
				}
				for _, err := range in.All() {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
