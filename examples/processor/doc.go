// Package processor is the client of a card processor that does not exist. It stands for the
// package that a real processor publishes, and package fake is the processor itself, for tests and
// demonstrations.
//
// A [Client] asks for refunds and lists records. [Verify] reads a webhook.
//
// # Units
//
// Amounts are whole numbers of the processor's units. A unit is mostly the minor unit of ISO 4217:
// 1999 is 19.99 USD, and 500 is 500 JPY. In these currencies it differs:
//
//   - ISK and UGX are counted in hundredths, in multiples of 100;
//   - MGA is counted in whole ariary;
//   - BHD, IQD, JOD, KWD, LYD, OMR and TND are counted in thousandths, in multiples of 10.
//
// The package belongs to the examples of refundpolicy and promises no compatibility.
package processor
