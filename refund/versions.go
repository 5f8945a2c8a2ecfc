package refund

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// ErrNoVersion is the error for a subscription that started before the first policy took
// effect.
var ErrNoVersion = errors.New("refund: no policy was in force")

// Versions holds the policies of a company over time. The policy in force at the
// subscription instant governs a subscription; later policies do not change it. The zero
// Versions has no policies.
//
// Keep every policy that has judged a case: an old case then has the same outcome again,
// unless the rules of its time zones have changed.
//
// Versions is immutable and safe for concurrent use.
type Versions struct {
	policies []Policy // sorted by Effective
}

// MaxVersions is the maximum number of policies in a [Versions].
const MaxVersions = 1000

// NewVersions returns Versions with the given policies, which may be in any order. It
// returns an [*InvalidError] if there are no policies, if one is not valid, or if two have
// the same Effective or the same Version. The paths of faults are like
// "versions[1].effective".
func NewVersions(policies ...Policy) (Versions, error) {
	var f Faults
	if len(policies) == 0 {
		f.Add("versions", "is required: at least one policy")
	}
	if len(policies) > MaxVersions {
		f.Add("versions", "has more than 1000 policies")
		return Versions{}, f.Err()
	}
	effective, version := map[instant.Instant]int{}, map[string]int{} // the first index of each
	for i := range policies {
		path := "versions[" + strconv.Itoa(i) + "]"
		var own Faults
		policies[i].validate(&own)
		for _, fault := range own {
			f.Add(path+fault.Path[len("policy"):], fault.Reason)
		}
		at := instant.Of(policies[i].Effective)
		if first, ok := effective[at]; ok {
			f.Add(path+".effective", "is also the instant of versions["+strconv.Itoa(first)+"]")
		} else {
			effective[at] = i
		}
		v := policies[i].Version
		if first, ok := version[v]; ok {
			f.Add(path+".version", "is also the version of versions["+strconv.Itoa(first)+"]")
		} else if v != "" {
			version[v] = i
		}
	}
	if f != nil {
		return Versions{}, f.Err()
	}
	e := Versions{make([]Policy, len(policies))}
	for i, p := range policies {
		e.policies[i] = p.clone()
	}
	slices.SortFunc(e.policies, func(a, b Policy) int {
		if instant.Before(a.Effective, b.Effective) {
			return -1
		}
		return +1 // no two are equal
	})
	return e, nil
}

// At returns the policy that governs a subscription that started at the given instant:
// the latest one whose Effective is not after start. It returns an error that matches
// [ErrNoVersion] if start is before the first policy, and an [*InvalidError] if it is the
// zero Time.
func (e Versions) At(start time.Time) (Policy, error) {
	if reason := instant.Fault(start); reason != "" {
		return Policy{}, &InvalidError{Faults: []Fault{{"subscription.start", reason}}}
	}
	for _, p := range slices.Backward(e.policies) {
		if p.Effective.IsZero() || !instant.Before(start, p.Effective) {
			return p.clone(), nil
		}
	}
	text := string(words.AppendTime(nil, start.UTC()))
	if len(e.policies) == 0 {
		return Policy{}, fmt.Errorf("%w on %s", ErrNoVersion, text)
	}
	first := string(words.AppendTime(nil, e.policies[0].Effective.UTC()))
	return Policy{}, fmt.Errorf("%w on %s: the first takes effect on %s", ErrNoVersion, text, first)
}

// Evaluate judges a case by the policy that governs its subscription
// ([Versions.At], [Policy.Evaluate]).
func (e Versions) Evaluate(c Case) (Outcome, error) {
	if instant.Fault(c.Subscription.Start) != "" {
		return Outcome{}, c.Validate() // reports the other faults too
	}
	p, err := e.At(c.Subscription.Start)
	if err != nil {
		return Outcome{}, err
	}
	return p.Evaluate(c)
}

// Policies returns all policies, sorted by Effective.
func (e Versions) Policies() []Policy {
	list := make([]Policy, len(e.policies))
	for i, p := range e.policies {
		list[i] = p.clone()
	}
	return list
}

// clone returns a copy that shares no memory with p.
func (p Policy) clone() Policy {
	for day := range p.Hours {
		p.Hours[day] = slices.Clone(p.Hours[day])
	}
	p.SpecialDays = maps.Clone(p.SpecialDays)
	for day, openings := range p.SpecialDays {
		p.SpecialDays[day] = slices.Clone(openings)
	}
	p.Required = slices.Clone(p.Required)
	return p
}
