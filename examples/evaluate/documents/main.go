// Documents writes random documents for measurements of the program evaluate:
//
//	go run ./examples/evaluate/documents -n 1000000 >documents.jsonl
//
// The same seed generates the same documents.
package main

import (
	"flag"
	"fmt"
	"os"
	_ "time/tzdata" // so that it runs where no zone database is installed

	"github.com/kasperinfotech/refundpolicy/examples/internal/documents"
)

func main() {
	n := flag.Int("n", 1000, "number of documents")
	seed := flag.Uint64("seed", 1, "seed of the random numbers")
	flag.Parse()
	if err := documents.Write(os.Stdout, *n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "documents:", err)
		os.Exit(2)
	}
}
