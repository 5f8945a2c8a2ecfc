package conformance

// Functions that read other suites than the package's own.
var (
	Load     = load
	LoadFile = loadFile

	LoadDecisions = loadDecisions
)
