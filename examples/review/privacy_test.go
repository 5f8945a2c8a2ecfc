package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// secrets returns what the sample knows of people: names, numbers, and what they said.
func secrets(t *testing.T) (list []string) {
	t.Helper()
	log := sampleLog(t)
	header := func(h *evidence.Header) { list = append(list, h.Agent) }
	said := func(messages []evidence.Message) {
		for _, m := range messages {
			list = append(list, m.Text)
		}
	}
	for i := range log.Calls {
		call := &log.Calls[i]
		header(&call.Header)
		said(call.Transcript)
		list = append(list, call.From, call.To)
	}
	for i := range log.Recordings {
		header(&log.Recordings[i].Header)
		list = append(list, log.Recordings[i].Software)
	}
	for i := range log.Chats {
		header(&log.Chats[i].Header)
		said(log.Chats[i].Messages)
	}
	for row := range cdr.Read(bytes.NewReader(file(t, "logs/Master.csv")), cdr.Options{Location: testkit.NewYork}) {
		name, _, _ := strings.Cut(strings.TrimPrefix(row.CallerID, `"`), `"`)
		if name != "Support" {
			list = append(list, name)
		}
		list = append(list, row.Channel, row.LastData)
	}
	var account struct{ Holder, Username string }
	if err := json.Unmarshal(file(t, "account.json"), &account); err != nil {
		t.Fatal(err)
	}
	list = append(list, account.Holder, account.Username)
	list = append(list, strings.Fields(account.Holder)...)
	return append(list, "desk-4", "the same troubles")
}

func TestOutputKeepsSecrets(t *testing.T) {
	bySample := map[string][]string{
		"sample": secrets(t),
		"testdata/problems": {"Adeyemi", "2125550", "Ines", "Moreau", "wireless", "anybody", "speaking", "It is me", "hear me", "nothing works",
			"printer", "yesterday", "maybe", "fax", "bot", "ANSWRD", "aline", "bad"},
	}
	for _, f := range folders {
		words := bySample[f.dir]
		var inFolder strings.Builder
		err := fs.WalkDir(os.DirFS(f.dir), ".", func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				data, err := os.ReadFile(path.Join(f.dir, name))
				inFolder.Write(data)
				return err
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"-format=text", "-format=json", "-note", "-picture"} {
			_, out, _ := reviewed(t, format, f.dir)
			out = strings.ToLower(strings.Join(strings.Fields(out), " "))
			tried := 0
			for _, word := range words {
				if len(word) < 4 { // a queue, or the number of an agent
					continue
				}
				tried++
				if strings.Contains(out, strings.ToLower(word)) {
					t.Errorf("%q of %s is in the output of %s", word, f.dir, format)
				}
			}
			if tried < 15 {
				t.Errorf("only %d secrets are known", tried)
			}
		}
		if f.dir != "sample" {
			for _, word := range words {
				if !strings.Contains(inFolder.String(), word) {
					t.Errorf("%q is not even in %s", word, f.dir)
				}
			}
		}
	}
}
