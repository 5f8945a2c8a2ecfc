package webvtt

import (
	"strings"

	"github.com/kasperinfotech/refundpolicy/evidence"
)

// Sides maps the name of each voice to its side. A nil Sides has the names customer, agent
// and system, in upper or lower case. Any other Sides has only its own names.
//
// Names have single spaces between words, as in [Span], and are compared byte for byte. The
// empty name gives the side of text without a voice, for example if each side has its own
// file.
//
// The names are private: package fmt and logs show only how many there are.
type Sides map[string]evidence.Side

// of returns the side of a voice, or 0.
func (s Sides) of(voice string) evidence.Side {
	voice = collapse(voice)
	if s == nil {
		// ToLower maps only ASCII letters to the letters of these names, so no other name
		// can match.
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
