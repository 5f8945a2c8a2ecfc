package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// Letters are a folder of letters, notes and pictures with their index. The workers write the
// files of their cases, and the writer of the results adds the rows of the index in order.
type letters struct {
	dir   string
	root  *os.Root // a link in the folder cannot lead out of it
	file  *os.File // the index
	index *bufio.Writer
	err   error // the first one
}

const indexName = "index.html"

// openLetters creates the folder, if it does not exist, and begins its index.
func openLetters(dir string) (*letters, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	l := &letters{dir: dir, root: root}
	if l.file, err = root.OpenFile(indexName, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600); err != nil {
		root.Close()
		return nil, l.failed(indexName, err)
	}
	l.index = bufio.NewWriterSize(l.file, 64<<10)
	return l, l.add(indexHead(), nil)
}

// add appends rows to the index, unless there was an error. It returns the first error.
func (l *letters) add(rows []byte, err error) error {
	if l.err == nil && err != nil {
		l.err = err
	}
	if l.err == nil {
		if _, err := l.index.Write(rows); err != nil {
			l.err = l.failed(indexName, err)
		}
	}
	return l.err
}

// close ends the index.
func (l *letters) close(t *totals) error {
	defer l.root.Close()
	err := l.add(indexFoot(t), nil)
	if ended := errors.Join(l.index.Flush(), l.file.Close()); err == nil && ended != nil {
		err = l.failed(indexName, ended)
	}
	return err
}

// write writes the files of a case, and returns their names.
func (l *letters) write(number int, d *document.Document, o *refund.Outcome) (names fileNames, err error) {
	names = namesOf(number, o.Subscription)
	letter, err := notice.Letter(*o, notice.Options{})
	if err != nil {
		return names, err
	}
	note, err := notice.Note(d.Policy, d.Case, notice.NoteOptions{})
	if err != nil {
		return names, err
	}
	picture, err := notice.Timeline(d.Policy, d.Case, notice.TimelineOptions{})
	if err != nil {
		return names, err
	}
	for _, file := range [...]struct{ name, text string }{
		{names.Letter, letter.HTML}, {names.Text, letter.Text}, {names.Note, note}, {names.Picture, picture},
	} {
		if err := l.root.WriteFile(file.name, []byte(file.text), 0o600); err != nil {
			return names, l.failed(file.name, err)
		}
	}
	return names, nil
}

// failed returns an error of a file with the path of the file.
func (l *letters) failed(name string, err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err
	}
	return fmt.Errorf("%s: %w", filepath.Join(l.dir, name), err)
}

// FileNames are the names of the files of a case.
type fileNames struct{ Letter, Text, Note, Picture string }

// namesOf returns names that are valid on every system and differ by line. An id adds at most
// 40 characters, of which those other than letters, digits and hyphens become underscores.
func namesOf(number int, id string) fileNames {
	const most = 40
	safe := make([]byte, 0, most)
	for _, r := range id {
		if len(safe) == most {
			break
		}
		switch {
		case '0' <= r && r <= '9', 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z', r == '-':
			safe = append(safe, byte(r))
		default:
			safe = append(safe, '_')
		}
	}
	base := fmt.Sprintf("%06d-%s", number, safe)
	return fileNames{base + ".letter.html", base + ".letter.txt", base + ".note.txt", base + ".picture.svg"}
}
