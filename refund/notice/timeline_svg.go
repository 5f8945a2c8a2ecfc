package notice

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// A markup is an SVG document under construction. All texts and values are escaped.
type markup struct{ strings.Builder }

func (w *markup) escape(s string) { _ = xml.EscapeText(w, []byte(s)) } // a Builder returns no errors

// open writes the start of an element, up to its attributes. The attributes are names and values in turn; one with
// an empty value is left out.
func (w *markup) open(name string, attributes ...string) {
	w.WriteString("<" + name)
	for i := 0; i < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		w.WriteString(" " + attributes[i] + `="`)
		w.escape(attributes[i+1])
		w.WriteString(`"`)
	}
}

func (w *markup) close(name string) { w.WriteString("</" + name + ">\n") }

// element writes an element with a text.
func (w *markup) element(name, text string, attributes ...string) {
	w.open(name, attributes...)
	w.WriteString(">")
	w.escape(text)
	w.close(name)
}

// empty writes an element without content.
func (w *markup) empty(name string, attributes ...string) {
	w.open(name, attributes...)
	w.WriteString("/>\n")
}

// number returns a number as the value of an attribute.
func number(n int) string { return strconv.Itoa(n) }

// draw returns a scene as an SVG document.
func draw(s scene) string {
	var w markup
	w.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "refund-timeline", "role", "img", "lang", "en",
		"width", number(sceneWidth*10/9), "height", number(s.height*10/9), "viewBox", "0 0 "+number(sceneWidth)+" "+number(s.height), "preserveAspectRatio", "xMinYMin meet",
		"direction", "ltr", "text-anchor", "start", "font-family", "system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif")
	w.WriteString(">\n")
	w.element("title", s.title)
	w.element("desc", s.description)
	w.element("style", style())
	w.shape(&shape{form: formBox, w: sceneWidth, h: s.height, fill: inkPaper})
	for i := range s.shapes {
		w.shape(&s.shapes[i])
	}
	for i := range s.captions {
		w.caption(&s.captions[i])
	}
	w.close("svg")
	return w.String()
}

// inkNames has the names of the inks in classes.
var inkNames = [...]string{inkInk: "ink", inkMuted: "muted", inkStrong: "strong", inkLine: "line", inkPaper: "paper", inkPage: "page"}

// color returns the color of an ink in CSS notation.
func (p *palette) color(i ink) string {
	switch i {
	case inkInk:
		return string(p.Ink)
	case inkMuted:
		return string(p.Muted)
	case inkStrong:
		return string(p.Strong)
	case inkLine:
		return string(p.Line)
	case inkPaper:
		return string(p.Paper)
	case inkPage:
		return string(p.Page)
	}
	return "none"
}

// printed is the palette on paper.
var printed = palette{Paper: "#ffffff", Page: "#eeeeee", Ink: "#000000", Muted: "#000000", Line: "#999999", Strong: "#000000"}

// style returns the style sheet. The elements have the light colors as attributes, for programs
// that ignore style sheets. All rules are below a class, since they apply to the whole page if
// the picture is inline.
func style() string {
	var b strings.Builder
	rules := func(p *palette) {
		for i := inkInk; i <= inkPage; i++ {
			for _, property := range []string{"fill", "stroke"} {
				b.WriteString(".refund-timeline ." + property + "-" + inkNames[i] + "{" + property + ":" + p.color(i) + "}")
			}
		}
	}
	b.WriteString(".refund-timeline{max-width:100%;height:auto}")
	b.WriteString("@media (prefers-color-scheme:dark){")
	rules(&dark)
	b.WriteString("}@media print{.refund-timeline{max-height:95vh;break-inside:avoid}") // on one page
	rules(&printed)
	b.WriteString("}")
	return b.String()
}

// paint returns the attributes of the colors of a shape.
func (s *shape) paint() []string {
	class := ""
	if s.fill != inkNone {
		class = "fill-" + inkNames[s.fill]
	}
	width, dash := "", ""
	if s.stroke != inkNone {
		class = strings.TrimSpace(class + " stroke-" + inkNames[s.stroke])
		width = "2"
		if s.dashed {
			dash = "3 3"
		}
		if s.form == formLine && (s.stroke == inkLine || s.h > 0) {
			width = "1"
		}
	}
	stroke := light.color(s.stroke)
	if s.stroke == inkNone {
		stroke = ""
	}
	opacity := ""
	if s.form == formArea {
		opacity = "0.15"
	}
	return []string{"class", class, "fill", light.color(s.fill), "fill-opacity", opacity, "stroke", stroke, "stroke-width", width, "stroke-dasharray", dash}
}

// shape writes a shape.
func (w *markup) shape(s *shape) {
	x, y, right, bottom := number(s.x), number(s.y), number(s.x+s.w), number(s.y+s.h)
	middleX, middleY := number(s.x+s.w/2), number(s.y+s.h/2)
	path := func(corners ...string) {
		w.empty("path", append([]string{"d", "M" + strings.Join(corners, " ")}, s.paint()...)...)
	}
	switch s.form {
	case formBox:
		w.empty("rect", append([]string{"x", x, "y", y, "width", number(s.w), "height", number(s.h)}, s.paint()...)...)
	case formCircle:
		w.empty("circle", append([]string{"cx", middleX, "cy", middleY, "r", number(s.w / 2)}, s.paint()...)...)
	case formLine:
		path(x, y, right, bottom)
	case formDiamond:
		path(middleX, y, right, middleY, middleX, bottom, x, middleY, "Z")
	case formPointer:
		path(x, y, right, y, middleX, bottom, "Z")
	case formEarlier:
		path(x, middleY, right, y, right, bottom, "Z")
	case formLater:
		path(right, middleY, x, y, x, bottom, "Z")
	case formSteps, formArea:
		var corners []string
		for _, p := range s.points {
			corners = append(corners, number(p.x), number(p.y))
		}
		if s.form == formArea {
			corners = append(corners, right, bottom, x, bottom, "Z")
		}
		path(corners...)
	}
}

// caption writes a text. Its bold part is isolated from the rest, since an id may be written
// from right to left.
func (w *markup) caption(t *caption) {
	anchor, class := "", "fill-"+inkNames[t.ink]
	if t.anchor == anchorMiddle {
		anchor = "middle"
	}
	var halo []string
	if t.halo != inkNone {
		class += " stroke-" + inkNames[t.halo]
		halo = []string{"stroke", light.color(t.halo), "stroke-width", "4", "stroke-linejoin", "round", "paint-order", "stroke"}
	}
	w.open("text", append([]string{"x", number(t.x), "y", number(t.y), "font-size", number(t.size), "text-anchor", anchor,
		"class", class, "fill", light.color(t.ink)}, halo...)...)
	w.WriteString(">")
	if t.strong != "" {
		w.open("tspan", "font-weight", "600", "unicode-bidi", "plaintext")
		w.WriteString(">")
		w.escape(t.strong)
		w.WriteString("</tspan>")
		if t.text != "" {
			w.escape(" ")
		}
	}
	w.escape(t.text)
	w.close("text")
}
