package webvtt

import "errors"

// A structured logger passes a value inside a slice or a struct to an encoder, which would
// write every field. The methods below make encoders other than encoding/json fail.

var errNotEncoded = errors.New("webvtt: a transcript is private and cannot be encoded")

// MarshalText returns an error, so that encoding/xml and encoders like it write no text.
func (c Cue) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (c Cue) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/xml and encoders like it write no text.
func (s Span) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (s Span) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }

// MarshalText returns an error, so that encoding/xml and encoders like it write no text.
func (s Sides) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (s Sides) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }
