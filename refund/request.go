package refund

import (
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Request is the customer asking for the money back, which is also the
// cancellation ([ClauseTicket]). The zero Request is not valid in a case.
type Request struct {
	// At is the instant of the request, which decides: the sending of an e-mail, the
	// start of a call. Required, not before the subscription.
	At time.Time

	// By is the account id of who asked; empty means not known. A stranger blocks the
	// refund unless a satisfied finding on ClauseAccountAccess, whose subject is By, vouches
	// for the requester.
	By string

	// RecordedBy is the officer who recorded the request, if one did.
	RecordedBy string

	// Channel is how it came. Required.
	Channel Channel

	// Reason is why, in the customer's words. An e-mail is to state one; blanks state
	// none.
	Reason string

	// CalledBack is when the call back was made, not before At. The zero Time means
	// that none is recorded ([ClauseCallback]).
	CalledBack time.Time
}

// Channel is how a request came. The zero Channel is unset.
type Channel uint8

const (
	// ChannelEmail is an e-mail, which is to state the reason.
	ChannelEmail Channel = iota + 1
	// ChannelPhone is a call to the cancellation desk, which is to come while the
	// desk is open.
	ChannelPhone
	// ChannelOther is any other way, which the policy does not know.
	ChannelOther
)

var channelCodes = enum.Of[Channel]("Channel", "email", "phone", "other")

// String returns the code, such as "email".
func (c Channel) String() string { return channelCodes.String(c) }

// MarshalText returns the code, empty for the zero value.
func (c Channel) MarshalText() ([]byte, error) { return marshalCode("channel", channelCodes, c) }

// UnmarshalText reads a code; an empty text is the zero value.
func (c *Channel) UnmarshalText(text []byte) error {
	return invalid("channel", channelCodes.Parse(text, c))
}

func (r *Request) validate(f *Faults, start time.Time) {
	if reason := instant.Fault(r.At); reason != "" {
		f.Add("request.at", reason)
	} else if instant.Fault(start) == "" && instant.Before(r.At, start) {
		f.Add("request.at", "is before subscription.start")
	}
	f.Add("request.by", ident.Fault(r.By))
	f.Add("request.recorded_by", ident.Fault(r.RecordedBy))
	f.Add("request.channel", channelCodes.Fault(r.Channel))
	if r.CalledBack.IsZero() {
		return
	}
	if !instant.Writable(r.CalledBack) {
		f.Add("request.called_back", instant.OutsideYears)
	} else if instant.Fault(r.At) == "" && instant.Before(r.CalledBack, r.At) {
		f.Add("request.called_back", "is before request.at")
	}
}

// reasoned reports whether a reason is stated.
func (r *Request) reasoned() bool {
	plain := r.Reason != "" && ' ' < r.Reason[0] && r.Reason[0] < 0x7f // as nearly all begin
	return plain || strings.TrimSpace(r.Reason) != ""
}
