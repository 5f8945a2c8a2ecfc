package cdr_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
)

// Encoders write what people said and their names into logs, so each of them is refused.
func TestEncodersAreRefused(t *testing.T) {
	const secret = "Jane Secret"
	encoders := map[string]func(any) ([]byte, error){
		"encoding/json": json.Marshal,
		"encoding/xml":  xml.Marshal,
		"encoding/gob": func(value any) ([]byte, error) {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(value)
			return b.Bytes(), err
		},
	}
	for _, value := range []any{cdr.Row{CallerID: secret}, &cdr.Row{CallerID: secret}, []cdr.Row{{CallerID: secret}}} {
		for encoder, encode := range encoders {
			if text, err := encode(value); err == nil || strings.Contains(string(text)+fmt.Sprint(err), secret) {
				t.Errorf("%s of %T: %q, %v", encoder, value, text, err)
			}
		}
	}
}
