package refundtest

// Options state how an evaluator's errors may differ from those of package refund. The zero
// Options allow no difference.
//
//	refundtest.Run(t, evaluate, refundtest.Options{AnyInvalid: true})
type Options struct {
	// Path maps a path that the evaluator reports to the path of package
	// refund, such as "versions[0].version" to "policy.version". Defaults to
	// the same path.
	Path func(reported string) string

	// AnyInvalid accepts any [*refund.InvalidError] with a fault for an invalid
	// input, whatever the path. It takes precedence over Path. Defaults to false.
	AnyInvalid bool
}

// last returns the last of the options, or the zero Options.
func last(options []Options) Options {
	if len(options) == 0 {
		return Options{}
	}
	return options[len(options)-1]
}

// path returns the path of package refund for a reported path.
func (o Options) path(reported string) string {
	if o.Path == nil {
		return reported
	}
	return o.Path(reported)
}
