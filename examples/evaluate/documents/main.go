// Documents writes documents that program evaluate reads, as many as are wanted, to
// measure it with:
//
//	go run ./examples/evaluate/documents -n 1000000 >documents.jsonl
//
// The same seed makes the same documents.
package main

import (
	"flag"
	"fmt"
	"os"
	_ "time/tzdata" // so that it runs where no zone database is installed

	"github.com/kasperinfotech/refundpolicy/examples/evaluate/internal/documents"
)

func main() {
	n := flag.Int("n", 1000, "how many documents")
	seed := flag.Uint64("seed", 1, "what the random numbers begin with")
	flag.Parse()
	if err := documents.Write(os.Stdout, *n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "documents:", err)
		os.Exit(2)
	}
}
