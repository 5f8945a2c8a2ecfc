package refundtest

import "github.com/kasperinfotech/refundpolicy/refund"

// TryAll tries one law on all cases that Check tries it on.
func (l Law) TryAll(evaluate Evaluator) *Failure {
	f, _ := l.tryAll(newSession(evaluate))
	return f
}

// Corpus calls yield with each case on which laws are tried.
func Corpus(yield func(refund.Policy, refund.Case)) {
	for _, e := range corpus() {
		yield(e.p, e.c)
	}
}

// Source returns what a failure shows of a case.
func Source(p refund.Policy, c refund.Case) []string { return source(&p, &c) }
