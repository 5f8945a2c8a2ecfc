package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// contents returns the files of a folder by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[entry.Name()] = string(data)
	}
	return files
}

// withID returns a valid case with an id, which is the inside of a JSON string.
func withID(t *testing.T, id string) string {
	t.Helper()
	return strings.Replace(numbered(t, 1), "SUB-00000001", id, 1)
}

// wellFormed fails unless a document is well-formed XML, and returns its text.
func wellFormed(t *testing.T, document string) string {
	t.Helper()
	var text strings.Builder
	for d := xml.NewDecoder(strings.NewReader(document)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, document)
		}
		if data, ok := token.(xml.CharData); ok {
			text.Write(data)
		}
	}
}

var links = regexp.MustCompile(`href="([^"]*)"`)

func TestLettersOfTheSample(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "letters")
	code, out, errs := evaluate(t, "", "-format", "table", "-letters", dir, "cases.jsonl")
	if code != exitOK || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	if _, plain, _ := evaluate(t, "", "-format", "table", "cases.jsonl"); out != plain {
		t.Errorf("letters change the table:\n%s", out)
	}
	files := contents(t, dir)
	index := files[indexName]
	golden(t, "index.html", index)
	wellFormed(t, index)
	names := []string{indexName}
	for _, link := range links.FindAllStringSubmatch(index, -1) {
		names = append(names, link[1])
	}
	if len(names) != 1+4*48 || len(files) != len(names) {
		t.Errorf("%d files, %d links", len(files), len(names)-1)
	}
	for _, name := range names {
		text, found := files[name]
		if !found || text == "" {
			t.Errorf("%s is not there, or empty", name)
		}
		if strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".svg") {
			wellFormed(t, text)
		}
	}
}

// Refused cases are in the index with their faults, and the other cases have their letters.
func TestLettersAmongRefusals(t *testing.T) {
	dir := t.TempDir()
	code, out, errs := evaluate(t, "", "-letters", dir, "broken.jsonl")
	if code != exitRefused || errs != "" || strings.Count(out, "\n") != 11 {
		t.Fatalf("status %d, %s\n%s", code, errs, out)
	}
	files := contents(t, dir)
	golden(t, "index-broken.html", files[indexName])
	if len(files) != 1+4*2 || files["000001-SUB-2601.note.txt"] == "" || files["000012-SUB-2611.letter.html"] == "" {
		t.Errorf("%d files", len(files))
	}
	wellFormed(t, files[indexName])
}

func TestLettersWithoutCases(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := evaluate(t, "\n", "-letters", dir); code != exitOK || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	if files := contents(t, dir); len(files) != 1 || !strings.Contains(files[indexName], "0 cases") {
		t.Errorf("%v", files)
	}
}

// The rows of the index are in the order of the lines, however many workers there are.
func TestIndexInInputOrder(t *testing.T) {
	var in strings.Builder
	for i := range 300 {
		in.WriteString(numbered(t, i) + "\n")
	}
	dir := t.TempDir()
	if code, _, errs := evaluate(t, in.String(), "-letters", dir); code != exitOK || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	index := contents(t, dir)[indexName]
	at := 0
	for i := range 300 {
		row := fmt.Sprintf(`<td class="line">%d</td><td class="id"><bdi>SUB-%08d</bdi>`, i+1, i)
		n := strings.Index(index[at:], row)
		if n < 0 {
			t.Fatalf("row %d is missing or too early", i+1)
		}
		at += n
	}
}

var portable = regexp.MustCompile(`^[0-9]{6}-[0-9A-Za-z_-]*\.[a-z.]+$`)

// Names of files are portable, short, and differ from one another on every system.
func TestNamesOfLetters(t *testing.T) {
	seen := map[string]string{}
	for i, row := range []struct{ reason, id, base string }{
		{"a plain id", "SUB-2601", "000001-SUB-2601"},
		{"an equal id on another line", "SUB-2601", "000002-SUB-2601"},
		{"an id that differs only in case", "sub-2601", "000003-sub-2601"},
		{"a way out of the folder", "../../etc/passwd", "000004-______etc_passwd"},
		{"an absolute path", "/etc/passwd", "000005-_etc_passwd"},
		{"a path of Windows", `C:\x`, "000006-C__x"},
		{"a name that Windows reserves", "CON", "000007-CON"},
		{"a stream of a file on Windows", "a:b", "000008-a_b"},
		{"a hidden file", ".profile", "000009-_profile"},
		{"a point at the end", "a.", "000010-a_"},
		{"markup", `<b>"&'`, "000011-_b____"},
		{"other scripts", "Žofie שלום", "000012-_ofie_____"},
		{"a very long id", strings.Repeat("x", 300), "000013-" + strings.Repeat("x", 40)},
		{"another very long id with the same beginning", strings.Repeat("x", 299), "000014-" + strings.Repeat("x", 40)},
		{"an option of a command", "-rf", "000015--rf"},
		{"a wildcard", "*?", "000016-__"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			names := namesOf(i+1, row.id)
			if want := (fileNames{row.base + ".letter.html", row.base + ".letter.txt", row.base + ".note.txt", row.base + ".picture.svg"}); names != want {
				t.Errorf("names %v, want %v", names, want)
			}
			for _, name := range []string{names.Letter, names.Text, names.Note, names.Picture} {
				if !portable.MatchString(name) || len(name) > 64 || seen[strings.ToLower(name)] != "" {
					t.Errorf("%q is long, not portable, or that of %s", name, seen[strings.ToLower(name)])
				}
				seen[strings.ToLower(name)] = row.reason
			}
		})
	}
}

// Ids of any kind make files in the folder and no markup in the index.
func TestLettersOfHostileIDs(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "letters")
	var in strings.Builder
	ids := []string{"../../escape", "SUB-1", "SUB-1", "CON", `</td><script>alert(1)</script>`, `\" onmouseover=\"x`, "javascript:alert(1)",
		"שלום", `\u202e1-BUS`, "{{.Line}}", strings.Repeat("x", 100)}
	for _, id := range ids {
		in.WriteString(withID(t, id) + "\n")
	}
	code, _, errs := evaluate(t, in.String(), "-letters", dir)
	if code == exitFailed || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	files := contents(t, dir)
	index := files[indexName]
	for _, bad := range []string{"<script", "\u202e", ` onmouseover="`} {
		if strings.Contains(index, bad) {
			t.Errorf("%q is in the index", bad)
		}
	}
	if text := wellFormed(t, index); !strings.Contains(text, "{{.Line}}") || !strings.Contains(text, "</td><script>") {
		t.Errorf("an id is not shown:\n%s", text)
	}
	for name := range files {
		if name != indexName && !portable.MatchString(name) {
			t.Errorf("a file %q", name)
		}
	}
	entries, err := os.ReadDir(parent)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d entries beside the folder, %v", len(entries)-1, err)
	}
}

// Files that cannot be written are named, and the status is 2.
func TestUnwritableLetters(t *testing.T) {
	one := numbered(t, 1) + "\n"
	for _, row := range []struct {
		reason string
		make   func(dir string) error // before the program runs
		says   string
	}{
		{"the folder is a file", func(dir string) error { return os.WriteFile(dir, nil, 0o600) }, "letters: "},
		{"the index is a folder", func(dir string) error { return os.MkdirAll(filepath.Join(dir, indexName), 0o700) }, filepath.Join("letters", indexName) + ": "},
		{"a letter is a folder", func(dir string) error {
			return os.MkdirAll(filepath.Join(dir, "000001-SUB-00000001.letter.html"), 0o700)
		}, filepath.Join("letters", "000001-SUB-00000001.letter.html") + ": "},
		{"a note is a link to a file elsewhere", func(dir string) error {
			if err := os.Mkdir(dir, 0o700); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, "..", "victim"), []byte("kept"), 0o600); err != nil {
				return err
			}
			return os.Symlink(filepath.Join("..", "victim"), filepath.Join(dir, "000001-SUB-00000001.note.txt"))
		}, filepath.Join("letters", "000001-SUB-00000001.note.txt") + ": "},
		{"the folder may not be written", func(dir string) error {
			if os.Getuid() <= 0 { // everything may be written
				return os.WriteFile(dir, nil, 0o600)
			}
			return os.Mkdir(dir, 0o500)
		}, "letters"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "letters")
			if err := row.make(dir); err != nil {
				t.Skip(err)
			}
			code, _, errs := evaluate(t, one, "-letters", dir)
			if code != exitFailed || !strings.Contains(errs, row.says) || strings.Count(errs, "\n") != 1 {
				t.Errorf("status %d, %s", code, errs)
			}
			if victim, err := os.ReadFile(filepath.Join(dir, "..", "victim")); err == nil && string(victim) != "kept" {
				t.Error("a file outside the folder was changed")
			}
		})
	}
}

// After an error the program stops, and does not write the letters of all other cases.
func TestUnwritableLetterEndsTheWork(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "000001-SUB-00000000.letter.html"), 0o700); err != nil {
		t.Fatal(err)
	}
	in := strings.NewReader(strings.Repeat(numbered(t, 0)+"\n", 20_000))
	var errs strings.Builder
	if code := run([]string{"-letters", dir}, in, io.Discard, &errs); code != exitFailed {
		t.Errorf("status %d, %s", code, errs.String())
	}
	if in.Len() == 0 {
		t.Error("all of the input was read after the error")
	}
}

// A second run replaces the files of the first.
func TestLettersAreReplaced(t *testing.T) {
	dir := t.TempDir()
	long := strings.Replace(numbered(t, 1), "records match the issue log", strings.Repeat("long ", 100), 1)
	for _, in := range []string{long, numbered(t, 1)} {
		if code, _, errs := evaluate(t, in, "-letters", dir); code != exitOK {
			t.Fatalf("status %d, %s", code, errs)
		}
	}
	fresh := t.TempDir()
	evaluate(t, numbered(t, 1), "-letters", fresh)
	again, want := contents(t, dir), contents(t, fresh)
	for name := range want {
		if again[name] != want[name] {
			t.Errorf("%s has old text", name)
		}
	}
	names := func(m map[string]string) (list []string) {
		for name := range m {
			list = append(list, name)
		}
		slices.Sort(list)
		return list
	}
	if !slices.Equal(names(again), names(want)) {
		t.Errorf("files %v, want %v", names(again), names(want))
	}
}
