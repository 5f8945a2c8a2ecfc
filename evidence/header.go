package evidence

import (
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Header is what calls, recordings and chats have in common. The zero Header is not
// valid in a log.
type Header struct {
	// ID names the record, once in a log. Required. It is told in reports and findings:
	// a telephone number or a name is no good id.
	ID string

	// Account is the id of the customer's account; empty means not known. Compared byte
	// for byte with that of the subscription.
	Account string

	// Agent is who attended to it. Optional.
	Agent string

	// Issues are the ids of the issues that it concerns, in any order. Nil and empty
	// both mean that it names none.
	Issues []string

	// Start and End are its first and last instant. Required, End not before Start.
	Start, End time.Time

	// StartedBy is the side that got in touch. Unset means not known, which then counts
	// as the customer, whose word a doubt favours.
	StartedBy Side
}

// Side is a party of a conversation. The zero Side is unset.
type Side uint8

const (
	// SideCustomer is whoever asks for help, on the customer's behalf too.
	SideCustomer Side = iota + 1
	// SideAgent is the company.
	SideAgent
	// SideSystem is software, such as a menu or a notice that somebody has joined.
	SideSystem
)

var sideCodes = []string{"", "customer", "agent", "system"}

// String returns the code, such as "agent".
func (s Side) String() string {
	switch {
	case s == 0:
		return "unset"
	case int(s) < len(sideCodes):
		return sideCodes[s]
	}
	return "Side(" + strconv.Itoa(int(s)) + ")"
}

// MarshalText returns the code, empty for the zero value.
func (s Side) MarshalText() ([]byte, error) {
	if int(s) >= len(sideCodes) {
		return nil, invalid("side", s.fault())
	}
	return []byte(sideCodes[s]), nil
}

// UnmarshalText reads a code; an empty text is the zero value.
func (s *Side) UnmarshalText(text []byte) error {
	for i, code := range sideCodes {
		if code == string(text) {
			*s = Side(i)
			return nil
		}
	}
	return invalid("side", "a text of "+strconv.Itoa(len(text))+" bytes"+noSide)
}

var noSide = " is none of " + strings.Join(sideCodes[1:], ", ")

// fault is the reason for which a required side is refused, or "".
func (s Side) fault() string {
	switch {
	case s == 0:
		return "is required: one of " + strings.Join(sideCodes[1:], ", ")
	case int(s) >= len(sideCodes):
		return strconv.Itoa(int(s)) + noSide
	}
	return ""
}

// Media is a file that belongs to a record, such as the sound of a call or the video
// of a screen: how it is found and known again, never its bytes. The zero Media is
// not valid in a log.
type Media struct {
	// Name is the file's path as package io/fs has it: with slashes, and not rooted.
	// Required.
	Name string

	// Size is the file's length in bytes. It may be 0.
	Size int64

	// SHA256 is the digest of its bytes: 64 hexadecimal digits, in lower case. Required.
	SHA256 string

	// Type is its MIME type, such as "audio/ogg". Required.
	Type string
}

// A Message is one thing that was said or written. The zero Message is not valid.
type Message struct {
	At   time.Time // when. Required
	From Side      // by which side. Required
	Text string    // what; it may be empty
}

func invalid(path, reason string) error {
	return &refund.InvalidError{Faults: []refund.Fault{{Path: path, Reason: reason}}}
}
