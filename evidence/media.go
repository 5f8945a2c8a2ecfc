package evidence

// Media is a file that belongs to a record, such as the sound of a call or the video
// of a screen: how it is found and known again, never its bytes. The zero Media is
// not valid in a log.
type Media struct {
	// Name is the file's path as package io/fs has it: with slashes, and not rooted.
	// Required.
	Name string

	// Size is the file's length in bytes. It may be 0.
	Size int64

	// SHA256 is the digest of its bytes: 64 hexadecimal digits, in lower case. Required.
	SHA256 string

	// Type is its MIME type, such as "audio/ogg". Required.
	Type string
}

// content returns the medium without its type, which is not what it holds.
func (m Media) content() Media {
	m.Type = ""
	return m
}
