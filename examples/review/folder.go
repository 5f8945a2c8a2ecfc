package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/jsonlines"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

const (
	caseFile       = "case.json"
	accountFile    = "account.json"
	customersFile  = "customers.json"
	sidesFile      = "sides.json"
	ticketsDir     = "tickets"
	logsDir        = "logs"
	transcriptsDir = "transcripts"
)

// A folder has the contents of the folder of a case, as far as they can be read.
type folder struct {
	document.Document
	account      customer.Account
	attestations customer.Attestations
	tickets      []tickets.Ticket
	log          evidence.Log
	voices       []voices // without a side
	problems     problems
	warnings     problems // doubts about the parts that were read

	fsys      fs.FS
	sides     webvtt.Sides
	customers map[string]string  // accounts by the help desk's id of the customer
	places    map[string][]place // of the records, by their list's name in paths
	callByID  map[string]int     // index of the first call of an id
}

// A place is the place of a record.
type place struct {
	file string
	line int
}

func (p place) String() string { return p.file + ":" + strconv.Itoa(p.line) }

// A reader reads the files whose names have an ending.
type reader struct {
	ending string
	read   func(name string, r io.Reader)
}

// readFolder reads all files. It returns an error if the case cannot be read. Faults of all
// other files are problems.
func readFolder(fsys fs.FS) (*folder, error) {
	data, err := readSmall(fsys, caseFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", caseFile, reasonOf(err))
	}
	f := &folder{fsys: fsys, places: map[string][]place{}}
	f.Document, err = document.Decode(f.withIssues(data))
	if err != nil {
		return nil, err
	}
	f.readAccount()
	f.readNames()
	f.readAll(ticketsDir, []reader{
		{".zendesk.json", f.readZendeskTickets},
		{".jira.json", f.readJiraTickets},
	})
	f.readAll(logsDir, []reader{
		{".jsonl", f.readRecords},
		{".freepbx.csv", f.readFreePBX},
		{".teamviewer.csv", f.readTeamViewer},
		{".csv", f.readCalls},
		{".zendesk.json", f.readZendeskChats},
		{".intercom.json", f.readIntercom},
	})
	f.joinTickets()
	f.indexCalls()
	f.readAll(transcriptsDir, []reader{{".vtt", f.readTranscript}})
	f.validate()
	return f, nil
}

// withIssues adds an empty list of issues to a case that has no list, if tickets have the
// issues.
func (f *folder) withIssues(data []byte) []byte {
	if entries, err := fs.ReadDir(f.fsys, ticketsDir); err != nil || len(entries) == 0 {
		return data
	}
	has := false
	issues := strict.ValueField("issues", func(r *strict.Reader) { has = true; r.Skip() })
	faults := strict.Read[[]strict.Fault](strict.NewReader(data), func(r *strict.Reader) { r.Object(issues, strict.Rest) }, nil)
	end := bytes.LastIndexByte(data, '}')
	if has || faults != nil || end < 0 {
		return data
	}
	return append(append([]byte{}, data[:end]...), `,"issues":[]}`...)
}

// readAll reads the files of a folder in the order of their names, each with the first
// reader for its ending.
func (f *folder) readAll(dir string, readers []reader) {
	entries, err := fs.ReadDir(f.fsys, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.problems.addError(dir, 0, err)
	}
files:
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		name := path.Join(dir, entry.Name())
		for _, r := range readers {
			if !strings.HasSuffix(name, r.ending) {
				continue
			}
			file, err := openFile(f.fsys, name)
			if err != nil {
				f.problems.addError(name, 0, err)
				continue files
			}
			r.read(name, file)
			file.Close()
			continue files
		}
		f.problems.addError(name, 0, errors.New("has an unknown ending"))
	}
}

// openFile opens a regular file. It refuses other files, which may have no end.
func openFile(fsys fs.FS, name string) (fs.File, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a regular file")
	}
	return fsys.Open(name)
}

// readSmall reads a file of one JSON value, or enough of it to show that it is too long.
func readSmall(fsys fs.FS, name string) ([]byte, error) {
	file, err := openFile(fsys, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, jsonlines.MaxBytes+1))
}

// readNames reads the sides of the voices, and the accounts of the help desk's customers.
func (f *folder) readNames() {
	if sides := f.readMap(sidesFile, func(side string) string {
		var s evidence.Side
		if err := s.UnmarshalText([]byte(side)); err != nil || s == 0 {
			return "has a value that is not one of customer, agent, system"
		}
		return ""
	}); sides != nil {
		f.sides = webvtt.Sides{}
		for name, side := range sides {
			var s evidence.Side
			_ = s.UnmarshalText([]byte(side)) // the code was checked above
			f.sides[name] = s
		}
	}
	f.customers = f.readMap(customersFile, func(account string) string {
		if account == "" {
			return "has an empty account"
		}
		return ""
	})
}

// readMap reads an object of texts, if the file exists. The names are private, so problems
// do not quote them.
func (f *folder) readMap(file string, check func(value string) (reason string)) map[string]string {
	data, err := readSmall(f.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	all := map[string]string{}
	if err == nil {
		faults := strict.Read[refund.Faults](strict.NewReader(data), func(r *strict.Reader) {
			r.Entries(func(name string) (func(*strict.Reader), string) {
				return func(r *strict.Reader) {
					value, _ := r.Text()
					all[name] = value
					r.Fault(check(value))
				}, ""
			})
		}, nil)
		if faults != nil {
			err = refund.Faults{{Reason: faults[0].Reason}}.Err()
		}
	}
	if err != nil {
		f.problems.addError(file, 0, err)
		return nil
	}
	return all
}
