package wire

import (
	"strconv"
	"testing"
	"time"
)

// Where files go by any spelling of their names there are as many names as anybody
// likes, which only the cache itself can tell.
func TestZoneCacheIsBounded(t *testing.T) {
	z := zoneCache{known: map[string]*time.Location{}}
	for i := range mostZones - 1 {
		z.known[strconv.Itoa(i)] = time.UTC
	}
	for _, name := range []string{"Europe/Berlin", "Europe/Paris"} {
		if loc, ok := z.lookup(name); !ok || loc.String() != name {
			t.Errorf("%s: %v, %v", name, loc, ok)
		}
	}
	if len(z.known) != mostZones || z.known["Europe/Berlin"] == nil {
		t.Errorf("%d names are kept, want %d with the last for which there was room", len(z.known), mostZones)
	}
}
