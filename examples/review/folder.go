package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

const (
	caseFile       = "case.json"
	accountFile    = "account.json"
	logsDir        = "logs"
	transcriptsDir = "transcripts"
)

// A folder is what one holds, as far as it can be read.
type folder struct {
	document.Document
	account      customer.Account
	attestations customer.Attestations
	log          evidence.Log
	problems     []problem
	listed, more map[string]int // problems that are listed, and those that are not, by file

	fsys   fs.FS
	places map[string][]place // of the records, by their list's name in paths
}

// A place is where a record stands.
type place struct {
	file string
	line int
}

func (p place) String() string { return p.file + ":" + strconv.Itoa(p.line) }

// A problem is something that cannot be read, or not be right.
type problem struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"` // 0 where it is about no line
	Path   string `json:"path,omitempty"` // of the field, or empty
	Reason string `json:"reason"`
}

// readFolder reads all that there is. The error is one of the case; any other fault is
// a problem.
func readFolder(fsys fs.FS) (*folder, error) {
	data, err := readSmall(fsys, caseFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", caseFile, reasonOf(err))
	}
	d, err := document.Decode(data)
	if err != nil {
		return nil, err
	}
	f := &folder{Document: d, fsys: fsys, places: map[string][]place{}, listed: map[string]int{}, more: map[string]int{}}
	f.readAccount()
	f.readAll(logsDir, map[string]func(name string, r io.Reader){".jsonl": f.readRecords, ".csv": f.readCalls})
	f.readAll(transcriptsDir, map[string]func(name string, r io.Reader){".vtt": f.readTranscript})
	f.validate()
	f.countProblems()
	return f, nil
}

// readAll reads the files of a folder in the order of their names, each as the ending
// of its name says.
func (f *folder) readAll(dir string, readers map[string]func(name string, r io.Reader)) {
	entries, err := fs.ReadDir(f.fsys, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.wrong(dir, 0, err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		name := path.Join(dir, entry.Name())
		read, ok := readers[path.Ext(name)]
		if !ok {
			f.wrong(name, 0, errors.New("is of no kind that is read here"))
			continue
		}
		file, err := openFile(f.fsys, name)
		if err != nil {
			f.wrong(name, 0, err)
			continue
		}
		read(name, file)
		file.Close()
	}
}

// openFile opens a regular file; any other might never end.
func openFile(fsys fs.FS, name string) (fs.File, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is no regular file")
	}
	return fsys.Open(name)
}

// readSmall reads a file of one JSON value, or enough of it to be told that it is too
// long.
func readSmall(fsys fs.FS, name string) ([]byte, error) {
	file, err := openFile(fsys, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, jsonlines.MaxBytes+1))
}

// mostProblems is the number of problems that are listed for a file.
const mostProblems = 100

// wrong notes what is wrong with a file, or with a line of it, if that is not 0.
func (f *folder) wrong(file string, line int, err error) {
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		f.note(problem{File: file, Line: line, Reason: reasonOf(err)})
		return
	}
	for _, fault := range invalid.Faults {
		f.note(problem{file, line, fault.Path, fault.Reason})
	}
}

// note lists a problem, or counts it if its file has many.
func (f *folder) note(p problem) {
	n, many := f.more[p.File]
	switch {
	case many:
		f.more[p.File] = n + 1
	case f.listed[p.File] == mostProblems:
		f.more[p.File] = 1
	default:
		f.listed[p.File]++
		f.problems = append(f.problems, p)
	}
}

// countProblems adds a problem for each file of which not all are listed.
func (f *folder) countProblems() {
	for _, file := range slices.Sorted(maps.Keys(f.more)) {
		f.problems = append(f.problems, problem{File: file, Reason: "has " + words.Count(f.more[file], "more problem", "more problems")})
	}
}

// reasonOf returns the text of an error without the path of a file, which is told
// beside it.
func reasonOf(err error) string {
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err
	}
	return err.Error()
}

var recordPath = regexp.MustCompile(`(calls|recordings|chats)\[(\d+)\]`)

// validate notes what is wrong with the log as a whole, with the places of the records
// instead of their indices.
func (f *folder) validate() {
	var invalid *refund.InvalidError
	if !errors.As(f.log.Validate(), &invalid) {
		return
	}
	placeOf := func(record []string) place {
		index, _ := strconv.Atoi(record[2])
		return f.places[record[1]][index]
	}
	for _, fault := range invalid.Faults {
		record, field, _ := strings.Cut(fault.Path, ".")
		if record == "" { // of the log as a whole
			f.note(problem{File: logsDir, Reason: fault.Reason})
			continue
		}
		at := placeOf(recordPath.FindStringSubmatch(record))
		reason := recordPath.ReplaceAllStringFunc(fault.Reason, func(other string) string {
			return placeOf(recordPath.FindStringSubmatch(other)).String()
		})
		f.note(problem{at.file, at.line, field, reason})
	}
}
