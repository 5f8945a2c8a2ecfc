package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
)

// openTerminal opens a terminal of that width: the side of the person, and the side of
// the program.
func openTerminal(t *testing.T, width int) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this machine has no terminals: ", err)
	}
	t.Cleanup(func() { person.Close() })
	control := func(request uintptr, argument unsafe.Pointer) {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, person.Fd(), request, uintptr(argument)); errno != 0 {
			t.Skip("this machine has no terminals: ", errno)
		}
	}
	var number uint32
	unlocked := int32(0)
	size := [4]uint16{24, uint16(width)}
	control(syscall.TIOCGPTN, unsafe.Pointer(&number))
	control(syscall.TIOCSPTLCK, unsafe.Pointer(&unlocked))
	control(syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	program, err = os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this machine has no terminals: ", err)
	}
	t.Cleanup(func() { program.Close() })
	return person, program
}

func TestTerminalWidth(t *testing.T) {
	_, program := openTerminal(t, 117)
	if got := terminal.Width(program); got != 117 || !terminal.Is(program) {
		t.Errorf("width %d, terminal %t", got, terminal.Is(program))
	}
	if file := opened(t, "cases.jsonl"); terminal.Width(file) != 0 || terminal.Width(&strings.Builder{}) != 0 {
		t.Error("a file has the width of a terminal")
	}
}

func TestWaitingForInputAtTerminal(t *testing.T) {
	const notice = "evaluate: reading documents from standard input"
	person, program := openTerminal(t, 80)
	for _, row := range []struct {
		args []string
		want bool
	}{{nil, true}, {[]string{"-"}, true}, {[]string{"cases.jsonl"}, false}} {
		if row.want {
			if _, err := person.WriteString("{}\n\x04"); err != nil { // Ctrl-D
				t.Fatal(err)
			}
		}
		var out, errs strings.Builder
		run(row.args, program, &out, &errs)
		if strings.HasPrefix(errs.String(), notice) != row.want {
			t.Errorf("%q: stderr %q", row.args, errs.String())
		}
	}
	if _, _, errs := evaluate(t, ""); errs != "" {
		t.Errorf("standard input that is not a terminal: stderr %q", errs)
	}
}
