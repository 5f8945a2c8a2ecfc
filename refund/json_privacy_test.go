package refund_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
)

var jsonSecrets = []string{
	"Jane Q. Secret +1 555 0100",
	"+1-555-0100",
	"secret.jane@example.com",
	"2026-03-01 Jane Q. Secret",
	"1985-02-30",                        // a mistyped birthday
	"0100.4111",                         // digits, as in an amount
	"Jane/Secret",                       // a text like the name of a zone
	"hunter2!",                          // a password
	"janejanejanejanejanejanejanejanej", // an identifier, except for its length
}

// checkNoSecret fails if an error reveals a part of a secret, in its text or in a fault.
func checkNoSecret(t *testing.T, where string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	texts := []string{err.Error()}
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, fault := range invalid.Faults {
			texts = append(texts, fault.Path, fault.Reason)
		}
	}
	for _, text := range texts {
		for _, part := range []string{"jane", "secret", "0100", "1985", "hunter"} {
			if strings.Contains(strings.ToLower(text), part) {
				t.Errorf("%s: an error reveals it: %s", where, text)
				return
			}
		}
	}
}

// read reads a text with every reader of the package.
func read(t *testing.T, where string, text []byte) {
	t.Helper()
	c, err := readCase(text)
	checkNoSecret(t, where, err)
	if err == nil {
		c.Subscription.Start = c.Request.At.AddDate(0, 0, 1)
		_, err = c.AppendJSON(nil)
		checkNoSecret(t, where, err)
	}
	d, err := document.Decode(text)
	checkNoSecret(t, where, err)
	if err == nil {
		_, err = d.Evaluate()
		checkNoSecret(t, where, err)
		d.Policy.Version = ""
		_, err = d.Append(nil)
		checkNoSecret(t, where, err)
	}
	var host refund.Case
	if json.Valid(text) { // otherwise encoding/json quotes a character itself
		checkNoSecret(t, where, json.Unmarshal(text, &host))
	}
}

// A place is a position of a value in a JSON text; set replaces the value.
type place struct {
	path string
	key  func(name string) // renames the field; nil for an element
	set  func(value any)
	text bool
}

// places returns every place of a text, and a function that returns the current text. Make
// each edit on a fresh result of places.
func places(t *testing.T, text string) (list []place, write func() []byte) {
	t.Helper()
	var root any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&root); err != nil {
		t.Fatal(err)
	}
	var down func(path string, value any)
	down = func(path string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(value)) {
				field := value[name]
				_, isText := field.(string)
				list = append(list, place{
					path: path + "." + name,
					key:  func(other string) { delete(value, name); value[other] = field },
					set:  func(other any) { value[name] = other },
					text: isText,
				})
				down(path+"."+name, field)
			}
		case []any:
			for i, element := range value {
				list = append(list, place{path: fmt.Sprintf("%s[%d]", path, i), set: func(other any) { value[i] = other }})
				down(fmt.Sprintf("%s[%d]", path, i), element)
			}
		}
	}
	down("", root)
	return list, func() []byte {
		b, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

// The test puts a secret into every place of a document: as a text, as a name and as part of
// other values.
func TestErrorsDoNotRevealSecrets(t *testing.T) {
	all, _ := places(t, documentText)
	if len(all) < 50 {
		t.Fatalf("only %d places", len(all))
	}
	for _, secret := range jsonSecrets {
		t.Run(secret, func(t *testing.T) {
			for i, p := range all {
				for name, edit := range map[string]func(place){
					"as its value":  func(p place) { p.set(secret) },
					"in an array":   func(p place) { p.set([]any{secret}) },
					"in an object":  func(p place) { p.set(map[string]any{secret: secret}) },
					"as money":      func(p place) { p.set(map[string]any{"amount": secret, "currency": secret}) },
					"in a currency": func(p place) { p.set(map[string]any{"amount": "1.00", "currency": secret}) },
					"as its name": func(p place) {
						if p.key != nil {
							p.key(secret)
						}
					},
				} {
					fresh, write := places(t, documentText)
					edit(fresh[i])
					read(t, p.path+" "+name, write())
				}
			}
		})
	}
}

// The test puts a secret into every free text of a document, and then damages the document in
// every place.
func TestErrorsDoNotRevealOtherFields(t *testing.T) {
	secret := jsonSecrets[0]
	filled := edit(t, documentText,
		`"id": "SUB-1"`, `"id": "`+secret+`"`, account, `"account": "`+secret+`a"`, code, `"code": "`+secret+`"`,
		`"id": "T-1", "subscription": "SUB-1"`, `"id": "`+secret+`", "subscription": "`+secret+`"`, `"T-2"`, `"`+secret+`2"`,
		`"ACC-8"`, `"`+secret+`"`, `"ops-3"`, `"`+secret+`"`, `closed,\n\"not\" satisfied`, secret,
		`"subject": "T-1"`, `"subject": "`+secret+`"`, `no call found`, secret)
	all, _ := places(t, filled)
	for i, p := range all {
		for _, value := range []any{nil, 1, true, "", "x", []any{}, map[string]any{}, secret} {
			fresh, write := places(t, filled)
			fresh[i].set(value)
			read(t, p.path, write())
		}
		if p.key != nil {
			fresh, write := places(t, filled)
			fresh[i].key("x")
			read(t, p.path, write())
		}
	}
	for n := 0; n < len(filled); n += 7 {
		read(t, "cut short", []byte(filled[:n]))
	}
	// Faults that only a text can have: repeated fields and repeated ids of issues.
	read(t, "an id twice", []byte(edit(t, filled, `"account"`, `"id": "`+secret+`", "account"`)))
	read(t, "a secret name twice", []byte(edit(t, filled, `"account"`, `"`+secret+`": 1, "`+secret+`": 1, "account"`)))
	read(t, "an issue's id twice", []byte(edit(t, filled, `"`+secret+`2"`, `"`+secret+`"`)))
	read(t, "another subscription", []byte(edit(t, filled, `"subscription": "`+secret+`"`, `"subscription": "`+secret+`b"`)))
	read(t, "a bad character", []byte(edit(t, filled, `"`+secret+`2"`, `"`+secret+"\xff\"")))
}
