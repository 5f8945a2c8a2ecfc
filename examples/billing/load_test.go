package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// load returns how long a test with load runs, from the environment. Such tests are for
// .ci/long: BILLING_LOAD=30s go test -run Load -v .
func load(t *testing.T) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(os.Getenv("BILLING_LOAD"))
	if err != nil {
		t.Skip("BILLING_LOAD is not a duration")
	}
	return d
}

// TestLoadOfRequests sends quotes and opens a case page at fixed rates, to the program in a
// process of its own, and logs how long the answers take.
func TestLoadOfRequests(t *testing.T) {
	span := load(t)
	program := filepath.Join(t.TempDir(), "billing")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var out logbook
	run := exec.Command(program, "-listen", "127.0.0.1:0")
	run.Stdout = &out
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = run.Process.Signal(os.Interrupt)
		if err := run.Wait(); err != nil {
			t.Error(err)
		}
	}()
	var m []string
	waitFor(t, func() bool {
		m = regexp.MustCompile(`Refund desk: +(\S+)[\s\S]*\nben +(\S+) +(\S+)[\s\S]*\ncleo .*\n`).FindStringSubmatch(out.String())
		return m != nil
	})
	address, password, token := m[1], m[2], m[3]
	client := &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	signedIn, err := client.PostForm(address+"/sign-in", url.Values{"officer": {"ben"}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	cookie, _, _ := strings.Cut(signedIn.Header.Get("Set-Cookie"), ";")
	for _, x := range []struct {
		name, method, path, body string
		rate                     int // requests a second
	}{
		{"quote", "POST", "/v1/quote", quoted, 200},
		{"case page", "GET", "/cases/SUB-1008", "", 50},
	} {
		var all sync.WaitGroup
		var mu sync.Mutex
		var took []time.Duration
		bad := 0
		tick := time.NewTicker(time.Second / time.Duration(x.rate))
		for end := time.Now().Add(span); time.Now().Before(end); {
			due := <-tick.C // a late start counts
			all.Go(func() {
				r, err := http.NewRequest(x.method, address+x.path, strings.NewReader(x.body))
				if err != nil {
					t.Error(err)
					return
				}
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Authorization", "Bearer "+token)
				r.Header.Set("Cookie", cookie)
				got, err := client.Do(r)
				if err == nil {
					_, err = io.Copy(io.Discard, got.Body)
					got.Body.Close()
				}
				mu.Lock()
				defer mu.Unlock()
				took = append(took, time.Since(due))
				if err != nil || got.StatusCode != 200 {
					bad++
				}
			})
		}
		tick.Stop()
		all.Wait()
		slices.Sort(took)
		t.Logf("%s at %d a second for %v: %d answers, p50 %v, p99 %v, the longest %v; peak memory %s", x.name, x.rate, span,
			len(took), took[len(took)/2], took[len(took)*99/100], took[len(took)-1], peak(run.Process.Pid))
		if bad > 0 {
			t.Errorf("%s: %d requests failed", x.name, bad)
		}
	}
}

// peak returns the largest resident memory of a process, on Linux.
func peak(pid int) string {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(line)
}

// TestLoadOfRefunds approves refunds, and logs how many are paid in a minute. BILLING_LOAD_DB is
// an empty database, in place of an SQLite file.
func TestLoadOfRefunds(t *testing.T) {
	load(t)
	const n = 300
	s := newSite(t)
	for i := range n {
		s.add(fmt.Sprint("SUB-L", i), nil)
	}
	start := time.Now()
	for i := range n {
		id := fmt.Sprint("SUB-L", i)
		v, err := s.desk.View(t.Context(), id)
		if err == nil {
			_, err = s.desk.Decide(t.Context(), sampleOfficers[1], id, decision.Proposal{Outcome: v.Outcome.Digest(), Approval: &decision.Approval{Amount: v.Outcome.Refundable}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	approved := time.Since(start)
	start = time.Now()
	if err := s.desk.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for done := int64(0); done < n; time.Sleep(100 * time.Millisecond) {
		stats, err := s.desk.Stats(t.Context())
		if done = stats["cases_paid"]; err != nil || time.Since(start) > 10*time.Minute {
			t.Fatalf("%d paid, %v", done, err)
		}
	}
	paid := time.Since(start)
	t.Logf("%d refunds: %.0f approved, and %.0f paid with their letters, in a minute", n, n/approved.Minutes(), n/paid.Minutes())
}
