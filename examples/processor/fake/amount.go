package fake

import "regexp"

var currencyCode = regexp.MustCompile("^[A-Z]{3}$")

// isAmount reports whether the fake moves so many units. It has its own rules, so that it checks
// the conversion of the program that it is used to test.
func isAmount(units int64, currency string) bool {
	multiple := int64(1)
	switch currency {
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		multiple = 10 // the last of three decimals is zero
	case "ISK", "UGX":
		multiple = 100 // hundredths of a unit that is not divided
	}
	return units > 0 && units%multiple == 0 && currencyCode.MatchString(currency)
}
