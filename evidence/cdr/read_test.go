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
		{"as cdr_csv writes it unless it is told more", f[:16], false, func(r *cdr.Row) {
			r.UniqueID, r.UserField, r.PeerAccount, r.LinkedID, r.Sequence = "", "", "", "", 0
		}},
		{"loguniqueid", f[:17], false, func(r *cdr.Row) { r.UserField, r.PeerAccount, r.LinkedID, r.Sequence = "", "", "", 0 }},
		{"loguserfield", f[:17], true, func(r *cdr.Row) {
			r.UniqueID, r.UserField, r.PeerAccount, r.LinkedID, r.Sequence = "", r.UniqueID, "", "", 0
		}},
		{"both", f[:18], false, func(r *cdr.Row) { r.PeerAccount, r.LinkedID, r.Sequence = "", "", 0 }},
		{"both: nobody is alone", f[:18], true, func(r *cdr.Row) { r.PeerAccount, r.LinkedID, r.Sequence = "", "", 0 }},
		{"newcdrcolumns", append(f[:16:16], f[18:]...), false, func(r *cdr.Row) { r.UniqueID, r.UserField = "", "" }},
		{"newcdrcolumns: there is nobody", append(f[:16:16], f[18:]...), true, func(r *cdr.Row) { r.UniqueID, r.UserField = "", "" }},
		{"newcdrcolumns and loguniqueid", append(f[:17:17], f[18:]...), false, func(r *cdr.Row) { r.UserField = "" }},
		{"newcdrcolumns and loguserfield", append(f[:17:17], f[18:]...), true, func(r *cdr.Row) {
			r.UniqueID, r.UserField = "", r.UniqueID
		}},
		{"all there is", f, false, func(*cdr.Row) {}},
		{"all there is, and nobody alone", f, true, func(*cdr.Row) {}},
		{"no text at all", f.with("accountcode", `""`, "src", ``, "uniqueid", `""`), false, func(r *cdr.Row) {
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
		{"nothing is wrong", f.String(), ""},
		{"fifteen columns", f[:15].String(), "line"},
		{"twenty-two columns", f.String() + ",", "line"},
		{"words and no row", "no row", "line"},
		{"a byte order mark before a quote", "\uFEFF" + f.String(), "line"},
		{"a byte order mark before a text without quotes", "\uFEFF" + f.with("accountcode", "ACC-7").String(), "line"},
		{"a byte order mark inside is a character", f.with("accountcode", "\"x\uFEFF\"").String(), ""},
		{"a quote that is not closed", f[:17].String() + `,"T-1`, "line"},
		{"a quote inside a text without quotes", f.with("src", `a"b`).String(), "line"},
		{"text behind a quote", f.with("src", `"a"b`).String(), "line"},
		{"a blank before a quote", f.with("src", ` "a"`).String(), "line"},
		{"a quote that is not doubled", f.with("src", `"a"b"`).String(), "line"},

		{"a disposition in lower case", f.with("disposition", `"answered"`).String(), "disposition"},
		{"a disposition of a log of this package", f.with("disposition", `"unset"`).String(), "disposition"},
		{"no disposition", f.with("disposition", `""`).String(), "disposition"},
		{"no flags", f.with("amaflags", `""`).String(), "amaflags"},
		{"flags as the dial plan writes them", f.with("amaflags", `"billing"`).String(), "amaflags"},
		{"flags of which the number is written", f.with("amaflags", `"3"`).String(), "amaflags"},
		{"billed", f.with("amaflags", `"BILLING"`).String(), ""},
		{"left out", f.with("amaflags", `"OMIT"`).String(), ""},
		{"flags that Asterisk does not know", f.with("amaflags", `"Unknown"`).String(), ""},

		{"no duration", f.with("duration", ``).String(), "duration"},
		{"a negative duration", f.with("duration", `-1`).String(), "duration"},
		{"a duration with a sign", f.with("duration", `+605`).String(), "duration"},
		{"a duration with a leading zero", f.with("duration", `0605`).String(), "duration"},
		{"a duration with a fraction", f.with("duration", `605.0`).String(), "duration"},
		{"a duration with a blank", f.with("duration", ` 605`).String(), "duration"},
		{"a duration with an underscore", f.with("duration", `6_05`).String(), "duration"},
		{"a word for billsec", f.with("billsec", `many`).String(), "billsec"},
		{"a duration of 32 bits, though it fits", f.with("start", `1970-01-01 00:00:00`, "answer", "", "end", `2038-01-19 03:14:08`,
			"duration", `2147483648`, "billsec", "0", "disposition", "BUSY").String(), "duration"},
		{"a duration of more than 64 bits", f.with("duration", `99999999999999999999`).String(), "duration"},
		{"the longest duration", f.with("start", `1970-01-01 00:00:00`, "answer", "", "end", `2038-01-19 03:14:07`,
			"duration", `2147483647`, "billsec", "0", "disposition", "BUSY").String(), ""},
		{"a word for the sequence", f.with("sequence", `x`).String(), "sequence"},
		{"a negative sequence", f.with("sequence", `-3`).String(), "sequence"},
		{"the first sequence", f.with("sequence", `0`).String(), ""},

		{"all that one row can have", strings.Join([]string{
			"\xff", "\xff", "\xff", "\xff", "\xff", "\xff", "\xff", "a\x00", "\x00", "x", "x", "", "x", "x", "x", "x",
			"\xff", "\x00", "\xff", "\xff", "x"}, ","), "accountcode src dst dcontext clid channel dstchannel lastapp lastdata " +
			"start answer end duration billsec disposition amaflags uniqueid userfield peeraccount linkedid sequence"},
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
		{"a character that stands for a bad one", "\uFFFD", true},
		{"control characters but NUL", "\x01\t\x7f", true},
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
		{"blank lines alone", "\n \n\t\r\n", ""},
		{"no line end at the end", good, "1"},
		{"rows", good + "\n" + good + "\n", "1 2"},
		{"line ends of another system", good + "\r\n" + good + "\r\n", "1 2"},
		{"blank lines are passed over, and counted", "\n" + good + "\n \r\n" + good, "2 4"},
		{"a bad row spoils itself alone", good + "\nbad\n" + good, "1 bad:2 3"},
		{"a quote that is not closed ends with its line", good + "\n\"x\n" + good, "1 bad:2 3"},
		{"a field cannot span lines", good + "\n" + sound().with("clid", "\"a\nb\"").String() + "\n" + good, "1 bad:2 bad:3 4"},
		{"a byte order mark spoils the first row", "\uFEFF" + good + "\n" + good, "bad:1 2"},
		{"a line that is too long is passed over", good + "\n" + long + "\n" + good, "1 bad:2 3"},
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
	if errors.As(got[2].err, &line) || got[2].row != (cdr.Row{Line: 3}) {
		t.Errorf("%v with a row %v", got[2].err, got[2].row)
	}
}

// TestRowsAreStreamed stops after the first row, behind which nothing may be read.
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
		reason   string // how it begins, and "" for a good one
	}{
		{"none", nil, "is required"},
		{"one called as the machine's", time.FixedZone("Local", 0), "is the zone of the machine"},
		{"one without a name", time.FixedZone("", 3600), "has no name"},
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
					!strings.HasPrefix(invalid.Faults[0].Reason, r.reason) || row != (cdr.Row{}) {
					t.Errorf("row %v, error %v", row, err)
				}
			}
			if results != want {
				t.Errorf("%d results, want %d", results, want)
			}
		})
	}
}
