package evidence

// Media describes a file that belongs to a record, such as the sound of a call or the
// video of a screen. It does not hold the file's content. The zero Media is not valid in a
// log.
type Media struct {
	// Name is the path of the file, valid for package io/fs: with slashes between its parts
	// and no slash at the beginning. Required.
	Name string

	// Size is the file's length in bytes. It may be 0.
	Size int64

	// SHA256 is the digest of the file's bytes: 64 hexadecimal digits, in lower case.
	// Required.
	SHA256 string

	// Type is its MIME type, such as "audio/ogg". Required.
	Type string
}

// content returns the medium without its type, since a check does not depend on the type.
func (m Media) content() Media {
	m.Type = ""
	return m
}
