package examples_test

// The stories load places by name. A machine without a time-zone database finds
// them here.
import _ "time/tzdata"
