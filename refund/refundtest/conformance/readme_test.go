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

// fieldsOf adds the paths of a value's fields.
func fieldsOf(v any, path string, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if _, money := v["currency"]; money || path == "statuses" {
			into[path] = true
			return
		}
		for name, value := range v {
			fieldsOf(value, strings.TrimPrefix(path+"."+name, "."), into)
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

// What README.md lists is what the files have, no more and no less.
func TestReadmeListsTheFields(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := func(heading string) map[string]bool {
		_, section, found := strings.Cut(string(readme), "\n## "+heading+"\n")
		if !found {
			t.Fatalf("no section %q", heading)
		}
		section, _, _ = strings.Cut(section, "\n## ")
		fields := map[string]bool{}
		for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(section, -1) {
			fields[m[1]] = true
		}
		return fields
	}

	vector, document, outcome := map[string]bool{}, map[string]bool{}, map[string]bool{}
	names, err := fs.Glob(conformance.FS, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
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
	delete(document, "policy") // empty ones are no field
	for heading, fields := range map[string]map[string]bool{"A vector": vector, "A document": document, "An outcome": outcome} {
		want := slices.Sorted(maps.Keys(fields))
		if got := slices.Sorted(maps.Keys(listed(heading))); !slices.Equal(got, want) {
			t.Errorf("%q lists\n%q, the files have\n%q", heading, got, want)
		}
	}
}
