package api

import (
	"encoding/json"
	"expvar"
	"net/http"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

// vars returns the figures of the desk, and those that the program publishes by expvar.
func (a *server) vars(r *http.Request, _ desk.Officer, _ []byte) (any, error) {
	stats, err := a.Stats(r.Context())
	vars := map[string]any{"desk": stats, "ok": err == nil}
	expvar.Do(func(v expvar.KeyValue) { vars[v.Key] = json.RawMessage(v.Value.String()) })
	delete(vars, "cmdline") // it may have a password
	return vars, nil
}
