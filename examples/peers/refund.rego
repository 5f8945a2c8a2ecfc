package refund

default refundable := 0

refundable := max([0, min([input.price - (input.charge * resolved), input.paid]) - (input.refunded + input.disputed)]) if {
	not input.one_time
	in_window
}

# Rego can tell the day of an instant in a zone, but not the instant at which a day
# begins there; so days are compared, and arrays are in the order of the calendar.
in_window if time.date([input.asked, data.policy.location]) <= last_day

# time.add_date knows no zone: the day is taken as one of UTC, counted from 1970-01-01.
last_day := time.date(time.add_date(0, year - 1970, month - 1, (day - 1) + data.policy.window_days)) if {
	[year, month, day] := time.date([input.start, data.policy.location])
}

resolved := count([r | some r in input.resolved; r >= input.start; r <= input.asked])
