package refund

import (
	"testing"
	"time"
)

// A program may set time.Local to UTC before this package begins, which nothing outside
// of it can do in a test. UTC stays a place there.
func TestUTCAsTheMachineZone(t *testing.T) {
	machine := machineZone
	defer func() { machineZone = machine }()
	machineZone = time.UTC
	if err := Published(time.UTC).Validate(); err != nil {
		t.Error(err)
	}
}
