package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Tables are what CONTRIBUTING.md says about mutants.
type tables struct {
	equivalents map[key]string    // why nothing can tell them from the code
	spared      map[string]string // why packages are not mutated, by folder
}

const (
	equivalentsHeader = "| file | function | mutant | why nothing can tell |"
	sparedHeader      = "| package | why it is not mutated |"
)

func parseTables(document string) (tables, error) {
	t := tables{map[key]string{}, map[string]string{}}
	rows, err := table(document, equivalentsHeader)
	if err != nil {
		return t, err
	}
	for _, row := range rows {
		k := key{row[0], row[1], row[2]}
		if t.equivalents[k] != "" {
			return t, fmt.Errorf("listed twice: %s", k)
		}
		t.equivalents[k] = row[3]
	}
	rows, err = table(document, sparedHeader)
	if err != nil {
		return t, err
	}
	for _, row := range rows {
		t.spared[row[0]] = row[1]
	}
	return t, nil
}

// table returns the cells below a header, without marks of code.
func table(document, header string) ([][]string, error) {
	_, rest, ok := strings.Cut(document, "\n"+header+"\n")
	if !ok {
		return nil, fmt.Errorf("no table %s", header)
	}
	columns := strings.Count(header, "|") - 1
	var rows [][]string
	first := true
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			break
		}
		if first { // the line below the header
			first = false
			continue
		}
		// In a table "\|" is a bar, in code too.
		line = strings.ReplaceAll(strings.Trim(line, "|"), `\|`, "\x00")
		var row []string
		for cell := range strings.SplitSeq(line, "|") {
			cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\x00", "|"), "`", "")
			row = append(row, strings.TrimSpace(cell))
		}
		if len(row) != columns || slices.Contains(row, "") {
			return nil, fmt.Errorf("a row with cells missing: %s", line)
		}
		rows = append(rows, row)
	}
	if first {
		return nil, errors.New("no rows below " + header)
	}
	return rows, nil
}

// misplaced returns what is said of packages that are not there, or could be mutated.
func (t tables) misplaced(packages []goPackage) (problems []string) {
	known := map[string]goPackage{}
	for _, p := range packages {
		known[p.Dir] = p
	}
	for k := range t.equivalents {
		_, ok := known[path.Dir(k.File)]
		if _, spared := t.spared[path.Dir(k.File)]; !ok || spared {
			problems = append(problems, fmt.Sprintf("listed as equivalent, but its package is not mutated: %s", k))
		}
	}
	for dir := range t.spared {
		switch p, ok := known[dir]; {
		case !ok:
			problems = append(problems, fmt.Sprintf("listed as not mutated, but not there: %s", dir))
		case p.HasTests:
			problems = append(problems, fmt.Sprintf("listed as not mutated, but it has tests: %s", dir))
		}
	}
	slices.Sort(problems)
	return problems
}
