package zone_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/internal/zone"
)

func TestFind(t *testing.T) {
	for _, r := range []struct{ why, name string }{
		{"a place", "America/New_York"},
		{"a place below a place", "America/Argentina/Buenos_Aires"},
		{"a hyphen", "America/Port-au-Prince"},
		{"a plus and the digits 1 and 0", "Etc/GMT+10"},
		{"a minus and the digit 9", "Etc/GMT-9"},
		{"a digit 0 without a sign", "GMT0"},
		{"universal time", "UTC"},
		{"the last letter of the alphabet", "Zulu"},
		{"a name that is an alias", "US/Eastern"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			got, reason := zone.Find(r.name)
			if reason != "" || got.String() != r.name {
				t.Fatalf("got %v, %s", got, reason)
			}
			at := time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC)
			_, ours := at.In(got).Zone()
			_, theirs := at.In(testkit.Zone(r.name)).Zone()
			if ours != theirs {
				t.Errorf("%d seconds east, want %d", ours, theirs)
			}
			if again, _ := zone.Find(r.name); again != got {
				t.Error("the second call returns another location")
			}
		})
	}
}

// Only plain names are looked up. No name is quoted.
func TestFindRefuses(t *testing.T) {
	const plain, unknown = "is not a plain IANA zone name", "is not a known time zone"
	for _, r := range []struct{ why, name, want string }{
		{"the empty name, which package time treats as UTC", "", plain},
		{"the zone of the machine", "Local", plain},
		{"the file of the machine's zone", "localtime", plain},
		{"the file of default rules", "posixrules", plain},
		{"a machine's database with leap seconds", "right/America/New_York", plain},
		{"a machine's database without leap seconds", "posix/America/New_York", plain},
		{"the machine's zone below another folder", "America/Local", plain},
		{"the parent folder", "../America/New_York", plain},
		{"the parent folder inside a path", "America/../America/New_York", plain},
		{"the current folder", "./UTC", plain},
		{"an absolute path", "/usr/share/zoneinfo/UTC", plain},
		{"a backslash", `America\New_York`, plain},
		{"a slash at the end", "Europe/", plain},
		{"two slashes", "America//New_York", plain},
		{"a space", "America/New York", plain},
		{"a NUL byte", "UTC\x00", plain},
		{"letters beyond ASCII", "América/Bogotá", plain},
		{"a point", "zone.tab", plain},
		{"an offset", "+05:00", plain},
		{"digits first", "1UTC", plain},
		{"a hyphen first", "-05", plain},
		{"an underscore first in a part", "America/_", plain},
		{"the character before a", "UTC`", plain},
		{"the character after z", "UTC{", plain},
		{"the character before A", "UTC@", plain},
		{"the character after Z", "UTC[", plain},
		{"the character after 9", "UTC:", plain},
		{"41 bytes", "America/" + strings.Repeat("a", 33), plain},
		{"40 bytes", "America/" + strings.Repeat("z", 32), unknown},
		{"an unknown place", "America/Atlantis", unknown},
		{"all characters that a name may have", "AZaz/x-_+0189", unknown},
		{"a word that may be a person's name", "Jane", unknown},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			loc, reason := zone.Find(r.name)
			if loc != nil || !strings.Contains(reason, r.want) {
				t.Errorf("got %v, %q, want %q", loc, reason, r.want)
			}
			if r.name != "" && strings.Contains(reason, r.name) {
				t.Errorf("%q is quoted: %s", r.name, reason)
			}
		})
	}
}
