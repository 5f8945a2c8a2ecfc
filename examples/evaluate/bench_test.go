package main

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/internal/documents"
	"github.com/kasperinfotech/refundpolicy/examples/internal/inputs"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
)

// The plain types are the types that a program would declare to read documents with
// encoding/json.
type (
	plainMoney struct {
		Amount   string `json:"amount"`
		Currency string `json:"currency"`
	}
	plainDocument struct {
		Subscription struct {
			ID      string `json:"id"`
			Account string `json:"account"`
			Service struct {
				Code        string     `json:"code"`
				Billing     string     `json:"billing"`
				PerInstance plainMoney `json:"per_instance"`
			} `json:"service"`
			Start    time.Time  `json:"start"`
			Price    plainMoney `json:"price"`
			Paid     plainMoney `json:"paid"`
			Refunded plainMoney `json:"refunded"`
			Disputed plainMoney `json:"disputed"`
		} `json:"subscription"`
		Issues []struct {
			ID       string    `json:"id"`
			Opened   time.Time `json:"opened"`
			Resolved time.Time `json:"resolved"`
		} `json:"issues"`
		Request struct {
			At         time.Time `json:"at"`
			By         string    `json:"by"`
			Channel    string    `json:"channel"`
			Reason     string    `json:"reason"`
			CalledBack time.Time `json:"called_back"`
		} `json:"request"`
		Findings []struct {
			Clause   string `json:"clause"`
			Severity string `json:"severity"`
			Subject  string `json:"subject"`
			Detail   string `json:"detail"`
		} `json:"findings"`
		Policy struct {
			Location   string `json:"location"`
			WindowDays int    `json:"window_days"`
			Readings   struct {
				DayCount      string `json:"day_count"`
				DeductFrom    string `json:"deduct_from"`
				ResolvedUntil string `json:"resolved_until"`
				CallbackClock string `json:"callback_clock"`
			} `json:"readings"`
		} `json:"policy"`
	}
)

// decodeOnly reads every line into the plain types with encoding/json, on workers
// processors, and has no output. It returns the number of documents.
func decodeOnly(r io.Reader, workers int) (n int, err error) {
	type batch struct {
		text []byte
		ends []int
	}
	batches := make(chan batch, 4*workers)
	counts := make(chan int, workers)
	var working sync.WaitGroup
	var once sync.Once
	for range workers {
		working.Go(func() {
			n := 0
			for b := range batches {
				start := 0
				for _, end := range b.ends {
					var d plainDocument
					if fault := json.Unmarshal(b.text[start:end], &d); fault != nil {
						once.Do(func() { err = fault })
					}
					start = end
					n++
				}
			}
			counts <- n
		})
	}
	var b batch
	for line, fault := range jsonlines.Read(r) {
		if fault != nil {
			once.Do(func() { err = fault })
			break
		}
		b.text = append(b.text, line.Text...)
		b.ends = append(b.ends, len(b.text))
		if len(b.ends) == 64 {
			batches <- b
			b = batch{}
		}
	}
	batches <- b
	close(batches)
	working.Wait()
	for range workers {
		n += <-counts
	}
	return n, err
}

var documentCount = flag.Int("documents", 20_000, "number of documents in BenchmarkDocuments")

// BenchmarkDocuments compares the program, from JSON input to JSON output with all steps
// in words, with a program that only decodes the same file.
//
//	go test -run '^$' -bench Documents -benchtime 1x -count 3 -documents 1000000 ./examples/evaluate
func BenchmarkDocuments(b *testing.B) {
	n := *documentCount
	path := filepath.Join(b.TempDir(), "documents.jsonl")
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(documents.Write(file, n, 1), file.Close()); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	workers := runtime.GOMAXPROCS(0)
	run := func(name string, once func(io.Reader) (int, error)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(info.Size())
			b.ReportAllocs()
			for b.Loop() {
				file, err := os.Open(path)
				if err != nil {
					b.Fatal(err)
				}
				got, err := once(file)
				file.Close()
				if err != nil || got != n {
					b.Fatalf("%d of %d documents: %v", got, n, err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
		})
	}
	run("evaluate", func(r io.Reader) (int, error) {
		e := evaluation{format: jsonLines{}, workers: workers}
		in, err := inputs.Open(nil, r)
		if err != nil {
			return 0, err
		}
		refused, err := e.run(in, io.Discard)
		return int(e.done.Load()) - refused, err
	})
	run("encoding-json", func(r io.Reader) (int, error) { return decodeOnly(r, workers) })
}

// Both programs of BenchmarkDocuments read all documents.
func TestBothProgramsReadAllDocuments(t *testing.T) {
	var text strings.Builder
	if err := documents.Write(&text, 200, 1); err != nil {
		t.Fatal(err)
	}
	if n, err := decodeOnly(strings.NewReader(text.String()), 2); n != 200 || err != nil {
		t.Errorf("%d documents, %v", n, err)
	}
	if n, err := decodeOnly(strings.NewReader(text.String()+"{\n"), 2); n != 201 || err == nil {
		t.Errorf("%d documents, %v", n, err)
	}
	code, stdout, stderr := evaluate(t, text.String())
	if code != exitOK || stderr != "" || strings.Count(stdout, "\n") != 200 {
		t.Errorf("status %d, %d outcomes, %s", code, strings.Count(stdout, "\n"), stderr)
	}
}
