package main

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

func TestArgumentsOfTheStandIn(t *testing.T) {
	for _, test := range []struct{ reason, args, want, profile string }{
		{
			"a mutant of a program: the package in its folder, not that of the root",
			"test -timeout 42s -failfast example.com/m", "test -vet=off -count=1 -timeout 42s -failfast .", "",
		},
		{
			"the time that tests take: without packages further down",
			"test -cover -coverprofile /tmp/c ./a/...", "test -vet=off -count=1 -cover -coverprofile /tmp/c ./a", "/tmp/c",
		},
		{
			"of the package in the root",
			"test -cover -coverprofile /tmp/c ./...", "test -vet=off -count=1 -cover -coverprofile /tmp/c .", "/tmp/c",
		},
		{"another command", "mod download", "mod download", ""},
	} {
		args, profile := testArgs(strings.Fields(test.args))
		if got := strings.Join(args, " "); got != test.want || profile != test.profile {
			t.Errorf("%s: %q, profile %q, want %q, %q", test.reason, got, profile, test.want, test.profile)
		}
	}
}

func TestAMutantThatDoesNotCompileIsNotKilled(t *testing.T) {
	failed := exec.Command("go", "list", "./nothing-of-this-name").Run() // with status 1, as tests do
	for _, test := range []struct {
		reason, output string
		want           exitCode
	}{
		{"tests failed", "--- FAIL: TestX\nFAIL\tm/a\t0.1s\nFAIL\n", 1},
		{"it does not compile", "FAIL\tm/a [build failed]\nFAIL\n", notViable},
		{"it cannot be loaded", "FAIL\tm/a [setup failed]\nFAIL\n", notViable},
	} {
		var got exitCode
		if err := failure(failed, test.output); !errors.As(err, &got) || got != test.want {
			t.Errorf("%s: %v, want %v", test.reason, err, test.want)
		}
	}
	if err := failure(errors.ErrUnsupported, "[build failed]"); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("a go command that does not start: %v", err)
	}
}
