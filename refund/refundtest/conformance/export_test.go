package conformance

// Load and LoadFile read suites that are not the package's own.
var (
	Load     = load
	LoadFile = loadFile
)
