package csvlog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// secrets are texts that people write. No part of them may appear in errors or logs.
var secrets = []string{`"Jane Secret" <+15550177>`, "15550177", "Secret, Jane", "Jane\x00Secret", "Secret Jos\xe9", "JANE SECRET"}

func keeps(t *testing.T, where, text string) {
	t.Helper()
	for _, part := range []string{"jane", "secret", "5550177", "Jos"} {
		if strings.Contains(strings.ToLower(text), part) {
			t.Errorf("%s: %q appears: %.300q", where, part, text)
		}
	}
}

func keepsAll(t *testing.T, where string, value any) {
	t.Helper()
	for format, text := range testkit.Formatted(value) {
		keeps(t, where+" "+format, text)
	}
	asText, asJSON := testkit.Logged(value)
	keeps(t, where, asText+asJSON)
}

func keepsError(t *testing.T, where string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	keepsAll(t, where, err)
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		b, jsonErr := json.Marshal(invalid)
		keeps(t, where, string(b)+fmt.Sprint(jsonErr))
	}
}

// A secret stands in each column, quoted or not, as a name of a column, and in the place
// of the line of names.
func TestErrorsAndWarningsKeepSecrets(t *testing.T) {
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	check := func(where, file string, m csvlog.Mapping) {
		t.Helper()
		in, err := csvlog.NewReader(strings.NewReader(file), inUTC(m))
		keepsError(t, where, err)
		if err != nil {
			return
		}
		for record, err := range in.All() {
			keepsError(t, where, err)
			keepsAll(t, where, record)
			for _, w := range record.Warnings {
				keeps(t, where, w.Error())
			}
		}
	}
	ordered := calls()
	ordered.Columns = strings.Split(header, ",")
	for _, secret := range secrets {
		testkit.Row(t, fmt.Sprintf("%q", secret), func(t *testing.T) {
			for _, column := range strings.Split(header, ",") {
				for _, text := range []string{secret, quote(secret), quote(secret) + "x"} {
					check(column, header+"\n"+with(column, text), calls())
					check(column+" without names", with(column, text), ordered)
				}
			}
			check("a name", secret+","+header+"\n"+secret+","+row, calls())
			check("no names", strings.Repeat(secret+",", 12)+secret, calls())
			check("too few columns", header+"\n"+secret, calls())
		})
	}
}

func TestRecordsKeepSecrets(t *testing.T) {
	for _, mapping := range []csvlog.Mapping{calls(), csvlog.TeamViewer()} {
		file := header + "\n" + with("id", "Jane", "account", "Secret", "agent", "15550177", "from", "Jane", "to", "Secret", "issues", "Jane")
		if mapping.Software != "" {
			file = "id,username,start_date,end_date\nJane,Secret,2026-03-02 10:00:00,2026-03-02 10:00:00"
		}
		in, err := csvlog.NewReader(strings.NewReader(file), inUTC(mapping))
		if err != nil {
			t.Fatal(err)
		}
		for record, err := range in.All() {
			if err != nil {
				t.Fatal(err)
			}
			type host struct {
				Record csvlog.Record
				Next   *csvlog.Record
			}
			for where, value := range map[string]any{
				"a record": record, "a pointer": &record, "records": []csvlog.Record{record}, "a struct": host{record, &record},
				"a map": map[string]csvlog.Record{"x": record},
			} {
				keepsAll(t, where, value)
				if b, err := json.Marshal(value); err == nil {
					t.Errorf("%s is written as JSON: %s", where, b)
				}
			}
		}
	}
	if got := fmt.Sprint(csvlog.Record{}); got != "no record" {
		t.Errorf("the zero Record prints as %q", got)
	}
}
