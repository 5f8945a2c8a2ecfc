package provider

import (
	"context"
	"net/url"
	"time"
)

// MaxAnswer is the bound of an answer.
const MaxAnswer = maxAnswer

// Records returns the records of a subscription as the provider wrote them.
func Records(c *Client, subscription string) (time.Time, []Record, error) {
	return c.records(context.Background(), url.Values{"subscription": {subscription}})
}
