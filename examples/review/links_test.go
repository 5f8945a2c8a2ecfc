package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// A link in a folder leads neither to a device, which has no end, nor to a file elsewhere.
func TestLinksDoNotLeadOutOfAFolder(t *testing.T) {
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.WriteFile(elsewhere, []byte(chat("H-1", "10:10:00", "10:20:00")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, r := range []struct{ why, link, target string }{
		{"a log that is a device", "logs/a.jsonl", "/dev/zero"},
		{"a log that is elsewhere", "logs/a.jsonl", elsewhere},
		{"calls that are a device", "logs/a.csv", "/dev/zero"},
		{"tickets that are a device", "tickets/a.zendesk.json", "/dev/zero"},
		{"a transcript that is a device", "transcripts/C-1.vtt", "/dev/zero"},
		{"sides that are a device", "sides.json", "/dev/zero"},
		{"an account that is a device", "account.json", "/dev/zero"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, caseFile), folderOf(nil)[caseFile].Data, 0o600); err != nil {
				t.Fatal(err)
			}
			link := filepath.Join(dir, filepath.FromSlash(r.link))
			if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(r.target, link); err != nil {
				t.Skip("no symbolic links here: ", err)
			}
			code, out, errs := reviewed(t, dir)
			if code != exitProblems || errs != "" || !strings.Contains(out, "PROBLEMS") || !strings.Contains(out, r.link) || !strings.Contains(out, "0 chats") {
				t.Errorf("status %d, %s\n%s", code, errs, out)
			}
		})
	}
}
