package gen_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

func TestLogsOfEveryStanding(t *testing.T) {
	type reviewed struct {
		log evidence.Log
		evidence.Report
	}
	logs := rapid.Custom(func(t *rapid.T) reviewed {
		c := gen.Case(refund.Published(time.UTC)).Draw(t, "case")
		log := gen.Log(c).Draw(t, "log")
		if err := log.Validate(); err != nil {
			t.Fatal(err)
		}
		return reviewed{log, evidence.Review(log, c)}
	})
	standings := map[evidence.Standing]bool{}
	var calls, recordings, chats, strangers, unknown int
	for seed := range 200 {
		r := logs.Example(seed + 1)
		for _, resolution := range r.Resolutions {
			standings[resolution.Standing] = true
		}
		calls += len(r.log.Calls)
		recordings += len(r.log.Recordings)
		chats += len(r.log.Chats)
		strangers += len(r.OtherAccounts)
		unknown += len(r.Unknown)
	}
	for _, s := range []evidence.Standing{
		evidence.StandingUnresolved, evidence.StandingDisputed, evidence.StandingUnsupported, evidence.StandingPlausible, evidence.StandingCorroborated,
	} {
		if !standings[s] {
			t.Errorf("no resolution is %v", s)
		}
	}
	if min(calls, recordings, chats, strangers, unknown) == 0 {
		t.Errorf("%d calls, %d recordings, %d chats, %d records of other accounts, %d unknown issues", calls, recordings, chats, strangers, unknown)
	}
}

func TestLogsShrinkToAnEmptyOne(t *testing.T) {
	least := evidence.Log{Calls: make([]evidence.Call, 1)}
	if holds(t, func(t *rapid.T) {
		least = gen.Log(refund.Case{}).Draw(t, "log")
		t.FailNow()
	}) {
		t.Error("a property that is always false holds")
	}
	if least.Len() != 0 {
		t.Errorf("%d records", least.Len())
	}
}

func TestLogsOfACaseWithoutASubscription(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := gen.Log(refund.Case{Request: refund.Request{At: time.Date(2026, time.March, 9, 10, 0, 0, 0, time.UTC)}}).Draw(t, "log")
		if err := log.Validate(); err != nil {
			t.Error(err)
		}
	})
}
