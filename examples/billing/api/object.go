package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// object reads a JSON object, which has a path in the body, as strictly as the library reads a
// case: fields has where each field is stored, by its exact name, and each may occur once.
func object(text []byte, path string, fields map[string]any) error {
	var faults refund.Faults
	at := func(name string) string { return strings.Trim(path+"."+name, ".") }
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		faults.Add(path, "must be a JSON object")
		return faults.Err()
	}
	read := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		name, _ := key.(string)
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			break
		}
		var invalid *refund.InvalidError
		target, known := fields[name]
		if !known {
			faults.Add(at("…"), "unknown field")
		} else if read[name] {
			faults.Add(at(name), "is given twice")
		} else if string(value) == "null" {
			faults.Add(at(name), "must not be null")
		} else if err := json.Unmarshal(value, target); errors.As(err, &invalid) {
			for _, f := range invalid.Faults {
				faults.Add(strings.Trim(at(name)+"."+f.Path, "."), f.Reason)
			}
		} else if err != nil {
			faults.Add(at(name), "has the wrong type")
		}
		read[name] = true
	}
	if t, err := d.Token(); err != nil || t != json.Delim('}') {
		faults.Add(path, "is not valid JSON")
	} else if _, err := d.Token(); err != io.EOF {
		faults.Add(path, "must end after the object")
	}
	return faults.Err()
}
