package instant

import "time"

// Parse reads an RFC 3339 instant, or returns the reason why b is not one. It accepts the
// years 1 to 9999, an upper-case T, Z or an offset, and up to nine decimals of a second. It
// does not accept leap seconds. The result is in UTC.
func Parse(b []byte) (t time.Time, reason string) {
	p := parser{b: b}
	year := p.digits(4)
	p.byte('-')
	month := p.digits(2)
	p.byte('-')
	day := p.digits(2)
	p.byte('T')
	hour := p.digits(2)
	p.byte(':')
	minute := p.digits(2)
	p.byte(':')
	second := p.digits(2)
	nanosecond := p.fraction()
	offset := p.offset()
	if p.bad || p.at != len(b) {
		return time.Time{}, "is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00"
	}
	t = time.Date(year, time.Month(month), day, hour, minute, second, nanosecond, time.UTC)
	if year == 0 || month == 0 || t.Month() != time.Month(month) || t.Day() != day || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, "is not a date of the years 1 to 9999 and a time of day"
	}
	t = t.Add(-time.Duration(offset) * time.Second)
	if t.IsZero() {
		return time.Time{}, "is the first instant of the year 1, which stands for a missing instant"
	}
	return t, ""
}

type parser struct {
	b   []byte
	at  int
	bad bool
}

// is skips c if it is the next byte, and reports whether it was.
func (p *parser) is(c byte) bool {
	if p.at < len(p.b) && p.b[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) byte(c byte) { p.bad = !p.is(c) || p.bad }

// digits reads exactly n digits.
func (p *parser) digits(n int) (value int) {
	for range n {
		if p.at == len(p.b) || p.b[p.at] < '0' || p.b[p.at] > '9' {
			p.bad = true
			return 0
		}
		value = value*10 + int(p.b[p.at]-'0')
		p.at++
	}
	return value
}

// fraction reads the optional decimals of a second, and returns them in nanoseconds.
func (p *parser) fraction() int {
	if !p.is('.') {
		return 0
	}
	value, n := 0, 0
	for p.at < len(p.b) && '0' <= p.b[p.at] && p.b[p.at] <= '9' {
		if n++; n <= 9 {
			value = value*10 + int(p.b[p.at]-'0')
		}
		p.at++
	}
	p.bad = p.bad || n == 0 || n > 9
	for range 9 - n {
		value *= 10
	}
	return value
}

// offset reads Z or an offset to UTC, in seconds.
func (p *parser) offset() int {
	sign := 1
	switch {
	case p.is('Z'):
		return 0
	case p.is('-'):
		sign = -1
	case p.is('+'):
	default:
		p.bad = true
	}
	hours := p.digits(2)
	p.byte(':')
	minutes := p.digits(2)
	p.bad = p.bad || hours > 23 || minutes > 59
	return sign * (hours*60 + minutes) * 60
}

// Append appends an instant in UTC, with as many decimals of a second as it needs.
func Append(b []byte, t time.Time) []byte {
	return t.UTC().AppendFormat(b, time.RFC3339Nano)
}
