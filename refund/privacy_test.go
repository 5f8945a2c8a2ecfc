package refund_test

import (
	"database/sql"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Texts that people write into the fields of a case, and the parts that must not appear in errors.
var secrets = []struct {
	because string
	text    string
	parts   []string
}{
	{"a name and a telephone number", "Jane Q. Secret +1 555 0100", []string{"Jane", "Secret", "555", "0100"}},
	{"a name in lower case", "jane q. secret", []string{"jane", "secret"}},
	{"a name of another script", "Žofie Tajná", []string{"ofie", "Tajn"}},
	{"an e-mail address", "jane@example.test", []string{"jane", "example"}},
	{"words with a line break", "Jane\nSecret", []string{"Jane", "Secret"}},
	{"a telephone number with spaces", "555 0100 7788", []string{"555", "0100", "7788"}},
	{"a telephone number in brackets", "(555)0100", []string{"555", "0100"}},
	{"a birthday that is not on the calendar", "1985-02-30", []string{"1985", "02-30"}},
	{"the end of a card's number, as an amount", "0100.4111", []string{"0100", "4111"}},
	{"a zone that might be a name", "Jane/Secret", []string{"Jane", "Secret"}},
	{"a transcript", strings.Repeat("Jane said Secret. ", 1000), []string{"Jane", "Secret"}},
}

// noLeak checks that no text of an error contains a secret.
func noLeak(t *testing.T, where string, err error, parts []string) {
	t.Helper()
	if err == nil {
		return
	}
	shown := []string{err.Error(), fmt.Sprintf("%+v", err)}
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, f := range invalid.Faults {
			shown = append(shown, f.Path, f.Reason, f.Error())
		}
		if j, err := json.Marshal(invalid); err == nil {
			shown = append(shown, string(j))
		}
	}
	for _, s := range shown {
		for _, part := range parts {
			if strings.Contains(s, part) {
				t.Errorf("%s: %q gets out: %.300s", where, part, s)
				return
			}
		}
	}
}

// plant visits every leaf below v.
func plant(t *testing.T, v reflect.Value, path string, visit func(path string, leaf reflect.Value)) {
	t.Helper()
	switch v.Interface().(type) {
	case time.Time, refund.Money, *time.Location:
		visit(path, v)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			plant(t, v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			plant(t, v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	default:
		visit(path, v)
	}
}

func TestErrorsOfACaseKeepSecrets(t *testing.T) {
	policy := refund.Published(placeOf(t, "America/New_York"))
	for _, s := range secrets {
		if s.because == "" {
			t.Error("a row has no reason")
		}
		judge := func(where string, c refund.Case) {
			noLeak(t, where, c.Validate(), s.parts)
			_, err := policy.Evaluate(c)
			noLeak(t, where, err, s.parts)
		}
		fields := 0
		one, all, broken := soundCase(), soundCase(), soundCase()
		plant(t, reflect.ValueOf(&one).Elem(), "Case", func(path string, leaf reflect.Value) {
			if leaf.Kind() != reflect.String {
				return
			}
			fields++
			old := leaf.String()
			leaf.SetString(s.text)
			judge(path, one)
			leaf.SetString(old)
		})
		if fields < 14 {
			t.Errorf("only %d strings in a case", fields)
		}
		// First the secret is in every text, so that ids repeat. Then every other field is
		// made faulty as well, so that every possible fault is reported.
		plant(t, reflect.ValueOf(&all).Elem(), "Case", func(_ string, leaf reflect.Value) {
			if leaf.Kind() == reflect.String {
				leaf.SetString(s.text)
			}
		})
		judge("everywhere", all)
		plant(t, reflect.ValueOf(&broken).Elem(), "Case", func(_ string, leaf reflect.Value) {
			if leaf.Kind() == reflect.String {
				leaf.SetString(s.text)
			} else {
				leaf.SetZero()
			}
		})
		broken.Subscription.ID = "SUB-1"
		judge("with all else broken", broken)
		if broken.Validate() == nil || all.Validate() == nil {
			t.Error("no text was refused: this test is wrong")
		}
	}
}

func TestErrorsOfAPolicyKeepSecrets(t *testing.T) {
	for _, s := range secrets {
		p := refund.Policy{Version: strings.Repeat(s.text, 10), Location: time.FixedZone(s.text, 0)}
		if p.Validate() == nil {
			t.Error("no text was refused: this test is wrong")
		}
		noLeak(t, s.because, p.Validate(), s.parts)
		_, err := p.Evaluate(soundCase())
		noLeak(t, s.because, err, s.parts)
		_, err = p.Window(time.Time{})
		noLeak(t, s.because, err, s.parts)
		_, err = p.Callback(time.Time{})
		noLeak(t, s.because, err, s.parts)
	}
}

// errorsOfReading passes a text to every reader of this package, and returns the errors by
// the name of the reader.
func errorsOfReading(t *testing.T, text string) map[string]error {
	t.Helper()
	errs := map[string]error{}
	for _, target := range []any{
		new(refund.Money), new(refund.Currency), new(refund.Date), new(refund.Billing), new(refund.Channel),
		new(refund.Severity), new(refund.Clause), new(refund.Status), new(refund.Verdict), new(refund.DayCount),
		new(refund.DeductFrom), new(refund.ResolvedUntil), new(refund.CallbackClock), new(refund.OneTime), new(refund.ReleasedAmount), new(refund.GoodwillAfter),
	} {
		name := fmt.Sprintf("%T", target)
		errs[name+" text"] = target.(encoding.TextUnmarshaler).UnmarshalText([]byte(text))
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		errs[name+" JSON"] = json.Unmarshal(quoted, target)
		errs[name+" value of JSON"] = json.Unmarshal(fmt.Appendf(nil, `{"amount":%s,"currency":%s}`, quoted, quoted), target)
		errs[name+" name of JSON"] = json.Unmarshal(fmt.Appendf(nil, `{%s:"1"}`, quoted), target)
		if scanner, ok := target.(sql.Scanner); ok {
			errs[name+" SQL"] = scanner.Scan(text)
		}
	}
	_, errs["ParseMoney amount"] = refund.ParseMoney(text, "USD")
	_, errs["ParseMoney currency"] = refund.ParseMoney("1.00", text)
	_, errs["ParseMoney both"] = refund.ParseMoney(text, text)
	_, errs["ParseCurrency"] = refund.ParseCurrency(text)
	_, errs["ParseDate"] = refund.ParseDate(text)
	for where, err := range errs {
		if err == nil {
			t.Errorf("%s reads %.40q", where, text)
		}
	}
	return errs
}

func TestErrorsOfReadingKeepSecrets(t *testing.T) {
	for _, s := range secrets {
		for where, err := range errorsOfReading(t, s.text) {
			noLeak(t, where+": "+s.because, err, s.parts)
		}
	}
}

// A telephone number written as one word is not an amount or a date.
func TestErrorsOfReadingKeepTelephoneNumbers(t *testing.T) {
	for _, number := range []string{"+1-555-0100", "555-0100", "555.010.0199", "+15550100"} {
		for where, err := range errorsOfReading(t, number) {
			noLeak(t, where, err, []string{"555"})
		}
	}
}
