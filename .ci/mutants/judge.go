package main

import (
	"fmt"
	"path"
)

// leastEfficacy is the least part of the mutants that must be killed, in percent:
// equivalent ones count as alive here, so that there are few of them.
const leastEfficacy = 95

// A verdict is what is to be said about a package. It stands if there are no problems.
type verdict struct {
	summary  string
	problems []string
}

// judge says whether the tests of a package noticed enough.
func judge(dir string, mutants []mutant, equivalents map[key]string) verdict {
	var v verdict
	problem := func(format string, args ...any) { v.problems = append(v.problems, fmt.Sprintf(format, args...)) }
	count := map[string]int{}
	lived := map[key]bool{}
	for _, m := range mutants {
		count[m.Status]++
		at := fmt.Sprintf("%s (line %d)", m.key, m.Line)
		switch m.Status {
		case "KILLED", "NOT VIABLE": // the latter does not compile
		case "LIVED":
			lived[m.key] = true
			if _, ok := equivalents[m.key]; !ok {
				problem("lives: %s", at)
			}
		case "TIMED OUT":
			problem("timed out: %s", at)
		default:
			problem("%s: %s", m.Status, at) // it was never tried
		}
	}
	for k := range equivalents {
		if path.Dir(k.File) == dir && !lived[k] {
			problem("listed as equivalent, but no mutant of that name lives: %s", k)
		}
	}
	killed, tried := count["KILLED"], count["KILLED"]+count["LIVED"]
	switch {
	case len(mutants) == 0:
		v.summary = "no mutants"
		return v
	case tried == 0:
		v.summary = fmt.Sprintf("none of %d mutants was tried", len(mutants))
		problem("%s: %s", dir, v.summary)
		return v
	}
	// Thousandths of a percent, rounded down, so that 94.9999 is not 95.
	efficacy := killed * 100_000 / tried
	v.summary = fmt.Sprintf("efficacy %d.%03d %%, %d killed, %d lived, %d timed out, %d did not compile",
		efficacy/1000, efficacy%1000, killed, count["LIVED"], count["TIMED OUT"], count["NOT VIABLE"])
	if killed*100 < leastEfficacy*tried {
		problem("%s: efficacy below %d %%", dir, leastEfficacy)
	}
	return v
}
