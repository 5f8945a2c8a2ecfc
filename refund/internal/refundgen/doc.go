// Package refundgen generates policies and cases for property tests.
//
// [Policy] draws policies, [Case] valid cases for one, [Amount], [Finding] and
// [Zones] their parts. What is rare in life is common here: each verdict, status,
// reading, channel and zone, each kind of amount, and instants on and beside every
// boundary come often enough for a few hundred draws to meet them all. Shrinking
// ends in the published policy in UTC and a plain case.
//
// Zones are loaded by name. Tests import time/tzdata, so that they run where there
// is no time-zone database.
package refundgen
