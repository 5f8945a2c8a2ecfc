//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package main

// terminalWidth returns 0: on this system the width comes from -columns or COLUMNS.
func terminalWidth(any) int { return 0 }
