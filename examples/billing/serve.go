package main

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/access"
	"github.com/kasperinfotech/refundpolicy/examples/billing/api"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/examples/billing/web"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/refund"
)

const (
	stopTime = 20 * time.Second // for requests, and again for jobs
	wait     = 2 * time.Minute  // of a refund that is pending at the fake provider
)

// serve runs the program until ctx ends.
func serve(ctx context.Context, o options, out io.Writer, log *slog.Logger) (err error) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		return err
	}
	policy := refund.Published(newYork)
	policies, err := refund.NewVersions(policy)
	if err != nil {
		return err
	}
	if o.db == "" {
		dir, err := os.MkdirTemp("", "billing")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.db, o.key = filepath.Join(dir, "desk.db"), cmp.Or(o.key, filepath.Join(dir, "key"))
	}
	secret, err := secrets(o.key)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	address := "http://" + listener.Addr().String()

	// The provider works until the desk's last job has ended.
	apiKey, webhookSecret := hex.EncodeToString(secret("provider")), hex.EncodeToString(secret("webhooks"))
	var processor *fake.Fake
	if o.provider == "" {
		working, stop := context.WithCancel(context.WithoutCancel(ctx))
		defer stop()
		processor = fake.New(working, fake.Options{APIKey: apiKey, Secret: webhookSecret, Webhook: address + "/v1/webhooks/provider", Now: time.Now, Wait: wait})
		if o.provider, err = processor.Start(); err != nil {
			return err
		}
	}
	client := provider.NewClient(o.provider, apiKey, webhookSecret)
	signer := ed25519.NewKeyFromSeed(secret("signer"))
	mail := func(context.Context, string, desk.Letter) error {
		log.InfoContext(ctx, "a letter would be sent now")
		return nil
	}
	d, err := desk.Open(ctx, desk.Config{DB: o.db, Policies: policies, Provider: client, Signer: signer, Mail: mail, Company: "Kasper Infotech", Now: time.Now, Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, within(stopTime, d.Close)) }()
	officers := access.Sample{Key: secret("officers"), List: sampleOfficers}
	gate := &access.Gate{Officers: officers, Key: secret("sessions"), Now: time.Now, Log: log, Page: web.SignIn, Record: d.RecordSignIn,
		Secure: o.secure || !listener.Addr().(*net.TCPAddr).IP.IsLoopback()}
	server := &http.Server{
		Handler:           handler(d, gate, log),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	if err := d.Start(ctx); err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	defer func() { err = errors.Join(err, within(stopTime, server.Shutdown)) }()
	if processor != nil {
		if err := addSamples(ctx, d, processor, policy); err != nil {
			return err
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "Refund desk:\t%s\nFake provider:\t%s\nIts API key:\t%s\nPublic key:\t%x\n\n", address, o.provider, apiKey, signer.Public())
	fmt.Fprintln(table, "Name\tPassword\tAPI token\tMay release")
	for _, by := range officers.List {
		fmt.Fprintf(table, "%s\t%s\t%s\t%v\n", by.ID, officers.Password(by.ID), officers.Token(by.ID), by.Limit)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		log.Info("stopping")
		return nil
	}
}

// within calls stop with a context that ends after a time.
func within(d time.Duration, stop func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return stop(ctx)
}

// handler returns all paths of the program.
func handler(d *desk.Desk, gate *access.Gate, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", web.Handler(d, gate.Officer, time.Now, log))
	programs := api.Handler(d, gate.Bearer, log)
	mux.Handle("/v1/", programs)
	mux.Handle("GET /debug/vars", programs)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := d.Ready(r.Context()); err != nil {
			log.WarnContext(r.Context(), "not ready", "error", err)
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	return gate.Handler(mux)
}
