package customer

import (
	"strings"
	"time"
)

// A Requester is who asks for a refund, as the host has authenticated them. The zero
// Requester is not known.
type Requester struct {
	// Account is the requester's own account id, never one that an e-mail states.
	Account string
}

// access says what an account is to a requester.
func (a *Account) access(r Requester, at time.Time) access {
	holder, who := id(a.ID), id(r.Account)
	switch {
	case holder == "" || who == "":
		return accessUnknown
	case holder == who:
		return accessHolder
	}
	for _, d := range a.Delegates {
		if id(d.Account) == who && d.Holds(at) {
			return accessDelegate
		}
	}
	return accessStranger
}

type access int

const (
	accessUnknown access = iota
	accessHolder
	accessDelegate
	accessStranger
)

// id returns an id as it is compared: without the blanks, tabs and line ends of ASCII
// around it, which forms leave behind, and otherwise byte for byte.
func id(s string) string { return strings.Trim(s, " \t\r\n") }
