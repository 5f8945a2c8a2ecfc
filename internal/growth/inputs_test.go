//go:build unix

package growth_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

const inputName = "input"

// cue is the beginning of a transcript with one cue.
const cue = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"

// opening is the beginning of a record.
const opening = `{"kind":"chat","id":"H-1","account":"ACC-7","start":"2026-03-02T10:00:00Z","end":"2026-03-02T11:00:00Z",`

var manyNames = line(`"issues":["T-01","T-02","T-03","T-04","T-05","T-06","T-07","T-08","T-09","T-10","T-11","T-12","T-13","T-14","T-15","T-16","T-17"]`)

var unknownIssue = strings.Replace(line(`"issues":["T-%d"]`), `"H-1"`, `"H-%d"`, 1)

// line returns a line with a record that has a field besides those of opening, if it is
// not "".
func line(field string) string {
	return strings.TrimSuffix(opening+field, ",") + "}\n"
}

// repeated returns a text of about n bytes: open, as many parts as fit, and end. "%d" in a
// part stands for its number.
func repeated(open, part, end, separator string, n int) []byte {
	var b bytes.Buffer
	b.WriteString(open)
	for i := 0; b.Len()+len(part)+len(end) < n || i == 0; i++ {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(strings.ReplaceAll(part, "%d", fmt.Sprint(i)))
	}
	b.WriteString(end)
	return b.Bytes()
}

// separator returns the comma that parts of JSON have between them, if the text around
// them ends as a list or an object does.
func separator(open string) string {
	if strings.HasSuffix(open, "[") || strings.HasSuffix(open, "{") {
		return ","
	}
	return ""
}

func put(dir, name string, b []byte) error {
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	return os.WriteFile(name, b, 0o600)
}

// list writes a file of parts.
func list(open, part, end string) func(dir string, n int) error {
	return func(dir string, n int) error {
		return put(dir, inputName, repeated(open, part, end, separator(open), n))
	}
}

// object writes an object of parts.
func object(open, part, end string) func(dir string, n int) error {
	if open == "" {
		return list("{", part, "}")
	}
	return list("{"+open, part, end+"}")
}

const caseStart = `{"subscription":{"id":"SUB-1","account":"ACC-7","service":{"code":"pc-care","billing":"recurring","per_instance":{"amount":"25.00","currency":"USD"}},` +
	`"start":"2026-03-01T10:00:00Z","price":{"amount":"199.99","currency":"USD"},"paid":{"amount":"199.99","currency":"USD"}},` +
	`"request":{"at":"2026-03-10T12:00:00Z","channel":"email","by":"ACC-7","reason":"x"},`

// caseWith writes a case that is valid except for its parts.
func caseWith(open, part string, end ...string) func(dir string, n int) error {
	return list(caseStart+open, part, strings.Join(end, "")+"]}")
}

// books writes a ledger with a payment P-1 and other events.
func books(event string) func(dir string, n int) error {
	return func(dir string, n int) error {
		const open = `{"subscription":"SUB-1","price":{"amount":"1.00","currency":"USD"},"events":[` +
			`{"kind":"paid","at":"2026-03-01T10:00:00Z","id":"P-1","amount":{"amount":"1.00","currency":"USD"}},`
		return put(dir, inputName, repeated(open, strings.Replace(event, `"P-%d"`, `"P-0%d"`, 1), "]}", ",", n))
	}
}

func digits(dir string, n int) error {
	return put(dir, inputName, repeated(`{"currency":"USD","amount":"`, "9", `"}`, "", n))
}

// count writes a file of which only the length matters.
func count(dir string, n int) error { return put(dir, inputName, make([]byte, n)) }

// record writes a signed record with many lines.
func record(dir string, n int) error {
	text := repeated("refundpolicy decision 1\n", testkit.Line("acknowledged", "licensed"), "", "", n)
	last := "ed25519 " + decision.KeyID(key.Public().(ed25519.PublicKey)) + " " + hex.EncodeToString(ed25519.Sign(key, text)) + "\n"
	return put(dir, inputName, append(text, last...))
}

// claims writes a file, and a log with many media of that file, each with another digest.
func claims(dir string, n int) error {
	if err := put(dir, "media", make([]byte, n/2)); err != nil {
		return err
	}
	part := line(fmt.Sprintf(`"media":[{"name":"media","size":%d,"sha256":"@","type":"a/b"}]`, n/2))
	var b bytes.Buffer
	for i := 0; b.Len() < n/2; i++ {
		b.WriteString(strings.Replace(part, "@", fmt.Sprintf("%064x", i), 1))
	}
	return put(dir, inputName, b.Bytes())
}

// reviewFolder writes a folder for examples/review, with a file of parts in it.
func reviewFolder(name, open, part, end string) func(dir string, n int) error {
	return func(dir string, n int) error {
		if err := put(dir, "case.json", []byte(caseStart+`"issues":[{"id":"T-1","opened":"2026-03-02T10:00:00Z","resolved":"2026-03-02T10:30:00Z"}]}`)); err != nil {
			return err
		}
		return put(dir, name, repeated(open, part, end, separator(open), n))
	}
}

// particulars writes a folder with an account of which half of the particulars are present.
func particulars(dir string, n int) error {
	present := repeated(`{"id":"ACC-7","present":[`, `"p%d"`, `],"missing":[`, ",", n/2)
	return reviewFolder("account.json", string(present), `"q%d"`, "]}")(dir, n)
}

// transcript writes a folder with a call and a transcript of it.
func transcript(dir string, n int) error {
	call := strings.Replace(line(""), `"chat","id":"H-1"`, `"call","id":"C-1"`, 1)
	if err := put(dir, "logs/a.jsonl", []byte(call)); err != nil {
		return err
	}
	return reviewFolder("transcripts/C-1.vtt", "WEBVTT\n\n", "x\n\n", "")(dir, n)
}
