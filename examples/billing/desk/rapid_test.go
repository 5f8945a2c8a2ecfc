package desk_test

import "flag"

// Each run of the machine writes to a disk: thirty are enough for an ordinary test.
func init() {
	if f := flag.Lookup("rapid.checks"); f != nil {
		f.DefValue = "30"
		if err := f.Value.Set("30"); err != nil {
			panic(err)
		}
	}
}
