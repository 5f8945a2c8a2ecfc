package notice

// Palettes has the colors of letters and pictures by their names.
var Palettes = map[string]map[string]string{"light": light.byName(), "dark": dark.byName(), "printed": printed.byName()}

func (p palette) byName() map[string]string {
	return map[string]string{"Ink": string(p.Ink), "Muted": string(p.Muted), "Strong": string(p.Strong), "Paper": string(p.Paper), "Page": string(p.Page)}
}

// TextWidth returns the width by which pictures are laid out.
func TextWidth(s string, size int, bold bool) int { return textWidth(s, size, bold) }
