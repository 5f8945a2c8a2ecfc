package evidence

import "time"

// A Log holds the records of calls, desktop sharing and chats, each kind in any order. The
// zero Log is a log without records. This package never changes a Log.
type Log struct {
	Calls      []Call
	Recordings []Recording
	Chats      []Chat
}

// Len returns the number of records.
func (l Log) Len() int { return len(l.Calls) + len(l.Recordings) + len(l.Chats) }

// A Call is a voice call. The zero Call is not valid in a log.
type Call struct {
	Header

	// Answered is the instant at which somebody answered, between Start and End. The zero
	// Time means that the call was not answered. Such a call does not support a resolution.
	Answered time.Time

	// From and To are the telephone numbers. Optional.
	From, To string

	// Media are the files of the recorded sound. Optional.
	Media []Media

	// Transcript has the words of the call, sorted by time. Optional.
	Transcript []Message
}

// A Recording is a recording of a shared desktop. The zero Recording is not valid in a
// log.
type Recording struct {
	Header

	// Software is the name of the software that made the recording. Optional.
	Software string

	// Media are the files of the recorded screen. Optional.
	Media []Media
}

// A Chat is a written conversation. The zero Chat is not valid in a log.
type Chat struct {
	Header

	// Messages are the messages of the chat, sorted by time.
	Messages []Message

	// Media are the attached files. Optional.
	Media []Media
}

// A Message is one utterance of a call, or one message of a chat. The zero Message is not
// valid.
type Message struct {
	At   time.Time // required
	From Side      // the side that said or wrote it. Required
	Text string    // may be empty
}
