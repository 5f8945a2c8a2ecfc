package evidence

import (
	"iter"
	"strconv"
	"time"
)

// A Log holds the records of calls, desktop sharing and chats that a review looks at,
// each kind in any order. The zero Log states that there are none.
//
// A Log is never changed by this package.
type Log struct {
	Calls      []Call
	Recordings []Recording
	Chats      []Chat
}

// A Call is a voice call. The zero Call is not valid in a log.
type Call struct {
	Header

	// Answered is when somebody answered, from Start to End. The zero Time means that
	// nobody did; such a call shows nothing of a resolution.
	Answered time.Time

	// From and To are the telephone numbers. Optional.
	From, To string

	// Media is the recorded sound. Optional.
	Media []Media

	// Transcript is what was said, in the order of time. Optional.
	Transcript []Message
}

// A Recording is one of desktop-sharing software. The zero Recording is not valid in a
// log.
type Recording struct {
	Header

	// Software is what made it. Optional.
	Software string

	// Media is the recorded screen. Optional.
	Media []Media
}

// A Chat is a conversation in writing. The zero Chat is not valid in a log.
type Chat struct {
	Header

	// Messages are what was written, in the order of time.
	Messages []Message

	// Media is what was attached. Optional.
	Media []Media
}

// Kind is a kind of record. The zero Kind is unset.
type Kind uint8

const (
	// KindCall is a [Call].
	KindCall Kind = iota + 1
	// KindRecording is a [Recording].
	KindRecording
	// KindChat is a [Chat].
	KindChat
)

var kindCodes = [...]string{"unset", "call", "recording", "chat"}

// String returns the code, such as "call".
func (k Kind) String() string {
	if int(k) >= len(kindCodes) {
		return "Kind(" + strconv.Itoa(int(k)) + ")"
	}
	return kindCodes[k]
}

// MarshalText returns the code, empty for the zero value.
func (k Kind) MarshalText() ([]byte, error) {
	if k == 0 {
		return []byte{}, nil
	}
	if int(k) >= len(kindCodes) {
		return nil, invalid("kind", strconv.Itoa(int(k))+" is no kind")
	}
	return []byte(kindCodes[k]), nil
}

// A Ref names a record of a log. The zero Ref names none.
type Ref struct {
	Kind Kind
	ID   string
}

// String returns kind and id, such as "call C-17".
func (r Ref) String() string { return r.Kind.String() + " " + r.ID }

// Len returns how many records there are.
func (l Log) Len() int { return len(l.Calls) + len(l.Recordings) + len(l.Chats) }

// A record is what any kind of record comes to, for whoever treats all alike.
type record struct {
	kind     Kind
	index    int // in the log's list of its kind
	header   *Header
	media    []Media
	messages []Message
	call     *Call  // nil but for calls
	software string // of recordings
}

func (r *record) ref() Ref { return Ref{r.kind, r.header.ID} }

// records returns all records, list by list.
func (l *Log) records() iter.Seq[record] {
	return func(yield func(record) bool) {
		for i := range l.Calls {
			c := &l.Calls[i]
			if !yield(record{kind: KindCall, index: i, header: &c.Header, media: c.Media, messages: c.Transcript, call: c}) {
				return
			}
		}
		for i := range l.Recordings {
			r := &l.Recordings[i]
			if !yield(record{kind: KindRecording, index: i, header: &r.Header, media: r.Media, software: r.Software}) {
				return
			}
		}
		for i := range l.Chats {
			c := &l.Chats[i]
			if !yield(record{kind: KindChat, index: i, header: &c.Header, media: c.Media, messages: c.Messages}) {
				return
			}
		}
	}
}
