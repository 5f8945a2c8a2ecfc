package refund

import (
	"errors"
	"slices"
	"strconv"
	"time"
)

// ErrNoEdition: a subscription started before the first edition took effect. It comes
// in a [*NoEditionError].
var ErrNoEdition = errors.New("refund: no policy was in force")

// NoEditionError names the instants. It matches [ErrNoEdition].
type NoEditionError struct {
	Start time.Time // of the subscription
	First time.Time // when the first edition takes effect; zero if there is none
}

// Error names both instants.
func (e *NoEditionError) Error() string {
	var w sentence
	w = w.text("refund: no policy was in force on ").time(e.Start.UTC())
	if !e.First.IsZero() {
		w = w.text(": the first takes effect on ").time(e.First.UTC())
	}
	return string(w)
}

// Unwrap returns [ErrNoEdition].
func (e *NoEditionError) Unwrap() error { return ErrNoEdition }

// Editions are the policies of a company over time. The one in force at the
// subscription instant governs a subscription for good, whatever came later. The
// zero Editions hold none.
//
// Editions are immutable, and safe for concurrent use.
type Editions struct {
	policies []Policy // by Effective
}

// MaxEditions is how many policies editions may have.
const MaxEditions = 1000

// NewEditions returns the editions of the given policies, in any order. It returns
// an [*InvalidError] if there are none, if one is invalid, or if two take effect at
// one instant or have one version, at paths such as "editions[1].effective".
func NewEditions(policies ...Policy) (Editions, error) {
	var f faults
	if len(policies) == 0 {
		f.add("editions", "is required: at least one policy")
	}
	if len(policies) > MaxEditions {
		f.add("editions", "are more than 1000")
		return Editions{}, f.err()
	}
	type instant struct {
		second     int64
		nanosecond int
	}
	effective, version := map[instant]int{}, map[string]int{} // the first edition of each
	for i := range policies {
		path := "editions[" + strconv.Itoa(i) + "]"
		var own faults
		policies[i].validate(&own)
		for _, fault := range own {
			f.add(path+fault.Path[len("policy"):], fault.Reason)
		}
		at := instant{policies[i].Effective.Unix(), policies[i].Effective.Nanosecond()}
		if first, ok := effective[at]; ok {
			f.add(path+".effective", "is the instant of editions["+strconv.Itoa(first)+"] too")
		} else {
			effective[at] = i
		}
		v := policies[i].Version
		if first, ok := version[v]; ok {
			f.add(path+".version", "is the version of editions["+strconv.Itoa(first)+"] too")
		} else if v != "" {
			version[v] = i
		}
	}
	if f != nil {
		return Editions{}, f.err()
	}
	e := Editions{make([]Policy, len(policies))}
	for i, p := range policies {
		e.policies[i] = p.clone()
	}
	slices.SortFunc(e.policies, func(a, b Policy) int {
		if before(a.Effective, b.Effective) {
			return -1
		}
		return +1 // no two are equal
	})
	return e, nil
}

// At returns the policy that governs a subscription that started at the given
// instant: the latest that had taken effect by then, at that instant included. It
// returns an error matching [ErrNoEdition] before the first, and an [*InvalidError]
// for the zero Time.
func (e Editions) At(start time.Time) (Policy, error) {
	if reason := instantFault(start); reason != "" {
		return Policy{}, &InvalidError{Faults: []Fault{{"subscription.start", reason}}}
	}
	for _, p := range slices.Backward(e.policies) {
		if p.Effective.IsZero() || !before(start, p.Effective) {
			return p.clone(), nil
		}
	}
	none := &NoEditionError{Start: start}
	if len(e.policies) > 0 {
		none.First = e.policies[0].Effective
	}
	return Policy{}, none
}

// Evaluate judges a case by the policy that governs its subscription
// ([Editions.At], [Policy.Evaluate]).
func (e Editions) Evaluate(c Case) (Outcome, error) {
	if instantFault(c.Subscription.Start) != "" {
		return Outcome{}, c.Validate() // with all else that is wrong
	}
	p, err := e.At(c.Subscription.Start)
	if err != nil {
		return Outcome{}, err
	}
	return p.Evaluate(c)
}

// Replay gives a recorded decision back under the policy that governs its
// subscription ([Editions.At], [Policy.Replay]).
func (e Editions) Replay(c Case, record []byte, keys ...Key) (Decision, error) {
	if instantFault(c.Subscription.Start) != "" {
		return Decision{}, c.Validate()
	}
	p, err := e.At(c.Subscription.Start)
	if err != nil {
		return Decision{}, err
	}
	return p.Replay(c, record, keys...)
}

// Policies returns all editions, the first to take effect first.
func (e Editions) Policies() []Policy {
	list := make([]Policy, len(e.policies))
	for i, p := range e.policies {
		list[i] = p.clone()
	}
	return list
}

// clone returns a copy that shares no memory with p.
func (p Policy) clone() Policy {
	p.Holidays = slices.Clone(p.Holidays)
	p.Required = slices.Clone(p.Required)
	return p
}
