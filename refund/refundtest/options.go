package refundtest

// Options state in which errors an evaluator may differ from package refund. The zero
// Options allow no difference.
//
//	refundtest.Run(t, evaluate, refundtest.Options{AnyInvalid: true})
type Options struct {
	// Path maps the path of a fault that the evaluator reports to the path that package
	// refund has for it, such as "versions[0].version" to "policy.version". Defaults to
	// the same path.
	Path func(reported string) string

	// AnyInvalid accepts any [*refund.InvalidError] with a fault for an input that cannot
	// be judged, whatever the path. It takes precedence over Path. Defaults to false.
	AnyInvalid bool
}

// last returns the last options, or the zero Options without any.
func last(options []Options) Options {
	if len(options) == 0 {
		return Options{}
	}
	return options[len(options)-1]
}

// path returns the path of package refund.
func (o Options) path(reported string) string {
	if o.Path == nil {
		return reported
	}
	return o.Path(reported)
}
