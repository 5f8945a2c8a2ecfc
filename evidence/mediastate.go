package evidence

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// MediaState is the result of checking a file. The zero MediaState is unset.
type MediaState uint8

const (
	// MediaIntact: the file has the size and the digest that the log states.
	MediaIntact MediaState = iota + 1
	// MediaAltered: the file is longer than the log states, or has another digest.
	MediaAltered
	// MediaTruncated: the file is shorter than the log states.
	MediaTruncated
	// MediaMissing: the file does not exist.
	MediaMissing
	// MediaUnreadable: the file could not be read, or is not a regular file. MediaCheck.Err
	// has the cause.
	MediaUnreadable
)

var mediaStateCodes = enum.Of[MediaState]("MediaState", "intact", "altered", "truncated", "missing", "unreadable")

// String returns the code, such as "altered".
func (s MediaState) String() string { return mediaStateCodes.String(s) }

// MarshalText returns the code, empty for the zero value.
func (s MediaState) MarshalText() ([]byte, error) {
	text, reason := mediaStateCodes.Text(s)
	return text, invalid("state", reason)
}
