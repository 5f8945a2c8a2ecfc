package tickets

import "errors"

// A structured logger passes a value inside a slice or a struct to an encoder, which would
// write every field. So encoders other than encoding/json are refused here, too.

var errNotEncoded = errors.New("tickets: a ticket is private and cannot be encoded")

// MarshalText returns an error, so that encoding/xml and encoders like it write no text.
func (t Ticket) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (t Ticket) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/xml and encoders like it write no text.
func (e Event) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (e Event) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }
