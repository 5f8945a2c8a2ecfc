package refundtest

// TryAll tries one law on all cases that Check tries it on.
func (l Law) TryAll(evaluate Evaluator) *Failure {
	f, _ := l.tryAll(newSession(evaluate))
	return f
}
