package notice

// A scene is a picture in numbers. A unit is a pixel of a screen that is 360 pixels wide.
type scene struct {
	title, description string
	height             int
	shapes             []shape
	captions           []caption
}

// A shape is a mark in a box.
type shape struct {
	form         form
	x, y, w, h   int
	fill, stroke ink     // inkNone for none
	dashed       bool    // of the stroke
	points       []point // of formSteps and formArea, from left to right
}

type point struct{ x, y int }

// A form is the form of a shape in its box.
type form uint8

const (
	formBox     form = iota
	formLine         // from the upper left to the lower right corner of a box without width or height
	formCircle       // in the middle
	formDiamond      // between the middles of the edges
	formPointer      // a triangle that points down
	formEarlier      // a triangle that points left
	formLater        // a triangle that points right
	formSteps        // a line through points
	formArea         // the area below a line, lightly
)

// A caption is a line of text. It starts at x, or has its middle there.
type caption struct {
	x, y   int // of the baseline
	anchor anchor
	size   int
	ink    ink
	strong string // a part in bold before the text
	text   string
	halo   ink // around the letters, over a line; inkNone without one
}

type anchor uint8

const (
	anchorStart anchor = iota
	anchorMiddle
)

// An ink is a color of the palette.
type ink uint8

const (
	inkNone ink = iota
	inkInk
	inkMuted
	inkStrong
	inkLine
	inkPaper
	inkPage
)
