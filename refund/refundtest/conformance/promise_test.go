package conformance_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
	"github.com/kasperinfotech/refundpolicy/refund/wire"
)

var update = flag.Bool("update", false, "write testdata/vectors.sum anew: a published vector that changes breaks a promise")

const sumFile = "testdata/vectors.sum"

// sums returns a digest of each vector by its name: of all but its reason, which may be
// reworded.
func sums(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(conformance.FS, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(conformance.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		list, err := conformance.LoadFile(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			v.Reason = ""
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			all[v.Name] = fmt.Sprintf("%x", sha256.Sum256(text))[:16]
		}
	}
	return all
}

// Names are permanent, and so is what they stand for. New ones are added with -update;
// one that is gone or changed is a decision.
func TestVectorsStay(t *testing.T) {
	now := sums(t)
	if *update {
		var b bytes.Buffer
		for _, name := range slices.Sorted(maps.Keys(now)) {
			fmt.Fprintln(&b, now[name], name)
		}
		if err := os.WriteFile(sumFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(sumFile)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch got, ok := now[name]; {
		case !ok:
			t.Errorf("%s is gone", name)
		case got != sum:
			t.Errorf("%s has changed", name)
		}
		delete(now, name)
	}
	for name := range now {
		t.Errorf("%s is new: run the test with -update", name)
	}
}

// What a newer time-zone database may say of days to come does not change a vector.
func TestDaysArePast(t *testing.T) {
	end := time.Date(2026, time.July, 2, 0, 0, 0, 0, time.UTC)
	for _, v := range vectors(t) {
		if v.Want == nil {
			continue
		}
		d, err := wire.DecodeDocument(v.Document)
		if err != nil {
			t.Fatal(err)
		}
		if d.Policy.Location.String() == "UTC" {
			continue
		}
		for _, at := range []time.Time{v.Want.Window.Closes, v.Want.Callback.Latest, d.Case.Request.CalledBack} {
			if at.After(end) {
				t.Errorf("%s is about %v, which is to come in %v", v.Name, at, d.Policy.Location)
			}
		}
	}
}
