package notice

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Message is a text for a person, in two forms with the same content. The zero Message is
// empty.
type Message struct {
	Subject string
	Text    string // plain text in lines of at most 72 characters, unless a word is longer
	HTML    string // a whole document, well-formed as XML too, without scripts and outside references
}

// A page is the content of a letter, of which text and HTML are made. Its strings are plain
// text on one line.
type page struct {
	outcome *refund.Outcome
	opt     *Options

	subject  string
	private  bool      // no subscription id
	written  time.Time // the date of the letter, or the zero Time
	amount   figure    // the headline; the zero Money for none
	first    string    // the first paragraph
	said     []string  // paragraphs after it
	figures  figures
	released figure // the part of the total that a decision releases; the zero Money for none
	grounds  []string
	facts    [][2]string
	next     []string
}

func newPage(o *refund.Outcome, opt *Options) *page {
	return &page{outcome: o, opt: opt, written: opt.Written}
}

func (p *page) headline(label string, m refund.Money) { p.amount = figure{label, m} }
func (p *page) lead(s string)                         { p.first = s }
func (p *page) say(s string)                          { p.said = append(p.said, s) }
func (p *page) then(s string)                         { p.next = append(p.next, s) }
func (p *page) fact(label, value string)              { p.facts = append(p.facts, [2]string{label, value}) }

// explain adds the company's own sentence.
func (p *page) explain() {
	if s := plain(p.opt.Explanation); s != "" {
		p.say(s)
	}
}

// reach returns how the customer reaches the company, after "please".
func (p *page) reach() string {
	if contact := plain(p.opt.Contact); contact != "" {
		return "contact us (" + contact + ")"
	}
	return "reply to this letter"
}

// write is reach with the last day for an answer.
func (p *page) write() string {
	if p.opt.ReplyBy.IsValid() {
		return p.reach() + " by " + date(p.opt.ReplyBy)
	}
	return p.reach()
}

// greeting returns the beginning of the letter.
func (p *page) greeting() string {
	if name := plain(p.opt.Customer); name != "" {
		return "Dear " + name + ","
	}
	return "Hello,"
}

// reference returns the number that the customer is to quote.
func (p *page) reference() string {
	if s := plain(p.opt.Reference); s != "" {
		return s
	}
	if p.private {
		return ""
	}
	return short(p.outcome.Subscription)
}

// date returns the date of the letter at the policy's location.
func (p *page) date() string {
	if p.written.IsZero() {
		return ""
	}
	return day(p.written.In(p.outcome.Basis.RequestedAt.Location()))
}

// company returns the signature.
func (p *page) company() string {
	if s := plain(p.opt.Company); s != "" {
		return s
	}
	return "Your support team"
}

// single reports whether a sum has no line but the first.
func (f *figures) single() bool { return len(f.lines) == 1 }
