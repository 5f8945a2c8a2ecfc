package main

import (
	"os"
	"strconv"
)

// isTerminal reports whether a reader or writer is a terminal.
func isTerminal(stream any) bool {
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

// Bounds of the table's width, in characters. A narrower terminal breaks the lines itself.
const (
	minWidth     = 72
	defaultWidth = 80
	maxWidth     = 160
)

// tableWidth returns the width of the table: of those given, the first that is positive
// among flag -columns, variable COLUMNS and the width of the terminal; else 80.
func tableWidth(columns int, variable string, terminal int) int {
	fromVariable, err := strconv.Atoi(variable)
	if err != nil {
		fromVariable = 0
	}
	for _, width := range []int{columns, fromVariable, terminal} {
		if width > 0 {
			return min(max(width, minWidth), maxWidth)
		}
	}
	return defaultWidth
}
