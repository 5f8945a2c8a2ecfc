package main

import "github.com/kasperinfotech/refundpolicy/refund/notice"

// note returns the note for the agent, with the figures of the evidence.
func note(r *review) ([]byte, error) {
	s, err := notice.Note(r.Policy, r.judged, notice.NoteOptions{Figures: r.figures})
	return []byte(s), err
}

// picture returns the picture of the case. A review is for the company, so it shows amounts on
// hold.
func picture(r *review) ([]byte, error) {
	s, err := notice.Timeline(r.Policy, r.judged, notice.TimelineOptions{ForCompany: true})
	return []byte(s), err
}
