package webvtt

import (
	"strings"

	"github.com/kasperinfotech/refundpolicy/evidence"
)

// Sides maps the name of each voice to its side. The nil Sides has the names customer,
// agent and system, in any case; a Sides that is not nil has only its own names.
//
// Names have single spaces, as in [Span], and are compared byte for byte. The empty name
// is for text without a voice, as in a file for each side.
//
// The names are private: package fmt and logs show only their number.
type Sides map[string]evidence.Side

// of returns the side of a voice, or 0.
func (s Sides) of(voice string) evidence.Side {
	voice = collapse(voice)
	if s == nil {
		// ToLower maps only ASCII letters to the letters of these names, so that no other
		// name is taken for one of them.
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
