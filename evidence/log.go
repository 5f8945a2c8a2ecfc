package evidence

import "time"

// A Log holds the records of calls, desktop sharing and chats that a review looks at,
// each kind in any order. The zero Log states that there are none.
//
// A Log is never changed by this package.
type Log struct {
	Calls      []Call
	Recordings []Recording
	Chats      []Chat
}

// Len returns how many records there are.
func (l Log) Len() int { return len(l.Calls) + len(l.Recordings) + len(l.Chats) }

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

// A Message is one thing that was said or written. The zero Message is not valid.
type Message struct {
	At   time.Time // when. Required
	From Side      // by which side. Required
	Text string    // what; it may be empty
}
