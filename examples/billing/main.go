// Billing is a refund desk: its pages, its API and its background work, in one program. It is an
// example for the library refundpolicy; README.md says how to start it and what to copy.
//
//	go run -C examples/billing . [-db FILE|postgres://…] [-key FILE] [-listen ADDRESS]
//	go run -C examples/billing . verify -db … -public KEY
package main

import (
	"context"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // the policy counts days in New York

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

// options are the flags of the program.
type options struct {
	listen, db, key, provider, public string
	secure                            bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "billing:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, log io.Writer) (err error) {
	var o options
	flags := flag.NewFlagSet("billing [verify]", flag.ContinueOnError)
	flags.SetOutput(log)
	flags.StringVar(&o.listen, "listen", "127.0.0.1:8080", "`address` to listen at")
	flags.StringVar(&o.db, "db", "", "SQLite `file` or postgres:// URL (default a temporary file)")
	flags.StringVar(&o.key, "key", "", "`file` with the secret key of all copies; it is created if it does not exist (default a random key)")
	flags.StringVar(&o.provider, "provider", "", "`URL` of the fake provider that another copy has started (default a new one)")
	flags.StringVar(&o.public, "public", "", "for verify: public `keys` of the desk, new and old, with commas between them")
	flags.BoolVar(&o.secure, "secure", false, "browsers reach this program by HTTPS, through a proxy (default only for addresses other than loopback)")
	flags.VisitAll(func(f *flag.Flag) { // -db is BILLING_DB
		name := "BILLING_" + strings.ToUpper(f.Name)
		if value, ok := os.LookupEnv(name); ok && f.Value.Set(value) != nil {
			err = errors.Join(err, errors.New(name+" has a value that cannot be read"))
		}
	})
	isVerify := len(args) > 0 && args[0] == "verify"
	if isVerify {
		args = args[1:]
	}
	if err := errors.Join(err, flags.Parse(args)); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return errors.New("there are too many arguments")
	case isVerify:
		return verify(ctx, o, out)
	case o.db != "" && o.key == "":
		return errors.New("-db needs -key: with a new key, the records in the database could not be verified")
	}
	return serve(ctx, o, out, slog.New(slog.NewTextHandler(log, nil)))
}

// verify checks the audit table with the public key alone.
func verify(ctx context.Context, o options, out io.Writer) error {
	var keys []ed25519.PublicKey
	for text := range strings.SplitSeq(o.public, ",") {
		key, err := hex.DecodeString(text)
		if err != nil || len(key) != ed25519.PublicKeySize {
			return errors.New("-public: a key has 64 hexadecimal digits")
		}
		keys = append(keys, key)
	}
	if !strings.Contains(o.db, "://") {
		if _, err := os.Stat(o.db); err != nil {
			return errors.New("-db: the file cannot be read")
		}
	}
	db, err := desk.Database(o.db)
	if err != nil {
		return err
	}
	defer db.Close()
	n, last, err := desk.VerifyAudit(ctx, db, keys...)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d entries are authentic. The last one has the digest %s\n", n, last)
	return nil
}

// secrets returns the keys of the program, each derived from the key in a file. The first copy
// of the program creates the file.
func secrets(file string) (func(name string) []byte, error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // it never returns an error
	if f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
		if _, err = fmt.Fprintf(f, "%x\n", key); errors.Join(err, f.Close()) != nil {
			return nil, errors.New("-key: the file cannot be written")
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.New("-key: the file cannot be read")
	}
	if key, err = hex.DecodeString(strings.TrimSpace(string(text))); err != nil || len(key) != 32 {
		return nil, errors.New("-key: the file must have 64 hexadecimal digits")
	}
	return func(name string) []byte {
		derived, err := hkdf.Key(sha256.New, key, nil, "billing "+name, 32)
		if err != nil {
			panic(err) // only for lengths above 8160 bytes
		}
		return derived
	}, nil
}
