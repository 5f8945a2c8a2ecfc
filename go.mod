module github.com/kasperinfotech/refundpolicy

go 1.25.0

// The library's one dependency.
require github.com/shopspring/decimal v1.6.0

// Tests and test kits only.
require (
	github.com/google/go-cmp v0.7.0
	pgregory.net/rapid v1.3.0
)
