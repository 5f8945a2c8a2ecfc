package access

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// period is the time for which a throttle counts.
const period = 15 * time.Minute

var seed = maphash.MakeSeed()

// A throttle counts attempts by key. Its memory is fixed: keys with the same hash share a
// count. Each copy of the program counts for itself. The zero throttle is ready to use.
type throttle struct {
	mu    sync.Mutex
	slots [1 << 12]struct {
		from time.Time
		n    int
	}
}

// add counts n attempts, and returns the count of the period.
func (t *throttle) add(key string, n int, now time.Time) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &t.slots[maphash.String(seed, key)%uint64(len(t.slots))]
	if now.Sub(s.from) >= period {
		s.from, s.n = now, 0
	}
	s.n = max(s.n+n, 0)
	return s.n
}

// network returns the network of one customer: an IPv4 address, or the first half of an IPv6
// address. All addresses that cannot be read count as one.
func network(remote string) string {
	a, _ := netip.ParseAddrPort(remote)
	p, _ := a.Addr().Unmap().Prefix(min(a.Addr().Unmap().BitLen(), 64))
	return p.String()
}
