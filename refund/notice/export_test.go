package notice

// Palettes has the colors of letters by their names.
var Palettes = map[string]map[string]string{"light": light.byName(), "dark": dark.byName()}

func (p palette) byName() map[string]string {
	return map[string]string{"Ink": string(p.Ink), "Muted": string(p.Muted), "Strong": string(p.Strong), "Paper": string(p.Paper), "Page": string(p.Page)}
}
