package notice

import (
	_ "embed" // for the template
	"html/template"
	"strings"
)

//go:embed letter.html
var letterHTML string

var letterTemplate = template.Must(template.New("letter").Parse(letterHTML))

// A palette has the colors of a letter in CSS notation.
type palette struct{ Paper, Page, Ink, Muted, Line, Strong template.CSS }

// The palettes of a letter on a light and on a dark screen. Text is Ink, Muted or Strong, on
// Paper or Page.
var (
	light = palette{Paper: "#ffffff", Page: "#f3f4f6", Ink: "#1f2933", Muted: "#52606d", Line: "#cbd2d9", Strong: "#0b5345"}
	dark  = palette{Paper: "#1b1f24", Page: "#101317", Ink: "#e6e9ed", Muted: "#a9b4c0", Line: "#3b444e", Strong: "#7fd8be"}
)

// message returns the letter in both forms.
func (p *page) message() (Message, error) {
	m := Message{Subject: p.subject, Text: p.text()}
	amount := ""
	if !p.amount.amount.IsZero() {
		amount = money(p.amount.amount)
	}
	var b strings.Builder
	err := letterTemplate.Execute(&b, map[string]any{
		"Light": light, "Dark": dark,
		"Subject": p.subject, "Sender": p.sender(), "Recipient": p.recipient(), "About": p.about(),
		"Greeting": p.greeting(), "First": p.first, "Said": p.said,
		"AmountLabel": p.amount.label, "Amount": amount,
		"HeadGrounds": headGrounds, "Grounds": p.grounds,
		"HeadFigures": headFigures, "Rows": p.rows(),
		"HeadFacts": headFacts, "Facts": p.facts,
		"HeadNext": headNext, "Next": p.next,
		"Closing": closing, "Company": p.company(), "Statutory": plain(p.opt.Statutory),
	})
	m.HTML = b.String()
	if err != nil {
		return Message{}, err
	}
	return m, nil
}
