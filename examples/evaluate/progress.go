package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// showProgress shows on a terminal how far an evaluation is, once it has taken more
// than a second, until stop is called.
func showProgress(w io.Writer, e *evaluation, in *inputs) (stop func()) {
	quit := make(chan struct{})
	var shown sync.WaitGroup
	shown.Go(func() {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		said := false
		for {
			select {
			case <-ticker.C:
				fmt.Fprint(w, eraseLine, progress(e.done.Load(), in.read.Load(), in.size))
				said = true
			case <-quit:
				if said {
					fmt.Fprint(w, eraseLine)
				}
				return
			}
		}
	})
	return func() {
		close(quit)
		shown.Wait()
	}
}

// eraseLine brings a terminal back to the start of an empty line.
const eraseLine = "\r\x1b[K"

// progress says how far an evaluation is; size is 0 where that is not known.
func progress(cases, read, size int64) string {
	if size == 0 {
		return fmt.Sprintf("%d cases", cases)
	}
	return fmt.Sprintf("%3d %%  %d cases", 100*min(read, size)/size, cases)
}
