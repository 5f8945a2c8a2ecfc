package cdr_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestColumns(t *testing.T) {
	f := sound()
	for _, r := range []struct {
		why    string
		fields fields
		alone  bool
		want   func(*cdr.Row)
	}{
		{"the columns that cdr_csv writes by default", f[:16], false, func(r *cdr.Row) {
			r.UniqueID, r.UserField, r.PeerAccount, r.LinkedID, r.Sequence = "", "", "", "", 0
		}},
		{"loguniqueid", f[:17], false, func(r *cdr.Row) { r.UserField, r.PeerAccount, r.LinkedID, r.Sequence = "", "", "", 0 }},
		{"loguserfield", f[:17], true, func(r *cdr.Row) {
			r.UniqueID, r.UserField, r.PeerAccount, r.LinkedID, r.Sequence = "", r.UniqueID, "", "", 0
		}},
		{"both", f[:18], false, func(r *cdr.Row) { r.PeerAccount, r.LinkedID, r.Sequence = "", "", 0 }},
		{"both: UserFieldAlone has no effect", f[:18], true, func(r *cdr.Row) { r.PeerAccount, r.LinkedID, r.Sequence = "", "", 0 }},
		{"newcdrcolumns", append(f[:16:16], f[18:]...), false, func(r *cdr.Row) { r.UniqueID, r.UserField = "", "" }},
		{"newcdrcolumns: UserFieldAlone has no effect", append(f[:16:16], f[18:]...), true, func(r *cdr.Row) { r.UniqueID, r.UserField = "", "" }},
		{"newcdrcolumns and loguniqueid", append(f[:17:17], f[18:]...), false, func(r *cdr.Row) { r.UserField = "" }},
		{"newcdrcolumns and loguserfield", append(f[:17:17], f[18:]...), true, func(r *cdr.Row) {
			r.UniqueID, r.UserField = "", r.UniqueID
		}},
		{"all columns", f, false, func(*cdr.Row) {}},
		{"all columns: UserFieldAlone has no effect", f, true, func(*cdr.Row) {}},
		{"empty texts", f.with("accountcode", `""`, "src", ``, "uniqueid", `""`), false, func(r *cdr.Row) {
			r.AccountCode, r.Source, r.UniqueID = "", "", ""
		}},
		{"text without quotes, and numbers with them", f.with("src", `x y`, "duration", `"605"`), false, func(r *cdr.Row) { r.Source = "x y" }},
		{"commas, quotes and a carriage return", f.with("userfield", "\"a,\"\"b\"\"\rc\""), false, func(r *cdr.Row) { r.UserField = "a,\"b\"\rc" }},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			want := soundRow()
			r.want(&want)
			got, err := one(t, r.fields.String(), cdr.Options{Location: time.UTC, UserFieldAlone: r.alone})
			if err != nil {
				t.Fatal(err)
			}
			same(t, want, got)
		})
	}
}

func TestFaults(t *testing.T) {
	f := sound()
	for _, r := range []struct{ why, line, paths string }{
		{"a valid row", f.String(), ""},
		{"fifteen columns", f[:15].String(), "line"},
		{"twenty-two columns", f.String() + ",", "line"},
		{"a line of words", "no row", "line"},
		{"a byte order mark at the beginning of the file is skipped", "\uFEFF" + f.String(), ""},
		{"a byte order mark after the beginning, before a quote", "\n\uFEFF" + f.String(), "line"},
		{"a byte order mark alone on the first line", "\uFEFF\n" + f.String(), ""},
		{"a byte order mark inside a text is a character", f.with("accountcode", "\"x\uFEFF\"").String(), ""},
		{"a quote that is not closed", f[:17].String() + `,"T-1`, "line"},
		{"a quote inside a text without quotes", f.with("src", `a"b`).String(), "line"},
		{"text after a closing quote", f.with("src", `"a"b`).String(), "line"},
		{"a blank before a quote", f.with("src", ` "a"`).String(), "line"},
		{"a quote that is not doubled", f.with("src", `"a"b"`).String(), "line"},

		{"flags that are not UTF-8", f.with("amaflags", "\"\xff\"").String(), "amaflags"},
		{"billed", f.with("amaflags", `"BILLING"`).String(), ""},
		{"omitted from billing", f.with("amaflags", `"OMIT"`).String(), ""},
		{"flags that Asterisk writes for a number it does not know", f.with("amaflags", `"Unknown"`).String(), ""},

		{"no duration", f.with("duration", ``).String(), "duration"},
		{"a negative duration", f.with("duration", `-1`).String(), "duration"},
		{"a duration with a sign", f.with("duration", `+605`).String(), "duration"},
		{"a duration with a leading zero", f.with("duration", `0605`).String(), "duration"},
		{"a duration with a fraction", f.with("duration", `605.0`).String(), "duration"},
		{"a duration with a blank", f.with("duration", ` 605`).String(), "duration"},
		{"a duration with an underscore", f.with("duration", `6_05`).String(), "duration"},
		{"a word for billsec", f.with("billsec", `many`).String(), "billsec"},
		{"a duration of 32 bits, which fits the times", f.with("start", `1970-01-01 00:00:00`, "answer", "", "end", `2038-01-19 03:14:08`,
			"duration", `2147483648`, "billsec", "0", "disposition", "BUSY").String(), "duration"},
		{"a duration of more than 64 bits", f.with("duration", `99999999999999999999`).String(), "duration"},
		{"the longest duration", f.with("start", `1970-01-01 00:00:00`, "answer", "", "end", `2038-01-19 03:14:07`,
			"duration", `2147483647`, "billsec", "0", "disposition", "BUSY").String(), ""},
		{"a word for the sequence", f.with("sequence", `x`).String(), "sequence"},
		{"a negative sequence", f.with("sequence", `-3`).String(), "sequence"},
		{"the first sequence", f.with("sequence", `0`).String(), ""},

		{"every fault of one row", strings.Join([]string{
			"\xff", "\xff", "\xff", "\xff", "\xff", "\xff", "\xff", "a\x00", "\x00", "x", "x", "", "x", "x", "x", "\xff",
			"\xff", "\x00", "\xff", "\xff", "x"}, ","), "accountcode src dst dcontext clid channel dstchannel lastapp lastdata " +
			"start answer end duration billsec amaflags uniqueid userfield peeraccount linkedid sequence"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			_, err := one(t, r.line, inUTC)
			if got := paths(t, err); got != r.paths {
				t.Errorf("faults %q, want %q: %v", got, r.paths, err)
			}
		})
	}
}

func TestTexts(t *testing.T) {
	for _, r := range []struct {
		why, text string
		good      bool
	}{
		{"a text of another script", "Žofie 李", true},
		{"the replacement character", "\uFFFD", true},
		{"control characters other than NUL", "\x01\t\x7f", true},
		{"a NUL in the middle", "a\x00b", false},
		{"Latin-1", "Jos\xe9", false},
		{"half of a surrogate pair", "\xed\xa0\xbd", false},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, column := range free {
				t.Run(r.why+" as "+column, func(t *testing.T) {
					want := column
					if r.good {
						want = ""
					}
					_, err := one(t, sound().with(column, quote(r.text)).String(), inUTC)
					if got := paths(t, err); got != want {
						t.Errorf("faults %q, want %q: %v", got, want, err)
					}
				})
			}
		})
	}
}

func TestLines(t *testing.T) {
	good := sound().String()
	long := sound().with("lastdata", quote(strings.Repeat("x", jsonlines.MaxBytes))).String()
	for _, r := range []struct{ why, file, want string }{
		{"an empty file", "", ""},
		{"only blank lines", "\n \n\t\r\n", ""},
		{"no line end at the end", good, "1"},
		{"rows", good + "\n" + good + "\n", "1 2"},
		{"line ends of Windows", good + "\r\n" + good + "\r\n", "1 2"},
		{"blank lines are skipped and counted", "\n" + good + "\n \r\n" + good, "2 4"},
		{"the rows around a bad row are read", good + "\nbad\n" + good, "1 bad:2 3"},
		{"a quote that is not closed ends with its line", good + "\n\"x\n" + good, "1 bad:2 3"},
		{"a field cannot span lines", good + "\n" + sound().with("clid", "\"a\nb\"").String() + "\n" + good, "1 bad:2 bad:3 4"},
		{"a byte order mark", "\uFEFF" + good + "\n" + good, "1 2"},
		{"a line that is too long is skipped", good + "\n" + long + "\n" + good, "1 bad:2 3"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			var got []string
			for _, result := range read(t, r.file, inUTC) {
				if result.err != nil {
					got = append(got, "bad:"+number(result.row.Line))
					continue
				}
				want := soundRow()
				want.Line = result.row.Line
				same(t, want, result.row)
				got = append(got, number(result.row.Line))
			}
			if got := strings.Join(got, " "); got != r.want {
				t.Errorf("lines %q, want %q", got, r.want)
			}
		})
	}
}

func TestReadingFails(t *testing.T) {
	broken := errors.New("broken")
	var got []result
	file := io.MultiReader(strings.NewReader(sound().String()+"\nbad\n"+sound()[:5].String()), iotest.ErrReader(broken))
	for row, err := range cdr.Read(file, inUTC) {
		got = append(got, result{row, err})
	}
	if len(got) != 3 {
		t.Fatalf("%d results, want a row, a fault and the end", len(got))
	}
	same(t, soundRow(), got[0].row)
	if paths(t, got[1].err) != "line" || got[2].err != broken {
		t.Errorf("errors %v and %v", got[1].err, got[2].err)
	}
	var line *evidence.LineError
	if errors.As(got[2].err, &line) || !isZero(got[2].row, 3) {
		t.Errorf("%v with a row %v", got[2].err, got[2].row)
	}
}

// TestRowsAreStreamed stops after the first row. Reading on would fail.
func TestRowsAreStreamed(t *testing.T) {
	for _, line := range []string{sound().String(), "bad"} {
		rows := 0
		for range cdr.Read(io.MultiReader(strings.NewReader(line+"\n"), iotest.ErrReader(errors.New("read on"))), inUTC) {
			rows++
			break
		}
		if rows != 1 {
			t.Errorf("%d rows", rows)
		}
	}
	for range cdr.Read(iotest.ErrReader(errors.New("at once")), inUTC) {
		break
	}
}

func TestLocation(t *testing.T) {
	for _, r := range []struct {
		why      string
		location *time.Location
		reason   string // its beginning, or "" for a valid location
	}{
		{"no location", nil, "is required"},
		{"the name of the machine's location", time.FixedZone("Local", 0), "is the zone of the machine"},
		{"a location without a name", time.FixedZone("", 3600), "has no name"},
		{"UTC", time.UTC, ""},
		{"a place", testkit.Zone("Australia/Lord_Howe"), ""},
		{"a fixed offset", time.FixedZone("+01:00", 3600), ""},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			results, want := 0, 2
			for row, err := range cdr.Read(strings.NewReader(sound().String()+"\nbad\n"), cdr.Options{Location: r.location}) {
				results++
				if r.reason == "" {
					continue
				}
				want = 1
				var invalid *refund.InvalidError
				if !errors.As(err, &invalid) || len(invalid.Faults) != 1 || invalid.Faults[0].Path != "location" ||
					!strings.HasPrefix(invalid.Faults[0].Reason, r.reason) || !isZero(row, 0) {
					t.Errorf("row %v, error %v", row, err)
				}
			}
			if results != want {
				t.Errorf("%d results, want %d", results, want)
			}
		})
	}
}
