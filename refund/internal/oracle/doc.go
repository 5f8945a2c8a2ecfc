// Package oracle is the policy a second time, for tests: written from its clauses and
// not from package refund, with fractions for money, and calendars and clocks looked at
// day by day and minute by minute.
//
// [Ask] judges a case, and [Objections] holds an outcome to the answer. Both panic on
// what is no valid case.
package oracle
