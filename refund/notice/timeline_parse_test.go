package notice_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// A picture is an SVG document as a test reads it.
type picture struct {
	width, height  int
	title, desc    string
	marks          []markBox
	captions       []written
	steps          []corner // the corners of the steps of the amount
	from, to, low  int      // the ends of the window's bar, and zero of the steps
	counted, other int      // circles of issues
}

type corner struct{ x, y int }

// A markBox is the box of a mark.
type markBox struct {
	element        string
	left, top      int
	right, bottom  int
	filled, stroke string // classes
}

// A written is a text with the box that it needs.
type written struct {
	text                     string
	left, top, right, bottom int
}

const paints = "class fill fill-opacity stroke stroke-width stroke-dasharray"

// pictureElements are the elements that pictures have, with their attributes.
var pictureElements = map[string][]string{
	"svg":   strings.Fields("xmlns class role lang width height viewBox preserveAspectRatio direction text-anchor font-family"),
	"title": nil, "desc": nil, "style": nil,
	"rect":   strings.Fields("x y width height " + paints),
	"circle": strings.Fields("cx cy r " + paints),
	"path":   strings.Fields("d " + paints),
	"text":   strings.Fields("x y font-size text-anchor class fill stroke stroke-width stroke-linejoin paint-order"),
	"tspan":  strings.Fields("font-weight unicode-bidi"),
}

// value is what the value of an attribute can be: it has neither parentheses nor colons, so
// that it cannot refer to anything.
var value = regexp.MustCompile(`^[-A-Za-z0-9 #.,]+$`)

// styleSheet is what a style sheet can be: rules below the class of the picture that set
// colors.
var styleSheet = regexp.MustCompile(`^\.refund-timeline\{max-width:100%;height:auto\}` +
	`@media \(prefers-color-scheme:dark\)\{(` + styleRule + `)+\}@media print\{\.refund-timeline\{max-height:95vh;break-inside:avoid\}(` + styleRule + `)+\}$`)

const styleRule = `\.refund-timeline \.(fill|stroke)-[a-z]+\{(fill|stroke):#[0-9a-f]{6}\}`

// readPicture reads a picture. It fails for anything that pictures do not have.
func readPicture(t testkit.TB, document string) *picture {
	t.Helper()
	for _, r := range document {
		if r != '\n' && r != '\u200c' && r != '\u200d' && !unicode.IsGraphic(r) {
			t.Fatalf("the picture has the character %U", r)
		}
	}
	p := &picture{}
	d := xml.NewDecoder(strings.NewReader(document))
	d.Strict = true
	var open []xml.StartElement
	var text, bold string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			checkElement(t, token, len(open))
			open = append(open, token.Copy())
			if token.Name.Local != "tspan" {
				text, bold = "", ""
			}
		case xml.CharData:
			if len(open) > 0 && open[len(open)-1].Name.Local == "tspan" {
				bold += string(token)
				continue
			}
			text += string(token)
		case xml.EndElement:
			p.add(t, open[len(open)-1], text, bold)
			open = open[:len(open)-1]
			if token.Name.Local != "tspan" {
				text, bold = "", ""
			}
		default:
			t.Fatalf("a comment or an instruction")
		}
	}
	if len(open) != 0 || p.width == 0 || p.title == "" || p.desc == "" {
		t.Fatalf("the picture is not complete: %+v", p)
	}
	return p
}

func checkElement(t testkit.TB, e xml.StartElement, depth int) {
	t.Helper()
	name := e.Name.Local
	allowed, known := pictureElements[name]
	if !known || e.Name.Space != "http://www.w3.org/2000/svg" || (name == "svg") != (depth == 0) || (name == "tspan") != (depth == 2) {
		t.Fatalf("an element %q at depth %d", name, depth)
	}
	for _, a := range e.Attr {
		if !slices.Contains(allowed, a.Name.Local) || a.Name.Space != "" {
			t.Fatalf("an attribute %q of %q", a.Name.Local, name)
		}
		if a.Name.Local != "xmlns" && !value.MatchString(a.Value) {
			t.Fatalf("an attribute %q of %q with the value %q", a.Name.Local, name, a.Value)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// add adds an element to the picture.
func (p *picture) add(t testkit.TB, e xml.StartElement, text, bold string) {
	t.Helper()
	number := func(name string) int {
		n, err := strconv.Atoi(attribute(e, name))
		if err != nil {
			t.Fatalf("%s of %s: %v", name, e.Name.Local, err)
		}
		return n
	}
	class := attribute(e, "class")
	m := markBox{element: e.Name.Local}
	for _, c := range strings.Fields(class) {
		if fill, found := strings.CutPrefix(c, "fill-"); found {
			m.filled = fill
		}
		if stroke, found := strings.CutPrefix(c, "stroke-"); found {
			m.stroke = stroke
		}
	}
	switch e.Name.Local {
	case "svg":
		if attribute(e, "role") != "img" || attribute(e, "direction") != "ltr" {
			t.Fatalf("the picture has no role or no direction: %v", e)
		}
		if box := strings.Fields(attribute(e, "viewBox")); len(box) != 4 || box[0] != "0" || box[1] != "0" {
			t.Fatalf("the view box is %q", box)
		} else {
			p.width, _ = strconv.Atoi(box[2])
			p.height, _ = strconv.Atoi(box[3])
		}
		return
	case "title":
		p.title = text
		return
	case "desc":
		p.desc = text
		return
	case "style":
		if !styleSheet.MatchString(text) {
			t.Fatalf("another style sheet: %s", text)
		}
		return
	case "tspan":
		if attribute(e, "unicode-bidi") != "plaintext" {
			t.Fatalf("an id is not isolated: %v", e)
		}
		return
	case "text":
		size := number("font-size")
		width := notice.TextWidth(bold, size, true) + notice.TextWidth(text, size, false)
		w := written{bold + text, number("x"), number("y") - size, 0, number("y") + size*3/10}
		if attribute(e, "text-anchor") == "middle" {
			w.left -= width / 2
		}
		w.right = w.left + width
		p.captions = append(p.captions, w)
		return
	case "rect":
		m.left, m.top = number("x"), number("y")
		m.right, m.bottom = m.left+number("width"), m.top+number("height")
		if p.to == 0 && m.filled == "strong" {
			p.from, p.to = m.left, m.right
		}
	case "circle":
		m.left, m.right = number("cx")-number("r"), number("cx")+number("r")
		m.top, m.bottom = number("cy")-number("r"), number("cy")+number("r")
		switch {
		case m.filled == "strong":
			p.counted++
		case m.filled == "paper":
			p.other++
		}
	case "path":
		corners := cornersOf(t, attribute(e, "d"))
		m.left, m.top, m.right, m.bottom = corners[0].x, corners[0].y, corners[0].x, corners[0].y
		for _, c := range corners {
			m.left, m.right, m.top, m.bottom = min(m.left, c.x), max(m.right, c.x), min(m.top, c.y), max(m.bottom, c.y)
		}
		switch {
		case m.filled == "strong" && m.stroke == "": // the area below the steps
			p.low = m.bottom
		case m.stroke == "strong" && m.filled == "":
			p.steps = corners
		}
	}
	if attribute(e, "stroke") != "" { // half of a line of two pixels is outside the box
		m.left, m.top, m.right, m.bottom = m.left-1, m.top-1, m.right+1, m.bottom+1
	}
	p.marks = append(p.marks, m)
}

var pathData = regexp.MustCompile(`^M\d+ \d+( \d+ \d+)+( Z)?$`)

func cornersOf(t testkit.TB, d string) (list []corner) {
	t.Helper()
	if !pathData.MatchString(d) {
		t.Fatalf("a path %q", d)
	}
	numbers := strings.Fields(strings.Trim(d, "MZ "))
	for i := 0; i < len(numbers); i += 2 {
		x, _ := strconv.Atoi(numbers[i])
		y, _ := strconv.Atoi(numbers[i+1])
		list = append(list, corner{x, y})
	}
	return list
}

// checkPicture reads a picture, and fails unless all of it is inside the view box, no text
// covers another, and the description has every word that is shown.
func checkPicture(t testkit.TB, document string) *picture {
	t.Helper()
	p := readPicture(t, document)
	for _, m := range p.marks {
		if m.left < 0 || m.top < 0 || m.right > p.width || m.bottom > p.height {
			t.Fatalf("%+v is not in the picture of %d by %d", m, p.width, p.height)
		}
	}
	for i, a := range p.captions {
		if a.left < 0 || a.top < 0 || a.right > p.width || a.bottom > p.height {
			t.Fatalf("%+v is not in the picture of %d by %d", a, p.width, p.height)
		}
		for _, b := range p.captions[:i] {
			if a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom {
				t.Fatalf("the texts %+v and %+v overlap", a, b)
			}
		}
	}
	said := strings.NewReplacer(":", "", ";", "", ",", "", ".", "").Replace(p.title + " " + p.desc + " asked ")
	for _, c := range p.captions {
		for _, word := range strings.Fields(strings.NewReplacer(":", "", ";", "", ",", "", ".", "").Replace(c.text)) {
			if !strings.Contains(said, word) && !strings.Contains(p.desc, " steps more;") {
				t.Fatalf("the word %q of %q is not in the description:\n%s\n%s", word, c.text, p.title, p.desc)
			}
		}
	}
	return p
}
