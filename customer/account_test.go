package customer_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// plant puts a secret into every text of a value except ids, and returns the number of secrets.
func plant(v reflect.Value) (planted int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("Jane Secret")
		return 1
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			planted += plant(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch name := v.Type().Field(i).Name; {
			case v.Type() == reflect.TypeFor[time.Time](), name == "ID", name == "Account":
			default:
				planted += plant(v.Field(i))
			}
		}
	}
	return planted
}

// secretAccount returns an account with a secret in every text that is not an id, including
// fields that are added later.
func secretAccount(t *testing.T) customer.Account {
	t.Helper()
	var account customer.Account
	if n := plant(reflect.ValueOf(&account).Elem()); n < 4 { // holder, username, two particulars
		t.Fatalf("only %d texts were planted", n)
	}
	account.ID = "ACC-7"
	return account
}

type (
	embeds struct{ customer.Account }
	holds  struct{ Account customer.Account }
)

// wrapped returns an account inside the values that a host may use.
func wrapped(account customer.Account) map[string]any {
	return map[string]any{
		"a value":               account,
		"a pointer":             &account,
		"a slice":               []customer.Account{account},
		"a slice of pointers":   []*customer.Account{&account},
		"an array":              [1]customer.Account{account},
		"a map":                 map[string]customer.Account{"key": account},
		"a field":               holds{account},
		"a pointer to a field":  &holds{account},
		"an embedded field":     embeds{account},
		"a slice of interfaces": []any{account, &account},
		"a list in a field":     struct{ List []map[string]any }{[]map[string]any{{"key": []holds{{account}}}}},
	}
}

func TestVerbsAndHandlersDoNotWriteTheHolder(t *testing.T) {
	for in, value := range wrapped(secretAccount(t)) {
		t.Run(in, func(t *testing.T) {
			for format, text := range testkit.Formatted(value) {
				if strings.Contains(text, "Secret") {
					t.Errorf("%s writes %s", format, text)
				}
			}
			asText, asJSON := testkit.Logged(value)
			if strings.Contains(asText+asJSON, "Secret") {
				t.Errorf("a logger writes\n%s%s", asText, asJSON)
			}
		})
	}
}

func TestEncodersRejectAnAccount(t *testing.T) {
	encoders := map[string]func(any) ([]byte, error){
		"encoding/json": json.Marshal,
		"encoding/xml":  xml.Marshal,
		"encoding/gob": func(value any) ([]byte, error) {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(value)
			return b.Bytes(), err
		},
	}
	for in, value := range wrapped(secretAccount(t)) {
		for encoder, encode := range encoders {
			text, err := encode(value)
			if err == nil || strings.Contains(string(text), "Secret") || strings.Contains(err.Error(), "Secret") {
				t.Errorf("%s of %s: %q, %v", encoder, in, text, err)
			}
		}
	}
	for encoder, encode := range encoders {
		if text, err := encode(customer.Account{}); err == nil {
			t.Errorf("%s writes the zero account: %q", encoder, text)
		}
	}
}

func TestFindingsDoNotNameTheHolder(t *testing.T) {
	account := secretAccount(t)
	for i := range account.Particulars { // the names of form fields, not of people
		account.Particulars[i].Name = "telephone"
	}
	findings := customer.Review(account, customer.Requester{Account: "ACC-9"}, nil, asked, decided)
	if text := fmt.Sprintf("%#v", findings); len(findings) != 5 || strings.Contains(text, "Secret") {
		t.Errorf("%d findings: %s", len(findings), text)
	}
}

func TestAccountString(t *testing.T) {
	for _, row := range []struct {
		reason  string
		account customer.Account
		want    string
	}{
		{"no fact is known", customer.Account{}, "account with an unknown id"},
		{"the id alone", customer.Account{ID: "A", Holder: "Jo Park", Username: "jo"}, "account A"},
		{"each count with its own plural", customer.Account{ID: "A", Delegates: make([]customer.Delegate, 2), Reports: make([]customer.MisuseReport, 1)}, "account A (2 delegates, 1 report)"},
		{"reports alone", customer.Account{ID: "A", Reports: make([]customer.MisuseReport, 2)}, "account A (2 reports)"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			asText, asJSON := testkit.Logged(row.account)
			if got := row.account.String(); got != row.want || fmt.Sprintf("%+v", &row.account) != row.want {
				t.Errorf("got %q and %+v, want %q", got, &row.account, row.want)
			}
			if !strings.Contains(asText, row.want) || !strings.Contains(asJSON, `"`+row.want+`"`) {
				t.Errorf("want %q in the logs:\n%s%s", row.want, asText, asJSON)
			}
		})
	}
}

// No type has a field for a password, a key or another secret.
func TestNoFieldForAPassword(t *testing.T) {
	var walk func(reflect.Type)
	seen := map[reflect.Type]bool{}
	walk = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Slice, reflect.Array, reflect.Pointer, reflect.Map:
			walk(typ.Elem())
			return
		case reflect.Struct:
		default:
			return
		}
		if seen[typ] || typ == reflect.TypeFor[time.Time]() {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			name := strings.ToLower(typ.Field(i).Name)
			for _, word := range []string{"pass", "secret", "pin", "credential", "token", "hash", "answerto"} {
				if strings.Contains(name, word) {
					t.Errorf("%v.%s", typ, typ.Field(i).Name)
				}
			}
			walk(typ.Field(i).Type)
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[customer.Account](), reflect.TypeFor[customer.Requester](), reflect.TypeFor[customer.Attestations]()} {
		walk(typ)
	}
	if len(seen) < 6 {
		t.Errorf("only %d types were checked", len(seen))
	}
}
