package main

import (
	"errors"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A problem is a part of the folder that cannot be read or that contradicts another part.
type problem struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"` // 0 if it is not about a line
	Path   string `json:"path,omitempty"` // of the field, or empty
	Reason string `json:"reason"`
}

// problems are the problems of some files, in their order.
type problems struct {
	list []problem
	more map[string]int // the number of problems of a file that are not listed
	seen map[string]int // the number of problems of a file that are listed
}

// mostProblems is the largest number of problems that are listed for a file.
const mostProblems = 100

// add lists a problem, or counts it if its file has many.
func (ps *problems) add(p problem) {
	if ps.seen == nil {
		ps.seen, ps.more = map[string]int{}, map[string]int{}
	}
	if ps.seen[p.File] == mostProblems {
		ps.more[p.File]++
		return
	}
	ps.seen[p.File]++
	ps.list = append(ps.list, p)
}

// addError adds an error of a file. If line is not 0, it is an error of that line. addError
// ignores a nil error.
func (ps *problems) addError(file string, line int, err error) {
	if err == nil {
		return
	}
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		ps.add(problem{File: file, Line: line, Reason: reasonOf(err)})
		return
	}
	for _, fault := range invalid.Faults {
		ps.add(problem{file, line, fault.Path, fault.Reason})
	}
}

// faultsOf returns the faults of an error, or nil.
func faultsOf(err error) []refund.Fault {
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		return invalid.Faults
	}
	return nil
}

// all returns the problems. For each file with more problems than are listed, it adds one
// that counts the others.
func (ps *problems) all() []problem {
	list := slices.Clip(ps.list)
	for _, file := range slices.Sorted(maps.Keys(ps.more)) {
		list = append(list, problem{File: file, Reason: "has " + words.Count(ps.more[file], "more problem", "more problems")})
	}
	return list
}

// count returns the number of problems, listed or not.
func (ps *problems) count() int {
	n := len(ps.list)
	for _, more := range ps.more {
		n += more
	}
	return n
}

// reasonOf returns the text of an error without the path of its file, which is in another
// column.
func reasonOf(err error) string {
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err
	}
	return err.Error()
}

var recordPath = regexp.MustCompile(`(calls|recordings|chats)\[(\d+)\]`)

// validate adds the faults of the log as a whole. It replaces the indices of records by
// their files and lines.
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
			f.problems.add(problem{File: logsDir, Reason: fault.Reason})
			continue
		}
		at := placeOf(recordPath.FindStringSubmatch(record))
		reason := recordPath.ReplaceAllStringFunc(fault.Reason, func(other string) string {
			return placeOf(recordPath.FindStringSubmatch(other)).String()
		})
		f.problems.add(problem{at.file, at.line, field, reason})
	}
}
