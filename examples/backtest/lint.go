package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// lint writes the warnings of the policies in the files, and returns the exit status.
func lint(o options, stdout io.Writer, now time.Time) (int, error) {
	if o.before != "" || o.after != "" || len(o.files) == 0 {
		return 0, errors.New("-lint goes with the names of policy files, and without -old and -new")
	}
	var day refund.Date
	if o.day != "" {
		var err error
		if day, err = refund.ParseDate(o.day); err != nil {
			return 0, errors.New("-at is not a day such as 2026-12-25")
		}
	}
	type warning struct {
		File    string      `json:"file"`
		Version string      `json:"version"`
		Code    whatif.Code `json:"code"`
		Path    string      `json:"path"`
		Detail  string      `json:"detail"`
	}
	list := []warning{}
	for _, name := range o.files {
		e, err := readPolicy(name)
		if err != nil {
			return 0, err
		}
		for _, p := range policiesOf(e) {
			if !day.IsZero() { // as the day starts at the desk
				desk := p.DeskLocation
				if desk == nil {
					desk = p.Location
				}
				now = day.Start(desk)
			}
			warnings, err := whatif.Lint(p, now)
			if err != nil {
				return 0, fmt.Errorf("%s: %w", name, err)
			}
			for _, w := range warnings {
				list = append(list, warning{name, p.Version, w.Code, w.Path, w.Detail})
			}
		}
	}
	code := exitOK
	if len(list) > 0 {
		code = exitRefused
	}
	if o.format == "json" {
		text, err := json.MarshalIndent(struct {
			Warnings []warning `json:"warnings"`
		}{list}, "", "  ")
		if err == nil {
			_, err = stdout.Write(append(text, '\n'))
		}
		return code, err
	}
	for _, w := range list {
		if _, err := fmt.Fprintf(stdout, "%s: version %q: %s: %s (%s)\n", w.File, w.Version, w.Path, w.Detail, w.Code); err != nil {
			return code, err
		}
	}
	return code, nil
}
