package refund

import "time"

const (
	secondsPerDay = 24 * 60 * 60

	// furthestOffset is more than the offset to UTC of any place, now or in the past.
	furthestOffset = 26 * 60 * 60
)

// An era is a period in which a location keeps one offset to UTC.
type era struct {
	starts, ends int64 // [starts, ends), in seconds since 1970
	offset       int64 // seconds east of UTC
}

// eraAt returns the era of a location that holds the given second.
func eraAt(loc *time.Location, second int64) era {
	t := time.Unix(second, 0).In(loc)
	_, offset := t.Zone()
	e := era{starts: -1 << 62, ends: 1 << 62, offset: int64(offset)}
	starts, ends := t.ZoneBounds()
	if !starts.IsZero() {
		e.starts = starts.Unix()
	}
	if !ends.IsZero() {
		e.ends = ends.Unix()
		if e.ends <= second {
			// Beyond a zone's table of changes, package time assumes years of 365 days.
			// On 31 December of a leap year, the era ends a day later than it says.
			e.ends += secondsPerDay
		}
	}
	return e
}

// holds reports whether a second lies in the era.
func (e *era) holds(second int64) bool { return e.starts <= second && second < e.ends }

// A calendar maps seconds to the days of a location. It remembers the era that was
// looked up last, because most instants of a case lie in one era.
type calendar struct {
	location *time.Location
	last     era
}

// era returns the era that holds the given second. The result is valid until the next
// call.
func (c *calendar) era(second int64) *era {
	if !c.last.holds(second) {
		c.last = eraAt(c.location, second)
	}
	return &c.last
}

// day returns the local day on which a second falls, counted from 1 January 1970.
func (c *calendar) day(second int64) int64 {
	if c.last.holds(second) {
		return c.last.day(second)
	}
	_, offset := time.Unix(second, 0).In(c.location).Zone() // half the cost of an era
	return (&era{offset: int64(offset)}).day(second)
}

// day returns the local day on which a second of the era falls, counted from
// 1 January 1970.
func (e *era) day(second int64) int64 {
	const before = 1 << 24 // more days than the calendar has before 1970: rounds down without a branch
	return int64(uint64(second+e.offset+before*secondsPerDay)/secondsPerDay) - before
}

// dayStart returns the first second at which the clocks of the location show the given
// day or a later one. time.Date does not do: where midnight does not exist, it returns
// an instant before or after the gap.
func (c *calendar) dayStart(day int64) int64 {
	midnight := day * secondsPerDay // on the local clock
	e := c.era(midnight - furthestOffset)
	for range 4 { // clocks have never changed more often within 52 hours
		if e.ends <= midnight-e.offset {
			e = c.era(e.ends)
		}
	}
	return max(e.starts, midnight-e.offset)
}
