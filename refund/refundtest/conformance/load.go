package conformance

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// FS holds the files of vectors: one for each clause, named after it, input.json and
// decision.json. README.md in this package's folder describes them.
//
//go:embed *.json
var FS embed.FS

// Vectors returns all vectors of outcomes and refusals, ordered by clause as in the policy;
// the vectors of [Input] come last. The caller may change the result.
func Vectors() ([]Vector, error) { return load(FS) }

// load reads files of vectors. It refuses a vector that is incomplete, and a name that is
// used twice.
func load(fsys fs.FS) ([]Vector, error) {
	files, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, err
	}
	clauses := []string{}
	for _, clause := range refund.Clauses() {
		clauses = append(clauses, clause.String())
	}
	var list []Vector
	names := map[string]bool{}
	read := 0
	for _, clause := range append(clauses, Input) {
		text, err := fs.ReadFile(fsys, clause+".json")
		if err != nil {
			continue // files may be missing; coverage_test.go checks the package's own
		}
		read++
		vectors, err := loadFile[vectorJSON](text)
		if err != nil {
			return nil, fmt.Errorf("conformance: %s.json: %w", clause, err)
		}
		for i, v := range vectors {
			fault := v.fault(clause)
			if fault == "" && names[v.Name] {
				fault = "has a name that is used twice"
			}
			var vector Vector
			if fault == "" {
				vector, fault = v.vector()
			}
			if fault != "" {
				return nil, fmt.Errorf("conformance: %s.json: vector %d, %q: %s", clause, i+1, v.Name, fault)
			}
			names[v.Name] = true
			list = append(list, vector)
		}
	}
	if slices.Contains(files, decisionFile) { // see Decisions
		read++
	}
	if read != len(files) {
		return nil, fmt.Errorf("conformance: %d files, of which %d are named after a clause", len(files), read)
	}
	return list, nil
}

// loadFile reads a file: an array of vectors in the form T.
func loadFile[T any](text []byte) (list []T, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("text after the array")
	}
	return list, nil
}

// fault returns the fault of a vector in a clause's file, or "".
func (v *vectorJSON) fault(clause string) string {
	switch {
	case v.Name == "":
		return "has no name"
	case v.Clause == "":
		return "has no clause"
	case strings.TrimSpace(v.Reason) == "":
		return "has no reason"
	case v.Clause != clause:
		return "has another clause than its file"
	case !strings.HasPrefix(v.Name, clause+"/") || len(v.Name) == len(clause)+1:
		return "has a name that does not begin with its clause and a slash"
	case (v.Document == nil) == (v.Text == ""):
		return "must have either a document or a text"
	case (v.Want == nil) == (v.Refused == nil):
		return "must have either want or refused"
	case v.Refused != nil && len(v.Refused) == 0:
		return "is refused without a path"
	case v.Text != "" && v.Want != nil:
		return "has a text, which is for refusals only"
	case strings.ContainsAny(v.Text, "\r\n") || v.Text != "" && strings.TrimSpace(v.Text) == "":
		return "has a text of more than one line, or a blank one"
	}
	return ""
}

func (v *vectorJSON) vector() (_ Vector, fault string) {
	vector := Vector{Name: v.Name, Clause: v.Clause, Reason: v.Reason, Document: []byte(v.Text), Refused: v.Refused}
	if v.Document != nil {
		var line bytes.Buffer
		if err := json.Compact(&line, v.Document); err != nil {
			return Vector{}, err.Error()
		}
		vector.Document = line.Bytes()
	}
	if v.Want != nil {
		var wrong string
		if vector.Want, wrong = v.Want.want(); wrong != "" {
			return Vector{}, "wants an outcome with a wrong or missing field: " + wrong
		}
	}
	return vector, ""
}
