package evidence

import "errors"

// A structured logger passes a value inside a slice or a struct to an encoder, which would
// write every field. The methods below make the encoders fail. Package evidence/jsonl writes
// records.

var errNotEncoded = errors.New("evidence: records are private and cannot be encoded; use package evidence/jsonl to write them")

// MarshalText returns an error, so that encoding/json, encoding/xml and JSON loggers write
// no text.
func (c Call) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (c Call) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/json, encoding/xml and JSON loggers write
// no text.
func (r Recording) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (r Recording) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/json, encoding/xml and JSON loggers write
// no text.
func (c Chat) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (c Chat) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/json, encoding/xml and JSON loggers write
// no text.
func (h Header) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (h Header) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/json, encoding/xml and JSON loggers write
// no text.
func (m Message) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (m Message) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/json, encoding/xml and JSON loggers write
// no text.
func (m Media) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (m Media) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/json, encoding/xml and JSON loggers write
// no text.
func (l Log) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (l Log) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/json, encoding/xml and JSON loggers write
// no text.
func (c MediaCheck) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (c MediaCheck) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }
