package ledgerstore

import (
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// maxConnections is the number of connections of a program. It is small, because each is a
// process of the server, and transactions are short.
const maxConnections = 8

// PostgreSQL opens a database by its connection string, a URL or keywords with values.
func PostgreSQL(source string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(source)
	if err != nil {
		return nil, errors.New("ledgerstore: the connection string cannot be read") // err would quote it, maybe with the password
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections)
	return db, nil
}
