// Package terminal fits the output of programs to a terminal.
package terminal

import (
	"os"
	"strconv"
)

// Is reports whether a reader or writer is a terminal.
func Is(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull) // a character device too
	return err != nil || !os.SameFile(info, null)
}

// DefaultWidth is the width of a table where no width is known, in characters.
const DefaultWidth = 80

// MinWidth is the smallest width of a table. A narrower terminal breaks the lines itself.
const MinWidth = 72

const maxWidth = 160

// TableWidth returns the width of the table: of those given, the first that is positive
// among flag -columns, variable COLUMNS and the width of the terminal; else 80.
func TableWidth(columns int, variable string, terminal int) int {
	fromVariable, err := strconv.Atoi(variable)
	if err != nil {
		fromVariable = 0
	}
	for _, width := range []int{columns, fromVariable, terminal} {
		if width > 0 {
			return min(max(width, MinWidth), maxWidth)
		}
	}
	return DefaultWidth
}
