package desk_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

func TestIdempotentAnswersOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		done := 0
		ask := func(caller, key string, request byte, status int) (int, string, error) {
			got, body, err := b.Idempotent(t.Context(), caller, key, [32]byte{request}, func() (int, []byte) {
				done++
				return status, fmt.Appendf(nil, "answer %d", done)
			})
			return got, string(body), err
		}
		for _, row := range []struct {
			why         string
			caller, key string
			request     byte
			status      int // of the answer, if the request is carried out
			want        string
			err         error
			later       time.Duration
		}{
			{"the first request", "ana", "k", 1, 200, "200 answer 1", nil, 0},
			{"the same again", "ana", "k", 1, 500, "200 answer 1", nil, 0},
			{"another request", "ana", "k", 2, 200, "0 ", desk.ErrKeyReused, 0},
			{"the key of another caller", "ben", "k", 2, 409, "409 answer 2", nil, 0},
			{"a refusal again", "ben", "k", 2, 200, "409 answer 2", nil, 0},
			{"a caller and a key that join to the same text", "an", "ak", 1, 200, "200 answer 3", nil, 0},
			{"a server error", "ana", "e", 1, 500, "500 answer 4", nil, 0},
			{"a server error is not kept", "ana", "e", 1, 200, "200 answer 5", nil, 0},
			{"almost a day later", "ana", "k", 1, 200, "200 answer 1", nil, 24*time.Hour - time.Minute},
			{"more than a day later", "ana", "k", 1, 200, "200 answer 6", nil, 2 * time.Minute},
		} {
			b.clock.add(row.later)
			status, body, err := ask(row.caller, row.key, row.request, row.status)
			if got := fmt.Sprint(status, " ", body); got != row.want || !errors.Is(err, row.err) {
				t.Errorf("%s: %q, %v", row.why, got, err)
			}
		}
	})
}

func TestIdempotentRequestsInProgress(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		inside := func() (again error) {
			_, _, again = b.Idempotent(t.Context(), "ana", "k", [32]byte{}, func() (int, []byte) { return 200, []byte("inside") })
			return again
		}
		status, body, err := b.Idempotent(t.Context(), "ana", "k", [32]byte{}, func() (int, []byte) {
			if err := inside(); !errors.Is(err, desk.ErrInProgress) {
				t.Errorf("at the same time: %v", err)
			}
			b.clock.add(time.Hour)
			_, _, other := b.Idempotent(t.Context(), "ana", "k", [32]byte{2}, func() (int, []byte) { return 200, nil })
			if !errors.Is(other, desk.ErrKeyReused) {
				t.Errorf("another request an hour later: %v", other)
			}
			if err := inside(); err != nil { // taken to be lost
				t.Errorf("an hour later: %v", err)
			}
			return 200, []byte("outside")
		})
		if status != 200 || string(body) != "outside" || err != nil {
			t.Errorf("%d %s %v", status, body, err)
		}
	})
}

func TestIdempotentRequestsAtOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, b *bench) {
		var all sync.WaitGroup
		var mu sync.Mutex
		done := 0
		for range 20 {
			all.Go(func() {
				_, body, err := b.Idempotent(t.Context(), "ana", "k", [32]byte{}, func() (int, []byte) {
					mu.Lock()
					defer mu.Unlock()
					done++
					return 200, []byte("answer")
				})
				if err == nil && string(body) != "answer" || err != nil && !errors.Is(err, desk.ErrInProgress) {
					t.Errorf("%q, %v", body, err)
				}
			})
		}
		all.Wait()
		if done != 1 {
			t.Errorf("done %d times", done)
		}
	})
}
