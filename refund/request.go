package refund

import (
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Request is a customer's request for a refund ([ClauseTicket]). The request is also
// the cancellation of the service: ending the service is up to the host and does not wait
// for the refund. The zero Request is not valid in a case.
type Request struct {
	// At is the instant of the request: when the e-mail was sent or the call started. A
	// refund is possible only if it is in the window. Required, not before the
	// subscription.
	At time.Time

	// By is the account id of the requester; empty means not known. If both By and
	// Subscription.Account are known and differ, the refund is held, unless a satisfied
	// finding on ClauseAccountAccess has By as its subject.
	By string

	// RecordedBy is the officer who recorded the request. Optional.
	RecordedBy string

	// Channel is the way in which the customer made the request. Required.
	Channel Channel

	// Reason is the customer's reason. The policy requires one in an e-mail; a reason of
	// white space only counts as missing.
	Reason string

	// CalledBack is the instant of the call back, not before At. The zero Time means that
	// no call back is recorded ([ClauseCallback]).
	CalledBack time.Time
}

// Channel is the way in which a customer made a request. The zero Channel is unset.
type Channel uint8

const (
	// ChannelEmail is an e-mail, which must state the reason.
	ChannelEmail Channel = iota + 1
	// ChannelPhone is a call to the cancellation desk, which must come while the desk is
	// open.
	ChannelPhone
	// ChannelOther is any other way. ClauseTicket objects to it.
	ChannelOther
)

var channelCodes = enum.Of[Channel]("Channel", "email", "phone", "other")

// String returns the code, such as "email".
func (c Channel) String() string { return channelCodes.String(c) }

// MarshalText returns the code, or an empty text for the zero value.
func (c Channel) MarshalText() ([]byte, error) { return marshalCode("channel", channelCodes, c) }

// UnmarshalText reads a code. An empty text is the zero value.
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

// reasoned reports whether the request states a reason.
func (r *Request) reasoned() bool {
	plain := r.Reason != "" && ' ' < r.Reason[0] && r.Reason[0] < 0x7f // fast path for most reasons
	return plain || strings.TrimSpace(r.Reason) != ""
}
