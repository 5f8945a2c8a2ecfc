package chats

import "errors"

// A structured logger passes a value inside a slice or a struct to an encoder, which would
// write every field. So encoders other than encoding/json are refused here, too.

var errNotEncoded = errors.New("chats: a conversation is private and cannot be encoded")

// MarshalText returns an error, so that encoding/xml and encoders like it write no text.
func (c Conversation) MarshalText() ([]byte, error) { return nil, errNotEncoded }

// MarshalBinary returns an error, so that encoding/gob and encoders like it write no text.
func (c Conversation) MarshalBinary() ([]byte, error) { return nil, errNotEncoded }
