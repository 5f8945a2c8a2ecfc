// Package oracle is a second, independent implementation of the policy, for tests. It was
// written from the policy's clauses, not from package refund, and uses other methods: amounts
// are fractions, days are found by reading the clock minute by minute, and open hours are
// counted in minutes.
//
// [Ask] judges a case, and [Objections] compares an outcome with the answer. The case and the
// policy must be valid.
package oracle
