package wire_test

import (
	"encoding/binary"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/wire"
)

func inZone(t testing.TB, name string) string {
	return edit(t, documentText, `"Europe/Berlin"`, `"`+name+`"`)
}

func TestZonesAccepted(t *testing.T) {
	for _, r := range []struct{ why, name string }{
		{"a place", "America/New_York"},
		{"a place below a place", "America/Argentina/Buenos_Aires"},
		{"a hyphen", "America/Port-au-Prince"},
		{"a plus and the digits 1 and 0", "Etc/GMT+10"},
		{"a minus and the digit 9", "Etc/GMT-9"},
		{"a digit 0 without a sign", "GMT0"},
		{"universal time", "UTC"},
		{"the last letter of the alphabet", "Zulu"},
		{"a z in the middle", "Europe/Zurich"},
		{"a z in small", "America/Belize"},
		{"a name that means another", "US/Eastern"},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			d := document(t, inZone(t, r.name))
			if got := d.Policy.Location.String(); got != r.name {
				t.Errorf("location %s, want %s", got, r.name)
			}
			want, err := time.LoadLocation(r.name)
			if err != nil {
				t.Fatal(err)
			}
			_, ours := d.Case.Subscription.Start.In(d.Policy.Location).Zone()
			_, theirs := d.Case.Subscription.Start.In(want).Zone()
			if ours != theirs {
				t.Errorf("%d seconds east, want %d", ours, theirs)
			}
		})
	}
}

// TestZonesRefused also tells the names that are looked up from those that are no
// names at all: only the former are repeated.
func TestZonesRefused(t *testing.T) {
	for _, r := range []struct {
		why, name string
		repeated  bool
	}{
		{"the empty name, which time takes for UTC", "", false},
		{"the machine's own zone", "Local", false},
		{"its file", "localtime", false},
		{"the rules of a machine", "posixrules", false},
		{"a database of its own, with leap seconds", "right/America/New_York", false},
		{"a database of its own, without", "posix/America/New_York", false},
		{"the machine's zone below another name", "America/Local", false},
		{"the folder above", "../America/New_York", false},
		{"the folder above, on the way", "America/../America/New_York", false},
		{"the same folder", "./UTC", false},
		{"an absolute path", "/usr/share/zoneinfo/UTC", false},
		{"a path of another system", `C:\\UTC`, false},
		{"a backslash", `America\\New_York`, false},
		{"a slash at the end", "Europe/", false},
		{"two slashes", "America//New_York", false},
		{"a blank", "America/New York", false},
		{"a blank after it", "UTC ", false},
		{"a NUL byte", `UTC\u0000`, false},
		{"letters beyond ASCII", "América/Bogotá", false},
		{"a point", "zone.tab", false},
		{"an offset", "+05:00", false},
		{"digits first", "1UTC", false},
		{"a hyphen first", "-05", false},
		{"an underscore first in a part", "America/_", false},
		{"a digit first in a part", "Etc/0", false},
		{"the character before a", "UTC`", false},
		{"the character after z", "UTC{", false},
		{"the character before A", "UTC@", false},
		{"the character after Z", "UTC[", false},
		{"the character after 9", "UTC:", false},
		{"the character before 0", "Etc/GMT.", false},
		{"the rules of a zone", "EST5EDT,M3.2.0,M11.1.0", false},
		{"41 bytes", "America/" + strings.Repeat("a", 33), false},
		{"40 bytes", "America/" + strings.Repeat("z", 32), true},
		{"an unknown place", "America/Atlantis", true},
		{"all characters that a name may have", "AZaz/x-_+0189", true},
		{"a folder of places; a word alone may be anything, and is not repeated", "America", false},
		{"the name of a place alone", "New_York", false},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			err := decodeDocument(inZone(t, r.name))
			wantPaths(t, err, []string{"policy.location"})
			if r.name != "" && strings.Contains(err.Error(), r.name) != r.repeated {
				t.Errorf("repeated: %v, want %v: %v", !r.repeated, r.repeated, err)
			}
		})
	}
}

func TestZonesAreLookedUpOnce(t *testing.T) {
	for _, name := range []string{"America/New_York", "Asia/Kathmandu"} {
		first := document(t, inZone(t, name)).Policy.Location
		if again := document(t, inZone(t, name)).Policy.Location; again != first {
			t.Errorf("%s was looked up twice", name)
		}
	}
	named := document(t, inZone(t, wire.DefaultLocation)).Policy.Location
	if byDefault := document(t, validText).Policy.Location; byDefault != named {
		t.Error("the default location is another value than the one of its name")
	}
}

func TestZonesConcurrently(t *testing.T) {
	// Names that no other test asks for, so that all ask for the first time at once.
	names := []string{
		"Pacific/Chatham", "Australia/Lord_Howe", "Asia/Tehran", "Antarctica/Troll", "Africa/Cairo", "Africa/Lagos", "Africa/Accra", "Africa/Tunis",
		"America/Lima", "America/Bogota", "America/Santiago", "America/Asuncion", "America/Caracas", "America/Chicago", "America/Denver", "America/Halifax",
		"Asia/Beirut", "Asia/Dhaka", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Manila", "Asia/Seoul",
		"Europe/Athens", "Europe/Dublin", "Europe/Kyiv", "Europe/Lisbon", "Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Rome",
	}
	const readers = 8
	var found [readers][]*time.Location
	begin := make(chan struct{})
	var wg sync.WaitGroup
	for i := range readers {
		wg.Go(func() {
			<-begin
			for _, name := range names {
				d, err := wire.DecodeDocument([]byte(inZone(t, name)))
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := d.Evaluate(); err != nil {
					t.Error(err)
				}
				found[i] = append(found[i], d.Policy.Location)
			}
		})
	}
	close(begin)
	wg.Wait()
	for _, locations := range found {
		for j := range names {
			if len(locations) != len(names) || locations[j] != found[0][j] {
				t.Errorf("%s is more than one value", names[j])
			}
		}
	}
}

// A location is compared with that of its name until 2099, and not for ever.
func TestAppendPolicyComparesLocationsUntil2099(t *testing.T) {
	for _, r := range []struct {
		why     string
		changes time.Time
		sound   bool
	}{
		{"UTC that gains an hour in the last summer", time.Date(2099, 6, 1, 0, 0, 0, 0, time.UTC), false},
		{"UTC that gains one later", time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), true},
	} {
		named(t, r.why)
		p := policyOfText(t)
		p.Location = changing(t, "Etc/UTC", r.changes)
		if _, err := wire.AppendPolicy(nil, p); (err == nil) != r.sound {
			t.Errorf("%s: %v", r.why, err)
		}
	}
}

// changing returns a location in which clocks show UTC and, from an instant on, an hour
// more.
func changing(t *testing.T, name string, at time.Time) *time.Location {
	t.Helper()
	data := func(times, types int) []byte { // the header of RFC 8536, version 2
		b := append([]byte("TZif2"), make([]byte, 15+3*4)...)
		b = binary.BigEndian.AppendUint32(b, uint32(times))
		b = binary.BigEndian.AppendUint32(b, uint32(types))
		return binary.BigEndian.AppendUint32(b, 4) // the letters
	}
	offset := func(b []byte, seconds uint32) []byte { return append(binary.BigEndian.AppendUint32(b, seconds), 0, 0) }
	b := append(offset(data(0, 1), 0), "UTC\x00"...)
	b = append(b, data(1, 2)...)
	b = append(binary.BigEndian.AppendUint64(b, uint64(at.Unix())), 1)
	b = append(offset(offset(b, 0), 3600), "UTC\x00\n\n"...)
	loc, err := time.LoadLocationFromTZData(name, b)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}
