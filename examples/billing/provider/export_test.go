package provider

import (
	"context"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
)

// Records returns the records of a subscription as the processor wrote them.
func Records(c *Client, subscription string) (time.Time, []processor.Record, error) {
	return c.processor.Records(context.Background(), processor.Query{Subscription: subscription})
}
