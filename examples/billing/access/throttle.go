package access

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// period is the time for which a throttle counts.
const period = 15 * time.Minute

// A throttle counts attempts by key. Its memory is fixed: keys with the same hash share a
// count. Each copy of the program counts for itself.
type throttle struct {
	most  int // attempts that are allowed in a period
	seed  maphash.Seed
	mu    sync.Mutex
	slots [1 << 12]struct {
		from time.Time
		n    int
	}
}

func newThrottle(most int) *throttle { return &throttle{most: most, seed: maphash.MakeSeed()} }

// allow counts n attempts, and reports whether the count is within the limit.
func (t *throttle) allow(key string, n int, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &t.slots[maphash.String(t.seed, key)%uint64(len(t.slots))]
	if now.Sub(s.from) >= period {
		s.from, s.n = now, 0
	}
	s.n = max(s.n+n, 0)
	return s.n <= t.most
}

// network returns an address without its port; of IPv6, the network of one customer.
func network(remote string) string {
	a, err := netip.ParseAddrPort(remote)
	if err != nil {
		return remote
	}
	bits := 32
	if a.Addr().Unmap().Is6() {
		bits = 64
	}
	p, _ := a.Addr().Unmap().WithZone("").Prefix(bits)
	return p.String()
}
