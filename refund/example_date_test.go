package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// In Beirut, clocks go forward at midnight, so this day starts at 01:00.
func ExampleDate_Start() {
	beirut, err := time.LoadLocation("Asia/Beirut")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(refund.MustDate("2024-03-31").Start(beirut).Format(time.RFC3339))
	// Output:
	// 2024-03-31T01:00:00+03:00
}
