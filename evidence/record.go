package evidence

import (
	"strconv"
	"strings"
)

// A Ref names a record of a log by kind and id. The zero Ref names no record.
type Ref struct {
	Kind Kind
	ID   string
}

// String returns the kind and the id, such as "call C-17".
func (r Ref) String() string { return r.Kind.String() + " " + r.ID }

// A refList writes a list of records in a sentence: it names the first three and counts the
// others.
type refList struct {
	first []string
	more  int
}

func (l *refList) add(ref Ref) {
	const most = 3
	if len(l.first) == most {
		l.more++
		return
	}
	l.first = append(l.first, ref.String())
}

func (l *refList) String() string {
	last := len(l.first) - 1
	switch {
	case l.more > 0:
		return strings.Join(l.first, ", ") + " and " + strconv.Itoa(l.more) + " more"
	case last == 0:
		return l.first[0]
	}
	return strings.Join(l.first[:last], ", ") + " and " + l.first[last]
}

// A record is a record of any kind, for code that treats all kinds alike.
type record struct {
	kind     Kind
	index    int // in the log's list of its kind
	header   *Header
	media    []Media
	messages []Message
	call     *Call  // nil for recordings and chats
	software string // empty for calls and chats
}

func (r *record) ref() Ref { return Ref{r.kind, r.header.ID} }

// path returns the path of the record in its log, such as "calls[3]".
func (r *record) path() string { return element(r.kind.String()+"s", r.index) }

// records returns all records: calls, then recordings, then chats.
func (l *Log) records() []record {
	list := make([]record, 0, l.Len())
	for i := range l.Calls {
		c := &l.Calls[i]
		list = append(list, record{kind: KindCall, index: i, header: &c.Header, media: c.Media, messages: c.Transcript, call: c})
	}
	for i := range l.Recordings {
		r := &l.Recordings[i]
		list = append(list, record{kind: KindRecording, index: i, header: &r.Header, media: r.Media, software: r.Software})
	}
	for i := range l.Chats {
		c := &l.Chats[i]
		list = append(list, record{kind: KindChat, index: i, header: &c.Header, media: c.Media, messages: c.Messages})
	}
	return list
}
