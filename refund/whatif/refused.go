package whatif

import (
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// MaxPaths is the number of paths that a [Refused] lists.
const MaxPaths = 100

// Refused counts the cases that an [Evaluator] returned an error for. The zero Refused
// counts none.
type Refused struct {
	// Cases is the number of cases.
	Cases int

	// Paths are the paths of their faults, sorted: the first MaxPaths of them. A path stands
	// for every element of a list, as "issues[].id" does.
	Paths []PathCount

	// More is the sum of the counts of all other paths.
	More int
}

// A PathCount is a path and the number of cases with a fault there.
type PathCount struct {
	Path  string
	Cases int
}

// add counts a case with faults.
func (r *Refused) add(faults refund.Faults) {
	if len(faults) == 0 {
		return
	}
	r.Cases++
	paths := make([]string, len(faults))
	for i, fault := range faults {
		paths[i] = anyElement(fault.Path)
	}
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		r.count(path, 1)
	}
}

// count adds to the count of a path. Only the first paths in sort order are kept: a path that
// was dropped cannot come back, so that a split and its whole keep the same ones.
func (r *Refused) count(path string, cases int) {
	i, found := slices.BinarySearchFunc(r.Paths, path, func(p PathCount, path string) int { return strings.Compare(p.Path, path) })
	if found {
		r.Paths[i].Cases += cases
		return
	}
	r.Paths = slices.Insert(r.Paths, i, PathCount{strings.Clone(path), cases})
	if len(r.Paths) > MaxPaths {
		r.More += r.Paths[MaxPaths].Cases
		r.Paths = r.Paths[:MaxPaths]
	}
}

func (r Refused) merge(s Refused) Refused {
	sum := Refused{Cases: r.Cases + s.Cases, Paths: slices.Clone(r.Paths), More: r.More + s.More}
	for _, p := range s.Paths {
		sum.count(p.Path, p.Cases)
	}
	return sum
}

// anyElement returns a path with the indexes of lists left out.
func anyElement(path string) string {
	var b []byte
	for i := 0; i < len(path); i++ {
		if path[i] != '[' {
			continue
		}
		end := i + 1
		for end < len(path) && '0' <= path[end] && path[end] <= '9' {
			end++
		}
		if end < len(path) && path[end] == ']' && end > i+1 {
			b = append(append(b, path[:i]...), '[')
			path, i = path[end:], 0
		}
	}
	if b == nil {
		return path
	}
	return string(b) + path
}
