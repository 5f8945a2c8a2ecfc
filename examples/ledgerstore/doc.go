// Package ledgerstore opens databases for package
// [github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore], with one driver for
// each: [SQLite] with modernc.org/sqlite, and [PostgreSQL] with pgx. It is an example to
// copy. Its tests run the store on both databases.
package ledgerstore
