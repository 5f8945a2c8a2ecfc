package inputs

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// ShowProgress shows the number of lines done on a terminal, every second from the
// first second on, until stop is called.
func (in *Inputs) ShowProgress(w io.Writer, done *atomic.Int64) (stop func()) {
	quit := make(chan struct{})
	var shown sync.WaitGroup
	shown.Go(func() {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		visible := false
		for {
			select {
			case <-ticker.C:
				fmt.Fprint(w, eraseLine, progress(done.Load(), in.read.Load(), in.size))
				visible = true
			case <-quit:
				if visible {
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

// eraseLine moves the cursor of a terminal to the start of its line and erases it.
const eraseLine = "\r\x1b[K"

// progress returns the number of cases and the percentage of bytes read. A size of 0 is
// unknown.
func progress(cases, read, size int64) string {
	if size == 0 {
		return fmt.Sprintf("%d cases", cases)
	}
	return fmt.Sprintf("%3d %%  %d cases", 100*min(read, size)/size, cases)
}
