package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A holiday is a day, not an instant: it has no time and no zone.
func ExampleDate() {
	holidays := []refund.Date{
		{Year: 2026, Month: time.July, Day: 3},
		{Year: 2026, Month: time.December, Day: 25},
	}
	for _, day := range holidays {
		fmt.Println(day, day.Weekday())
	}
	// Output:
	// 2026-07-03 Friday
	// 2026-12-25 Friday
}

// A day is read from a file of holidays.
func ExampleParseDate() {
	for _, text := range []string{"2026-12-25", "2026-02-29", "25.12.2026"} {
		day, err := refund.ParseDate(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(day)
	}
	// Output:
	// 2026-12-25
	// refund: invalid input: date: is not a day of the calendar
	// refund: invalid input: date: is not a date such as 2026-12-25
}

// A test or a table in the source states a day that is known to exist.
func ExampleMustDate() {
	fmt.Println(refund.MustDate("2026-12-25"))
	// Output:
	// 2026-12-25
}

// The same instant falls on different days in different places.
func ExampleDateOf() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	request := time.Date(2026, time.March, 17, 3, 30, 0, 0, time.UTC)
	fmt.Println(refund.DateOf(request), refund.DateOf(request.In(newYork)))
	// Output:
	// 2026-03-17 2026-03-16
}

// A letter names the last day of a window of 15 days.
func ExampleDate_AddDays() {
	fmt.Println(refund.MustDate("2026-03-01").AddDays(15))
	// Output:
	// 2026-03-16
}

// A list of days is put in order.
func ExampleDate_Compare() {
	a, b := refund.MustDate("2026-07-03"), refund.MustDate("2026-12-25")
	fmt.Println(a.Compare(b), b.Compare(a), a.Compare(a))
	// Output:
	// -1 1 0
}

// A day on which the desk is closed anyway needs no holiday.
func ExampleDate_Weekday() {
	fmt.Println(refund.MustDate("2026-07-04").Weekday())
	// Output:
	// Saturday
}

// In Beirut the clocks go forward at midnight, so that this day has no 00:00.
func ExampleDate_Start() {
	beirut, err := time.LoadLocation("Asia/Beirut")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(refund.MustDate("2024-03-31").Start(beirut).Format(time.RFC3339))
	// Output:
	// 2024-03-31T01:00:00+03:00
}

// A day was put together from parts that came from elsewhere.
func ExampleDate_IsValid() {
	fmt.Println(refund.Date{Year: 2026, Month: time.February, Day: 29}.IsValid())
	fmt.Println(refund.Date{Year: 2028, Month: time.February, Day: 29}.IsValid())
	// Output:
	// false
	// true
}

// A day in a configuration may be left out.
func ExampleDate_IsZero() {
	var unset refund.Date
	fmt.Println(unset.IsZero())
	// Output:
	// true
}

// A day comes from a text format such as a JSON string.
func ExampleDate_UnmarshalText() {
	var day refund.Date
	if err := day.UnmarshalText([]byte("2026-12-25")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(day)
	// Output:
	// 2026-12-25
}
