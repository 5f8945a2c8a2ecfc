package refund_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Subtract two charges from a price. The result is exact.
func ExampleMoney() {
	price := refund.MustMoney("199.99", "USD")
	charge := refund.MustMoney("25.00", "USD")

	left, err := price.Sub(charge.Times(2))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(left)
	fmt.Println(left.Amount(), left.Currency())
	// Output:
	// 149.99 USD
	// 149.99 USD
}

// Read an amount from a form. An amount with too many decimals is an error; it is never
// rounded.
func ExampleParseMoney() {
	for _, amount := range []string{"25.00", "25.005", "1,000.00"} {
		m, err := refund.ParseMoney(amount, "USD")
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(m)
	}
	// Output:
	// 25.00 USD
	// refund: invalid input: amount: has more decimals than USD, which has 2
	// refund: invalid input: amount: is not a plain decimal number such as "25.00"
}

// Convert an amount from a billing system that uses decimals.
func ExampleNewMoney() {
	usd, err := refund.ParseCurrency("USD")
	if err != nil {
		log.Fatal(err)
	}
	m, err := refund.NewMoney(decimal.New(19999, -2), usd)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m)

	_, err = refund.NewMoney(decimal.New(199995, -3), usd)
	fmt.Println(err)
	// Output:
	// 199.99 USD
	// refund: invalid input: amount: has more decimals than USD, which has 2
}

// Add up payments, starting with the zero Money. Adding an amount in another currency is an
// error, because amounts are never converted.
func ExampleMoney_Add() {
	var total refund.Money
	for _, payment := range []string{"25.00", "75.00", "99.99"} {
		var err error
		total, err = total.Add(refund.MustMoney(payment, "USD"))
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(total)

	_, err := total.Add(refund.MustMoney("10.00", "EUR"))
	fmt.Println(err)
	// Output:
	// 199.99 USD
	// refund: currencies differ: USD and EUR
}

// Convert amounts for a payment gateway that uses the minor units of ISO 4217.
func ExampleMoney_MinorUnits() {
	for _, m := range []refund.Money{
		refund.MustMoney("19.99", "USD"),
		refund.MustMoney("500", "JPY"),
		refund.MustMoney("3.250", "BHD"),
	} {
		units, err := m.MinorUnits()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(m, "is sent as", units)
	}

	_, err := refund.MustMoney("100000000000000000.00", "USD").MinorUnits()
	fmt.Println(errors.Is(err, refund.ErrRange))
	// Output:
	// 19.99 USD is sent as 1999
	// 500 JPY is sent as 500
	// 3.250 BHD is sent as 3250
	// true
}

// The zero Money means that no amount is given. An amount of zero, such as 0.00 USD, is
// not the zero Money.
func ExampleMoney_IsZero() {
	var unknown refund.Money
	free := refund.MustMoney("0.00", "USD")

	fmt.Println(unknown, unknown.IsZero(), unknown.Sign())
	fmt.Println(free, free.IsZero(), free.Sign())
	// Output:
	// no amount true 0
	// 0.00 USD false 0
}

// Read an amount from a text column of a database. NULL is the zero Money. A number is an
// error, because it has no currency.
func ExampleMoney_Scan() {
	var m refund.Money
	for _, column := range []any{"174.99 USD", nil, int64(17499)} {
		if err := m.Scan(column); err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(m)
	}
	// Output:
	// 174.99 USD
	// no amount
	// refund: invalid input: amount: is not a text such as "25.00 USD"
}
