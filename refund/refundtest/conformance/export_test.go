package conformance

// Load is load, for suites that are wrong.
var Load = load
