package refund_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An invoice has a price, a charge and a discount; what is left is exact.
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

// A form has sent an amount and a currency as text. What does not fit the
// currency is refused, never rounded.
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

// A test or a table of prices in the source states an amount that is known to be
// good.
func ExampleMustMoney() {
	fmt.Println(refund.MustMoney("9800", "JPY"))
	fmt.Println(refund.MustMoney("3.250", "BHD"))
	// Output:
	// 9800 JPY
	// 3.250 BHD
}

// A billing system works with decimals already.
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

// A total is summed up, from the zero Money. Another currency is an error, since
// nothing is converted.
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

// What remains after a refund. It may be negative: that is for the caller to see.
func ExampleMoney_Sub() {
	paid := refund.MustMoney("100.00", "USD")
	remaining, err := paid.Sub(refund.MustMoney("130.00", "USD"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(remaining, remaining.Sign() < 0)
	// Output:
	// -30.00 USD true
}

// A limit is checked before an amount is sent on.
func ExampleMoney_Cmp() {
	limit := refund.MustMoney("500.00", "USD")
	order, err := refund.MustMoney("174.99", "USD").Cmp(limit)
	if err != nil {
		log.Fatal(err) // another currency than the limit's
	}
	if order <= 0 {
		fmt.Println("within the limit of", limit)
	}
	// Output:
	// within the limit of 500.00 USD
}

// Two books are compared. Amount and currency both count, how an amount was written
// does not.
func ExampleMoney_Equal() {
	ours := refund.MustMoney("150", "USD")
	fmt.Println(ours.Equal(refund.MustMoney("150.00", "USD")))
	fmt.Println(ours.Equal(refund.MustMoney("150.00", "CAD")))
	// Output:
	// true
	// false
}

// A charge is taken once for each resolved issue.
func ExampleMoney_Times() {
	fmt.Println(refund.MustMoney("25.00", "USD").Times(3))
	// Output:
	// 75.00 USD
}

// A payment gateway takes whole numbers in the currency's minor unit, and counts it as
// ISO 4217 does.
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

// A column of a report shows digits only, always with the currency's decimals.
func ExampleMoney_Amount() {
	fmt.Println(refund.MustMoney("150", "USD").Amount())
	fmt.Println(refund.MustMoney("150", "JPY").Amount())
	// Output:
	// 150.00
	// 150
}

// A line of an export is built in a buffer of the program's own.
func ExampleMoney_AppendAmount() {
	line := []byte("SUB-1001;")
	line = refund.MustMoney("174.99", "USD").AppendAmount(line)
	fmt.Println(string(line))
	// Output:
	// SUB-1001;174.99
}

// A tax report goes on with decimals.
func ExampleMoney_Decimal() {
	gross := refund.MustMoney("174.99", "USD").Decimal()
	fmt.Println(gross.Mul(decimal.New(6, -2)).StringFixed(4))
	// Output:
	// 10.4994
}

// The currency goes into a column of its own.
func ExampleMoney_Currency() {
	m := refund.MustMoney("174.99", "USD")
	fmt.Println(m.Currency().Code(), m.Amount())
	// Output:
	// USD 174.99
}

// "No amount" is not "an amount of zero": the zero Money says that the amount is not
// known, and 0.00 USD that it is zero.
func ExampleMoney_IsZero() {
	var unknown refund.Money
	free := refund.MustMoney("0.00", "USD")

	fmt.Println(unknown, unknown.IsZero(), unknown.Sign())
	fmt.Println(free, free.IsZero(), free.Sign())
	// Output:
	// no amount true 0
	// 0.00 USD false 0
}

// A payment gateway reports amounts in the currency's smallest unit.
func ExampleFromMinorUnits() {
	fmt.Println(refund.FromMinorUnits(1999, refund.MustCurrency("USD")))
	fmt.Println(refund.FromMinorUnits(500, refund.MustCurrency("JPY")))
	// Output:
	// 19.99 USD
	// 500 JPY
}

// A correction from another system is told from a payment.
func ExampleMoney_Sign() {
	for _, amount := range []string{"-5.00", "0.00", "5.00"} {
		fmt.Println(amount, refund.MustMoney(amount, "USD").Sign())
	}
	// Output:
	// -5.00 -1
	// 0.00 0
	// 5.00 1
}

// The host's own struct holds an amount, and goes out as JSON.
func ExampleMoney_MarshalJSON() {
	type payout struct {
		ID     string       `json:"id"`
		Amount refund.Money `json:"amount"`
	}
	b, err := json.Marshal(payout{"R-1", refund.MustMoney("174.99", "USD")})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(b))
	// Output:
	// {"id":"R-1","amount":{"amount":"174.99","currency":"USD"}}
}

// An amount comes in as JSON. A JSON number is refused: most programs pass one
// through a binary float, and it has no currency.
func ExampleMoney_UnmarshalJSON() {
	var m refund.Money
	if err := json.Unmarshal([]byte(`{"amount":"174.99","currency":"USD"}`), &m); err != nil {
		log.Fatal(err)
	}
	fmt.Println(m)

	err := json.Unmarshal([]byte(`174.99`), &m)
	fmt.Println(err)
	// Output:
	// 174.99 USD
	// refund: invalid input: is a number, not an object
}

// An amount is the key or the value of a text format.
func ExampleMoney_MarshalText() {
	text, err := refund.MustMoney("174.99", "USD").MarshalText()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
	// Output:
	// 174.99 USD
}

// A setting in a file, such as an officer's limit, is read.
func ExampleMoney_UnmarshalText() {
	var limit refund.Money
	if err := limit.UnmarshalText([]byte("500.00 USD")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(limit)
	// Output:
	// 500.00 USD
}

// An amount is stored in one text column of a database.
func ExampleMoney_Value() {
	v, err := refund.MustMoney("174.99", "USD").Value()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%T %v\n", v, v)
	// Output:
	// string 174.99 USD
}

// The column is read again; NULL is the zero Money. A number in it is refused,
// since it says no currency.
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

// An amount is written to a structured log.
func ExampleMoney_LogValue() {
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	logger.Info("quoted", "refundable", refund.MustMoney("174.99", "USD"))
	// Output:
	// level=INFO msg=quoted refundable="174.99 USD"
}

// A message shows an amount. It always has its currency's decimals.
func ExampleMoney_String() {
	fmt.Println(refund.MustMoney("150", "USD").String())
	fmt.Println(refund.MustMoney("150", "JPY").String())
	// Output:
	// 150.00 USD
	// 150 JPY
}
