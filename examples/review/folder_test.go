package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// folderOf returns a folder with a case of account ACC-7 and issue T-1, and the given
// files.
func folderOf(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{caseFile: {Data: []byte(`{
		"subscription": {"id": "S-1", "account": "ACC-7", "start": "2026-03-02T09:00:00Z",
			"service": {"code": "pc-care", "billing": "recurring", "per_instance": {"amount": "25.00", "currency": "USD"}},
			"price": {"amount": "99.00", "currency": "USD"}, "paid": {"amount": "99.00", "currency": "USD"}},
		"issues": [{"id": "T-1", "opened": "2026-03-02T10:00:00Z", "resolved": "2026-03-02T12:00:00Z"}],
		"request": {"at": "2026-03-05T09:00:00Z", "channel": "email", "by": "ACC-7", "reason": "slow"},
		"policy": {"location": "UTC"}}`)}}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return fsys
}

// decided is the instant of the decision on the cases of these tests.
var decided = time.Date(2026, time.April, 1, 16, 0, 0, 0, time.UTC)

// look reviews a folder of which the case is sound.
func look(t *testing.T, fsys fs.FS) *review {
	t.Helper()
	r, err := reviewFolder(fsys, decided)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told returns a review's problems in words.
func (r *review) told() (list []string) {
	for _, p := range r.problems.all() {
		list = append(list, fmt.Sprintf("%s:%d %s: %s", p.File, p.Line, p.Path, p.Reason))
	}
	return list
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func chat(id, start, end string, more ...string) string {
	return fmt.Sprintf(`{"kind":"chat","id":%q,"account":"ACC-7","start":"2026-03-02T%sZ","end":"2026-03-02T%sZ"%s}`+"\n", id, start, end, strings.Join(more, ""))
}

func TestFilesOfAFolder(t *testing.T) {
	fsys := folderOf(map[string]string{
		"logs/b.jsonl":           chat("H-2", "10:10:00", "10:20:00"),
		"logs/a.jsonl":           chat("H-1", "10:10:00", "10:20:00"),
		"logs/.hidden":           "x",
		"logs/c.JSONL":           "x",
		"logs/d.jsonl/e.jsonl":   "x",
		"logs/old/f.jsonl":       "x",
		"transcripts/.DS_Store":  "x",
		"transcripts/notes.md":   "x",
		"media/nobody/names.wav": "x",
		"README":                 "x",
	})
	r := look(t, fsys)
	same(t, []string{
		"logs/c.JSONL:0 : has an unknown ending",
		"logs/d.jsonl:0 : is not a regular file",
		"logs/old:0 : has an unknown ending",
		"transcripts/notes.md:0 : has an unknown ending",
	}, r.told())
	if len(r.log.Chats) != 2 || r.log.Chats[0].ID != "H-1" || r.log.Chats[1].ID != "H-2" {
		t.Errorf("%v is not what the files hold, in the order of their names", r.log)
	}
}

// broken is a file system some of whose files cannot be read.
type broken struct {
	fs.FS
	names []string
}

func (b broken) Open(name string) (fs.File, error) {
	file, err := b.FS.Open(name)
	for _, other := range b.names {
		if name == other {
			return brokenFile{file}, nil
		}
	}
	return file, err
}

type brokenFile struct{ fs.File }

func (brokenFile) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: "/home/desk/secret", Err: errors.New("disk on fire")}
}

func (brokenFile) ReadDir(int) ([]fs.DirEntry, error) { return nil, errors.New("disk on fire") }

func TestUnreadableFiles(t *testing.T) {
	names := []string{accountFile, "logs/a.jsonl", "logs/b.csv", "transcripts/H.vtt"}
	files := map[string]string{"logs/c.jsonl": strings.Replace(chat("H", "10:10:00", "10:20:00"), "chat", "call", 1)}
	for _, name := range names {
		files[name] = "x"
	}
	r := look(t, broken{folderOf(files), names})
	same(t, []string{
		"account.json:0 : disk on fire",
		"logs/a.jsonl:1 : disk on fire",
		"logs/b.csv:1 : disk on fire",
		"transcripts/H.vtt:0 : disk on fire",
	}, r.told())
	if r.log.Len() != 1 {
		t.Error("what can be read was not")
	}
	r = look(t, broken{folderOf(files), []string{"logs"}})
	same(t, "logs:0 : disk on fire", r.told()[1]) // after the account's
	if _, err := reviewFolder(broken{folderOf(nil), []string{caseFile}}, decided); err == nil || err.Error() != "case.json: disk on fire" {
		t.Errorf("a case that cannot be read: %v", err)
	}
}

const row = `"ACC-7","2125550101","100","in","","a","b","Dial","","2026-03-02 10:30:00","2026-03-02 10:30:05","2026-03-02 10:40:05",605,600,"ANSWERED","DOCUMENTATION"`

func TestCallRows(t *testing.T) {
	for _, r := range []struct {
		why, file string
		want      []string // ids and their issues
		problems  []string
	}{
		{"two rows of one channel, told apart by their sequence",
			row + `,"17.1","T-1","","17.1",4` + "\n" + row + `,"17.1",,"","17.1",5` + "\n",
			[]string{"17.1 [T-1]", "17.1-5 []"}, nil},
		{"two rows of one channel without a sequence have one id", row + ",17.1,\n" + row + ",17.1,\n",
			[]string{"17.1 []", "17.1 []"}, []string{"logs/calls.csv:2 id: repeats the id of logs/calls.csv:1"}},
		{"a file without ids", "\n" + row + "\n" + row + "\n", []string{"calls-2 []", "calls-3 []"}, nil},
		{"several issues, with blanks and nothing between them", row + `,17.1," T-1 ;T-2;; "`, []string{"17.1 [T-1 T-2]"}, nil},
		{"a bad row among good ones", row + ",17.1,\nx\n" + row + ",17.2,\n", []string{"17.1 []", "17.2 []"},
			[]string{"logs/calls.csv:2 : has 1 columns, not 16 to 21"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			got := look(t, folderOf(map[string]string{"logs/calls.csv": r.file}))
			var calls []string
			for i := range got.log.Calls {
				calls = append(calls, fmt.Sprint(got.log.Calls[i].ID, " ", got.log.Calls[i].Issues))
			}
			same(t, r.want, calls)
			same(t, r.problems, got.told())
		})
	}
}

func TestTranscripts(t *testing.T) {
	const call = `{"kind":"call","id":"C-1","start":"2026-03-02T10:00:00Z","end":"2026-03-02T10:01:00Z"%s}` + "\n"
	const said = "WEBVTT\n\n00:%s.000 --> 00:59.000\n<v Agent>Hello\n\n00:59.000 --> 01:00.000\n<v Customer>Hello\n"
	for _, r := range []struct {
		why, more, from string
		want, problems  []string
	}{
		{"from the answer on", `,"answered":"2026-03-02T10:00:20Z"`, "05", []string{"10:00:25 agent"},
			[]string{"transcripts/C-1.vtt:6 : is outside the call"}},
		{"from the start where nobody answered", "", "00", []string{"10:00:00 agent", "10:00:59 customer"}, nil},
		{"up to the end", `,"answered":"2026-03-02T10:00:01Z"`, "05", []string{"10:00:06 agent", "10:01:00 customer"}, nil},
		{"in its log already", `,"transcript":[{"at":"2026-03-02T10:00:30Z","from":"system"}]`, "05", []string{"10:00:30 system"},
			[]string{"transcripts/C-1.vtt:0 : belongs to a call that already has a transcript"}},
	} {
		t.Run(r.why, func(t *testing.T) {
			got := look(t, folderOf(map[string]string{
				"logs/calls.jsonl":    fmt.Sprintf(call, r.more),
				"transcripts/C-1.vtt": fmt.Sprintf(said, r.from),
			}))
			var messages []string
			for _, m := range got.log.Calls[0].Transcript {
				messages = append(messages, m.At.Format("15:04:05 ")+m.From.String())
			}
			same(t, r.want, messages)
			same(t, r.problems, got.told())
		})
	}
}

// Faults of the log as a whole are reported at the files and lines of the records.
func TestRepeatedIDs(t *testing.T) {
	as := func(kind string) string {
		return "\n" + strings.Replace(chat("H-1", "10:10:00", "10:20:00"), "chat", kind, 1)
	}
	r := look(t, folderOf(map[string]string{
		"logs/a.jsonl": as("chat") + as("recording") + as("call") + as("recording"),
		"logs/b.csv":   row + ",H-1,\n",
	}))
	same(t, []string{
		"logs/b.csv:1 id: repeats the id of logs/a.jsonl:6",
		"logs/a.jsonl:8 id: repeats the id of logs/a.jsonl:4",
	}, r.told())
	if r.report.Standing("T-1") != evidence.StandingPlausible {
		t.Error("the rest is not reviewed")
	}
}

func TestAccountOfAnother(t *testing.T) {
	account := func(id string) map[string]string {
		return map[string]string{accountFile: `{"id":"` + id + `","present":["name"],"username":"u","reports":[]}`}
	}
	r := look(t, folderOf(account("ACC-7")))
	same(t, customer.Account{ID: "ACC-7", Username: "u", Particulars: []customer.Particular{{Name: "name", Present: true}}, Reports: []customer.MisuseReport{}}, r.account)
	if r.told() != nil || r.outcome.Statuses[refund.ClauseRegistration] != refund.StatusSatisfied {
		t.Error("the account is not taken for the case's")
	}
	r = look(t, folderOf(account("ACC-8")))
	same(t, []string{"account.json:0 id: is another account than the case's"}, r.told())
	same(t, customer.Account{}, r.account)
	if r.outcome.Statuses[refund.ClauseRegistration] != refund.StatusNotEvaluated {
		t.Error("another account is taken for the case's")
	}
}

func TestReportsAndAnswersCountAtTheDecision(t *testing.T) {
	account := map[string]string{accountFile: `{"id": "ACC-7", "reports": [{"id": "U-1", "made": "2026-03-06T09:00:00Z"}],
		"attestations": [{"clause": "cooperation", "answer": "yes", "at": "2026-03-05T15:00:00Z"}]}`}
	r := look(t, folderOf(account)) // requested on 5 March at 09:00
	if s := r.outcome.Statuses; s[refund.ClauseCredentials] != refund.StatusBlocking || s[refund.ClauseCooperation] != refund.StatusSatisfied {
		t.Errorf("credentials %v, cooperation %v", s[refund.ClauseCredentials], s[refund.ClauseCooperation])
	}
}

func TestMediaOfAFolder(t *testing.T) {
	const empty = `,"media":[{"name":"media/%s","size":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","type":"image/gif"}]`
	for _, row := range []struct {
		why, other string
		want       string
	}{
		{"a file that is there, and one that is not", "b.gif", "media    2 files checked, 1 intact\n         missing: media/b.gif\n"},
		{"a file that two records have", "a.gif", "media    1 file checked, all intact\n"},
	} {
		r := look(t, folderOf(map[string]string{
			"logs/a.jsonl": chat("H-1", "10:10:00", "10:20:00", fmt.Sprintf(empty, "a.gif")) + chat("H-2", "10:10:00", "10:20:00", fmt.Sprintf(empty, row.other)),
			"media/a.gif":  "",
		}))
		if out := string(text(r, defaultWidth)); !strings.Contains(out, row.want) || row.why == "" {
			t.Errorf("%s:\n%s", row.why, out)
		}
	}
}

func TestFolderOfACaseAlone(t *testing.T) {
	r := look(t, folderOf(nil))
	if r.told() != nil || r.log.Len() != 0 || r.report.Standing("T-1") != evidence.StandingUnsupported {
		t.Errorf("%v, %v", r.told(), r.log)
	}
	if out := string(text(r, defaultWidth)); strings.Contains(out, "RECORDS TO NOTE") || strings.Contains(out, "PROBLEMS") {
		t.Errorf("a section has nothing in it:\n%s", out)
	}
	if _, err := reviewFolder(os.DirFS(t.TempDir()), decided); err == nil {
		t.Error("a folder without a case passes")
	}
}

// Programs get texts as they are, and a list that is empty as [].
func TestJSONIsPlain(t *testing.T) {
	fsys := folderOf(nil)
	fsys[caseFile].Data = []byte(strings.ReplaceAll(string(fsys[caseFile].Data), "S-1", "<S&1>"))
	out := string(asJSON(look(t, fsys)))
	for _, want := range []string{`{"subscription":{"id":"<S&1>",`, `"media":[]`, `"other_accounts":[],"unknown":[],"damaged":[]`, `"supporting":[],"more":0,"contradicting":[]`, `"problems":[]`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not in %s", want, out)
		}
	}
}
