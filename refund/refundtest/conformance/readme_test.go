package conformance_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

var (
	weekday = regexp.MustCompile(`^(policy\.hours)\.(mon|tues|wednes|thurs|fri|satur|sun)day\b`)
	date    = regexp.MustCompile(`^(policy\.special_days)\.\d{4}-\d{2}-\d{2}`)
	index   = regexp.MustCompile(`\[[0-9]+\]`)
)

// general returns a path in the form of README.md, for any weekday, date and element.
func general(path string) string {
	path = weekday.ReplaceAllString(path, "$1.DAY")
	path = date.ReplaceAllString(path, "$1.DATE")
	return index.ReplaceAllString(path, "[]")
}

// fieldsOf adds the paths of a value's fields.
func fieldsOf(v any, path string, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if _, money := v["currency"]; money || path == "statuses" {
			into[path] = true
			return
		}
		for name, value := range v {
			fieldsOf(value, general(strings.TrimPrefix(path+"."+name, ".")), into)
		}
	case []any:
		into[path+"[]"] = true
		for _, value := range v {
			fieldsOf(value, path+"[]", into)
		}
	default:
		into[path] = true
	}
}

// listed returns the fields that README.md lists below a heading, with their types.
func listed(t *testing.T, heading string) map[string]string {
	t.Helper()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(readme), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("no section %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	fields := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|").FindAllStringSubmatch(section, -1) {
		fields[m[1]] = m[2]
	}
	return fields
}

// README.md lists exactly the fields of the files.
func TestReadmeListsTheFields(t *testing.T) {
	vector, document, outcome := map[string]bool{}, map[string]bool{}, map[string]bool{}
	names, err := fs.Glob(conformance.FS, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name == "decision.json" {
			continue
		}
		text, err := fs.ReadFile(conformance.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		var list []map[string]any
		if err := json.Unmarshal(text, &list); err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			for field := range v {
				vector[field] = true
			}
			if v["want"] != nil {
				fieldsOf(v["document"], "", document)
				fieldsOf(v["want"], "", outcome)
			}
		}
	}
	for _, empty := range []string{"policy", "policy.hours", "policy.special_days", "policy.readings"} {
		delete(document, empty)
	}
	for heading, fields := range map[string]map[string]bool{"A vector": vector, "A document": document, "An outcome": outcome} {
		want := slices.Sorted(maps.Keys(fields))
		if got := slices.Sorted(maps.Keys(listed(t, heading))); !slices.Equal(got, want) {
			t.Errorf("%q lists\n%q, the files have\n%q", heading, got, want)
		}
	}
}

// For each field of a document there is a vector that is refused because of the field, and
// for each object one that is refused because of an unknown field.
func TestEveryFieldHasARefusal(t *testing.T) {
	fields, objects := map[string]bool{"": true, "policy": true}, map[string]bool{"": true}
	for field, of := range listed(t, "A document") {
		fields[field] = true
		if of == "money" {
			fields[field+".amount"], fields[field+".currency"] = true, true
		}
		if list, ok := strings.CutSuffix(field, "[]"); ok {
			fields[list] = true
		}
	}
	for field := range fields {
		for i := strings.LastIndexByte(field, '.'); i >= 0; i = strings.LastIndexByte(field, '.') {
			field = field[:i]
			fields[field], objects[field] = true, true
		}
	}
	refused, unknown := map[string]bool{}, map[string]bool{}
	for _, v := range vectors(t) {
		for _, path := range v.Refused {
			path = general(path)
			refused[path] = true
			object := path[:max(strings.LastIndexByte(path, '.'), 0)]
			switch {
			case fields[path]:
			case objects[object]:
				unknown[object] = true
			default:
				t.Errorf("%s: README.md lists no field %s", v.Name, path)
			}
		}
	}
	for field := range fields {
		if !refused[field] {
			t.Errorf("no vector is refused for %q", field)
		}
	}
	for object := range objects {
		if !unknown[object] {
			t.Errorf("no vector has an unknown field in the object at %q", object)
		}
	}
}
