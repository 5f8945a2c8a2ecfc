package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// mostPolicy is the longest file of policies, in bytes.
const mostPolicy = 1 << 20

// readPolicy reads a file with a policy or versions.
func readPolicy(name string) (whatif.Evaluator, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostPolicy+1))
	if err != nil {
		return nil, err
	}
	if len(text) > mostPolicy {
		return nil, fmt.Errorf("%s is longer than 1 MiB", name)
	}
	var versions struct {
		Versions json.RawMessage `json:"versions"`
	}
	if json.Unmarshal(text, &versions) == nil && versions.Versions != nil {
		var v refund.Versions
		if err := v.UnmarshalJSON(text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return v, nil
	}
	var p refund.Policy
	if err := p.UnmarshalJSON(text); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// policiesOf returns the policies of a file that was read.
func policiesOf(e whatif.Evaluator) []refund.Policy {
	switch e := e.(type) {
	case refund.Policy:
		return []refund.Policy{e}
	case refund.Versions:
		return e.Policies()
	}
	return nil
}
