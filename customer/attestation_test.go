package customer_test

import (
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/customer"
)

func TestAnswerCodes(t *testing.T) {
	for answer, want := range map[customer.Answer]string{0: "", customer.AnswerYes: "yes", customer.AnswerNo: "no"} {
		text, err := answer.MarshalText()
		if err != nil || string(text) != want || want != "" && answer.String() != want {
			t.Errorf("%d is written as %q, %v, and prints as %v; want %q", answer, text, err, answer, want)
		}
		read := customer.Answer(9)
		if err := read.UnmarshalText(text); err != nil || read != answer {
			t.Errorf("%q is read as %v, %v", text, read, err)
		}
	}
	if customer.Answer(0).String() != "unset" {
		t.Errorf("a question without an answer prints as %v", customer.Answer(0))
	}
	if text, err := customer.Answer(3).MarshalText(); err == nil {
		t.Errorf("an unknown answer is written as %q", text)
	}
	answer := customer.AnswerNo
	if err := answer.UnmarshalText([]byte("Yes")); err == nil || answer != customer.AnswerNo || strings.Contains(err.Error(), "Yes") {
		t.Errorf("%v, %v", answer, err)
	}
}
