package conformance

// Functions that read other vectors than the package's own.
var (
	Load     = load
	LoadFile = loadFile[vectorJSON]

	LoadDecisions = loadDecisions
)
