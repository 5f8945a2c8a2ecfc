module github.com/kasperinfotech/refundpolicy/examples/cancellations

go 1.25.0

replace github.com/kasperinfotech/refundpolicy => ../..

require (
	github.com/kasperinfotech/refundpolicy v0.0.0
	github.com/shopspring/decimal v1.6.0
)

require pgregory.net/rapid v1.3.0 // indirect
