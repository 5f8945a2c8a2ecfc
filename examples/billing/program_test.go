package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A copy is a running program.
type copy struct {
	t              testing.TB
	out, log       logbook
	stop           context.CancelFunc
	done           chan error
	address, token string
}

// start runs the program until it has printed its officers.
func start(t testing.TB, args ...string) *copy {
	t.Helper()
	c := &copy{t: t, done: make(chan error, 1)}
	var ctx context.Context
	ctx, c.stop = context.WithCancel(context.Background())
	args = append([]string{"-listen", "127.0.0.1:0"}, args...)
	go func() { c.done <- run(ctx, args, &c.out, &c.log) }()
	t.Cleanup(func() { c.stop() })
	for range 600 {
		if m := regexp.MustCompile(`Refund desk: +(\S+)[\s\S]*\nben +\S+ +(\S+)[\s\S]*\ncleo .*\n`).FindStringSubmatch(c.out.String()); m != nil {
			c.address, c.token = m[1], m[2]
			return c
		}
		select {
		case err := <-c.done:
			t.Fatalf("ended: %v\n%s", err, c.log.String())
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("not started: %s", c.log.String())
	return nil
}

func (c *copy) end() {
	c.t.Helper()
	c.stop()
	select {
	case err := <-c.done:
		if err != nil {
			c.t.Fatal(err)
		}
	case <-time.After(30 * time.Second):
		c.t.Fatal("does not stop")
	}
}

func (c *copy) get(path string) answer {
	c.t.Helper()
	r, err := http.NewRequest("GET", c.address+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer got.Body.Close()
	return answer{got.StatusCode, got.Header, drain(got.Body)}
}

// approve approves a refund through the API.
func (c *copy) approve(id, amount string) {
	c.t.Helper()
	outcome := c.get("/v1/cases/" + id).fields(c.t)["outcome"].(map[string]any)
	r, err := http.NewRequest("POST", c.address+"/v1/cases/"+id+"/decisions", strings.NewReader(approval(outcome["digest"].(string), amount)))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header = http.Header{"Authorization": {"Bearer " + c.token}, "Content-Type": {"application/json"}}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer got.Body.Close()
	if got.StatusCode != http.StatusOK {
		c.t.Fatalf("status %d: %s", got.StatusCode, drain(got.Body))
	}
}

func (c *copy) cases(state string) (ids []string) {
	c.t.Helper()
	var list struct {
		Cases []struct{ Subscription string }
	}
	if err := json.Unmarshal([]byte(c.get("/v1/cases?state="+state).body), &list); err != nil {
		c.t.Fatal(err)
	}
	for _, x := range list.Cases {
		ids = append(ids, x.Subscription)
	}
	slices.Sort(ids)
	return ids
}

// The sample data shows every state. A second copy on the same database adds nothing, and shares
// the sessions. The audit table of both is verified with the public key.
func TestTheProgramFromStartToEnd(t *testing.T) {
	dir := t.TempDir()
	db, key := filepath.Join(dir, "desk.db"), filepath.Join(dir, "key")
	first := start(t, "-db", db, "-key", key)
	waitFor(t, func() bool {
		return len(first.cases("paying")) == 1 && len(first.cases("paid")) == 2 && len(first.cases("failed")) == 1
	})
	if got := fmt.Sprint(first.cases("open")); got != "[SUB-1001 SUB-1002 SUB-1003 SUB-1004 SUB-1005 SUB-1006 SUB-1007 SUB-1008 SUB-1010 SUB-1011 SUB-1012]" {
		t.Errorf("open: %s", got)
	}
	if got := fmt.Sprint(first.cases("declined")); got != "[SUB-1016]" {
		t.Errorf("declined: %s", got)
	}
	waitFor(t, func() bool {
		return strings.Contains(first.get("/v1/cases/SUB-1011").body, `"refundable":{"amount":"149.99"`) &&
			strings.Contains(first.get("/v1/cases/SUB-1012").body, `"disputed":{"amount":"50.00"`)
	})
	vars := first.get("/debug/vars").fields(t)
	if figures, _ := vars["desk"].(map[string]any); figures["cases_open"] != 11.0 || figures["differences_open"] != 1.0 || vars["cmdline"] != nil {
		t.Errorf("figures: %v", vars)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if a := first.get(path); a.status != 200 || a.body != "ok\n" {
			t.Errorf("%s: status %d", path, a.status)
		}
	}
	if long, err := http.NewRequest("GET", first.address+"/healthz", nil); err == nil {
		long.Header.Set("Cookie", strings.Repeat("a", 1<<20))
		if got, err := http.DefaultClient.Do(long); err == nil && got.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("1 MiB of headers: status %d", got.StatusCode)
		}
	}
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v", info, err)
	}
	first.end()

	second := start(t, "-db", db, "-key", key)
	if second.token != first.token || len(second.cases("open")) != 11 {
		t.Errorf("another token, or %d open cases", len(second.cases("open")))
	}
	second.approve("SUB-1003", "199.99") // the payment is known to the provider, which has forgotten everything
	waitFor(t, func() bool { return slices.Contains(second.cases("paid"), "SUB-1003") })
	second.end()

	public := regexp.MustCompile(`Public key: +(\S+)`).FindStringSubmatch(second.out.String())[1]
	var out, log bytes.Buffer
	if err := run(t.Context(), []string{"verify", "-db", db, "-public", public}, &out, &log); err != nil || !strings.Contains(out.String(), " entries are authentic.") {
		t.Errorf("verify: %v: %s", err, out.String())
	}
	other := fmt.Sprintf("%x", ed25519.NewKeyFromSeed(make([]byte, 32)).Public())
	if err := run(t.Context(), []string{"verify", "-db", db, "-public", other}, &out, &log); err == nil {
		t.Error("verified with another key")
	}
	if err := run(t.Context(), []string{"verify", "-db", db, "-public", other + "," + public}, &out, &log); err != nil {
		t.Errorf("verify with an old and a new key: %v", err)
	}
}

func TestOptionsThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	bad, short := filepath.Join(dir, "key"), filepath.Join(dir, "short")
	for file, text := range map[string]string{bad: "secret", short: "5ec2e7"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		why  string
		args []string
		want string
	}{
		{"a database without a key", []string{"-db", "desk.db"}, "-db needs -key"},
		{"a key file with other text", []string{"-key", bad}, "64 hexadecimal digits"},
		{"a key file with a short key", []string{"-key", short}, "64 hexadecimal digits"},
		{"a key file in a folder that does not exist", []string{"-key", filepath.Join(bad, "key")}, "cannot be read"},
		{"an argument without a flag", []string{"desk.db"}, "too many arguments"},
		{"a public key that is too short", []string{"verify", "-db", bad, "-public", "00"}, "64 hexadecimal digits"},
		{"a file that does not exist", []string{"verify", "-db", bad + "2", "-public", strings.Repeat("0", 64)}, "cannot be read"},
		{"an address that is not one", []string{"-listen", "256.0.0.1:1"}, "256.0.0.1"},
	} {
		var out, log bytes.Buffer
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // a program that starts all the same ends
		err := run(ctx, row.args, &out, &log)
		cancel()
		if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", row.why, err)
		}
	}
}

func TestFlagsWinOverTheEnvironment(t *testing.T) {
	t.Setenv("BILLING_LISTEN", "256.0.0.1:1")
	t.Setenv("BILLING_SECURE", "no")
	var out, log bytes.Buffer
	if err := run(t.Context(), []string{"-listen", "256.0.0.2:1"}, &out, &log); err == nil || !strings.Contains(err.Error(), "BILLING_SECURE") {
		t.Errorf("a bad value in the environment: %v", err)
	}
	t.Setenv("BILLING_SECURE", "true")
	if err := run(t.Context(), nil, &out, &log); err == nil || !strings.Contains(err.Error(), "256.0.0.1") {
		t.Errorf("the environment: %v", err)
	}
	if err := run(t.Context(), []string{"-listen", "256.0.0.2:1"}, &out, &log); err == nil || !strings.Contains(err.Error(), "256.0.0.2") {
		t.Errorf("the flag: %v", err)
	}
}
