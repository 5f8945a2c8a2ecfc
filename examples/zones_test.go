package examples_test

// For machines without a time-zone database.
import _ "time/tzdata"
