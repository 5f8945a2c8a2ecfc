package processor_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
)

// A refund whose first answer is lost, although the money has moved, is asked for again with the
// same key.
func Example() {
	now := func() time.Time { return time.Date(2026, time.March, 12, 12, 0, 0, 0, time.UTC) }
	ctx, stop := context.WithCancel(context.Background())
	defer stop()

	hooks := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
		if err != nil {
			log.Println(err)
			return
		}
		event, err := processor.Verify(r.Header, body, "webhook secret", now(), 5*time.Minute)
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		fmt.Println("webhook:", event.Data.Type, event.Data.State)
	}))
	defer hooks.Close()

	f := fake.New(ctx, fake.Options{APIKey: "api key", Secret: "webhook secret", Webhook: hooks.URL, Now: now, Wait: time.Second})
	url, err := f.Start()
	if err != nil {
		log.Fatal(err)
	}
	payment, err := f.Do("pay", processor.Record{Subscription: "SUB-1", Units: 19999, Currency: "USD"})
	if err != nil {
		log.Fatal(err)
	}
	f.Idle() // until the webhook has arrived

	f.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.TimeoutAfter: 1}})
	client := processor.New(url, "api key")
	asked := processor.Record{Key: "KEY-1", Subscription: "SUB-1", Payment: payment.ID, Units: 5000, Currency: "USD"}
	for range 2 {
		if done, err := client.Refund(ctx, asked); err != nil {
			f.Idle()
			fmt.Println("it is unknown whether money moved")
		} else {
			fmt.Println(done.State)
		}
	}
	_, records, err := client.Records(ctx, processor.Query{Subscription: "SUB-1"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(records), "records")
	// Output:
	// webhook: payment succeeded
	// webhook: refund succeeded
	// it is unknown whether money moved
	// succeeded
	// 2 records
}
