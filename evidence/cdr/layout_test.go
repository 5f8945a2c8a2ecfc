package cdr_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

const (
	freePBX = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,recordingfile,linkedid,peeraccount,sequence\n" +
		`"2026-03-02 10:00:00","""Jo"" <5550100>",5550100,100,ext-local,PJSIP/trunk-1,PJSIP/desk-2,Dial,"PJSIP/desk,30",605,600,ANSWERED,3,ACC-7,1772463600.17,T-1,5550199,5550100,Jo,,,Desk,,1772463600.17,,3` + "\n"
	custom     = `"""Jo"" <5550100>","5550100","100","support","SIP/trunk-1","SIP/desk-2","Dial","SIP/desk,30","2026-03-02 10:00:00","2026-03-02 10:00:05","2026-03-02 10:10:05","605","600","ANSWERED","DOCUMENTATION","ACC-7","1772463600.17","T-1",3` + "\n"
	freeSWITCH = `"Jo","5550100","100","public","2026-03-02 10:00:00","2026-03-02 10:00:05","2026-03-02 10:10:05","605","600","NORMAL_CLEARING","a5c9f6c0-e752-11e3-8bfb-65b6c3cdac7d","","ACC-7","PCMU","PCMU"` + "\n"
)

// others are files of other layouts.
var others = []struct{ why, text, reason string }{
	{"FreePBX's export", freePBX, "is that of FreePBX's export, not"},
	{"FreePBX's export without its header", freePBX[strings.Index(freePBX, "\n")+1:], "is that of FreePBX's export, without its line of column names, not"},
	{"FreePBX's export after a byte order mark", "\uFEFF" + freePBX, "is that of FreePBX's export, not"},
	{"the sample of cdr_custom, with the sequence", custom, "is the sample layout of module cdr_custom, not"},
	{"the sample of cdr_custom, without the sequence", strings.ReplaceAll(custom, `"T-1",3`, `"T-1"`), "is the sample layout of module cdr_custom, not"},
	{"FreeSWITCH's default template", freeSWITCH, "is the default template of FreeSWITCH, not"},
	{"the columns of cdr_csv under their names", strings.Join(columns, ",") + "\n" + sound().String(), "is that of a file with column names, not"},
	{"blank lines before it", "\n \n" + custom, "is the sample layout of module cdr_custom, not"},
}

func TestOtherLayoutsAreNamedOnce(t *testing.T) {
	for _, r := range others {
		testkit.Row(t, r.why, func(t *testing.T) {
			lines := strings.Split(strings.TrimLeft(r.text, " \n"), "\n")
			results := read(t, r.text+strings.Repeat(lines[len(lines)-1]+"\n", 100), inUTC)
			if strings.HasSuffix(r.text, sound().String()) { // rows under their names are read
				results = slices.DeleteFunc(results, func(r result) bool { return r.err == nil })
			}
			if len(results) != 1 || paths(t, results[0].err) != "layout" || !strings.Contains(results[0].err.Error(), r.reason) {
				t.Errorf("%d results, the first with %v", len(results), results[0].err)
			}
		})
	}
}

func TestLayoutIsKnownAfterARow(t *testing.T) {
	for _, r := range []struct{ why, file, want string }{
		{"a row, and one of cdr_custom", sound().String() + "\n" + custom, " end billsec"},
		{"a bad row, and one of cdr_custom", "bad\n" + custom, "line layout"},
		{"a row that lost a comma looks like cdr_custom; the next ones are read", strings.Replace(sound().String(), ",", "", 1) + "\n" + sound().String() + "\nbad\n" + custom, "layout  line end billsec"},
		{"a bad row with a time where cdr_csv has one", sound().with("start", "x", "lastdata", "2026-03-02 10:00:00", "duration", "x").String(), "start duration"},
		{"fifteen columns without times", strings.Repeat("x,", 14), "line"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			var got []string
			for _, result := range read(t, r.file, inUTC) {
				got = append(got, paths(t, result.err))
			}
			if got := strings.Join(got, " "); got != r.want {
				t.Errorf("faults %q, want %q", got, r.want)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	f := sound()
	for _, r := range []struct{ why, line, paths string }{
		{"a valid row", f.String(), ""},
		{"a disposition in lower case", f.with("disposition", `"answered"`).String(), "disposition"},
		{"a disposition of a later Asterisk", f.with("disposition", `"DECLINED"`).String(), "disposition"},
		{"the text of the zero value", f.with("disposition", `"unset"`).String(), "disposition"},
		{"no disposition", f.with("disposition", `""`).String(), "disposition"},
		{"no flags", f.with("amaflags", `""`).String(), "amaflags"},
		{"flags as the dial plan writes them", f.with("amaflags", `"billing"`).String(), "amaflags"},
		{"the number of the flags", f.with("amaflags", `"3"`).String(), "amaflags"},
		{"both unknown", f.with("disposition", `"x"`, "amaflags", `"x"`).String(), "disposition amaflags"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			row, err := one(t, r.line, inUTC)
			if got := paths(t, row.Warnings.Err()); err != nil || got != r.paths {
				t.Errorf("warnings at %q, want %q: %v, %v", got, r.paths, row.Warnings, err)
			}
			if answered := !row.Call().Answered.IsZero(); answered != (row.Disposition == cdr.DispositionAnswered) {
				t.Errorf("a call that is %v is answered: %v", row.Disposition, answered)
			}
		})
	}
}

// A line of commas is the worst case: each comma is a column.
func TestMemoryOfOneLineIsBounded(t *testing.T) {
	for _, r := range []struct{ why, line string }{
		{"as many columns as fit", strings.Repeat(",", jsonlines.MaxBytes)},
		{"as many quoted columns as fit", strings.Repeat(`"",`, jsonlines.MaxBytes/3)},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := one(t, r.line, inUTC); paths(t, err) != "line" {
				t.Error(err)
			}
			runtime.ReadMemStats(&after)
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 8<<20 {
				t.Errorf("%d bytes allocated for 1 MiB", allocated)
			}
		})
	}
}
