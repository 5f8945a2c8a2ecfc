package notice

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Options holds the texts that only the host knows. Letters have no other personal data. All
// fields are optional; the zero Options is valid.
//
// Texts are plain text. They are escaped in HTML. Line breaks become spaces, and control and
// bidirectional formatting characters are removed. Explanation, Payout and Statutory have at most
// 2,000 characters. Each other text, and each line of an address, has at most 100.
type Options struct {
	// Customer is the name in the greeting. Defaults to a greeting without a name.
	Customer string

	// CustomerAddress is the lines of the customer's address, at most 8.
	CustomerAddress []string

	// Company is the name of the company, which is also the signature. Defaults to
	// the signature "Your support team".
	Company string

	// CompanyAddress is the lines of the company's address, at most 8.
	CompanyAddress []string

	// Reference is the number that the customer quotes in an answer. Defaults to the id of the
	// subscription, or to no reference if the outcome is on hold.
	Reference string

	// Contact is where the customer reaches the company, such as an e-mail address or a phone
	// number. Defaults to a request to reply to the letter.
	Contact string

	// Explanation is a sentence of the company's own for the customer, placed after the
	// decision. The reason of the decision is for the company, and is never used here.
	Explanation string

	// Payout is a sentence on how and when the money arrives. It is used only where money is
	// released.
	Payout string

	// Statutory is a line about the customer's rights under the law.
	Statutory string

	// Written is the date of the letter, at the policy's location. Defaults to the date of
	// the decision, or to no date for an outcome. A Letter written after a call back was due
	// apologizes if the call is not recorded.
	Written time.Time

	// ReplyBy is the last day for an answer from the customer. Defaults to no last day.
	ReplyBy refund.Date
}

// The most characters that a text of the options may have.
const (
	longestName     = 100
	longestSentence = 2000
	mostLines       = 8
)

func (opt *Options) validate(f *refund.Faults) {
	text := func(path, s string, most int) {
		if utf8.RuneCountInString(s) > most {
			f.Add("options."+path, "has more than "+strconv.Itoa(most)+" characters")
		}
	}
	lines := func(path string, list []string) {
		if len(list) > mostLines {
			f.Add("options."+path, "has more than "+strconv.Itoa(mostLines)+" lines")
			return
		}
		for i, s := range list {
			text(path+"["+strconv.Itoa(i)+"]", s, longestName)
		}
	}
	text("customer", opt.Customer, longestName)
	lines("customer_address", opt.CustomerAddress)
	text("company", opt.Company, longestName)
	lines("company_address", opt.CompanyAddress)
	text("reference", opt.Reference, longestName)
	text("contact", opt.Contact, longestName)
	text("explanation", opt.Explanation, longestSentence)
	text("payout", opt.Payout, longestSentence)
	text("statutory", opt.Statutory, longestSentence)
	if !opt.ReplyBy.IsZero() && !opt.ReplyBy.IsValid() {
		f.Add("options.reply_by", "is not a day of the calendar")
	}
}
