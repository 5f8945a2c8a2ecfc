package webvtt

import (
	"strings"

	"github.com/kasperinfotech/refundpolicy/evidence"
)

// Sides says on which side each voice is. The nil Sides knows the voices customer,
// agent and system, in whatever case; one that is not nil knows its own only.
//
// A name is written as [Span] has it, with single blanks, and compared byte for byte.
// The empty name is for text without a voice, as in a file for each side.
//
// The names are private: package fmt and logs show how many there are.
type Sides map[string]evidence.Side

// of returns the side of a voice, or 0.
func (s Sides) of(voice string) evidence.Side {
	voice = collapse(voice)
	if s == nil {
		// A look-alike is another name: no letter of the three is the lower case of any but
		// its own.
		s, voice = defaultSides, strings.ToLower(voice)
	}
	if side := s[voice]; side <= evidence.SideSystem {
		return side
	}
	return 0
}

var defaultSides = Sides{
	"customer": evidence.SideCustomer,
	"agent":    evidence.SideAgent,
	"system":   evidence.SideSystem,
}
