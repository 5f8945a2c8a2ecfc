package notice

// The measures of a picture.
const (
	sceneWidth  = 360
	margin      = 12
	inner       = sceneWidth - 2*margin
	textSize    = 13
	lineHeight  = 17
	headSize    = 20
	headHeight  = 28
	trackHeight = 18 // the height of the marks of a row
	markSize    = 10
	rowGap      = 7
)

// A canvas is a scene under construction: y is the upper edge of the free part.
type canvas struct {
	scene
	scale scale
	facts *chronicle
	y     int
}

// layout returns the picture of a chronicle.
func (ch *chronicle) layout() scene {
	c := &canvas{scale: ch.scale(), facts: ch, y: margin}
	c.title, c.description = ch.title+". "+ch.headline+".", ch.description()
	if ch.id != "" {
		c.line(caption{ink: inkMuted, strong: ch.id})
	}
	c.head(ch.headline)
	for _, s := range ch.said {
		c.text(s)
	}
	c.y += rowGap
	for i := range ch.rows {
		c.row(&ch.rows[i])
	}
	if ch.steps != nil {
		c.chart()
	}
	if ch.noSteps != "" {
		c.text(ch.noSteps)
	}
	c.height = c.y + margin
	return c.scene
}

func (c *canvas) draw(s shape)    { c.shapes = append(c.shapes, s) }
func (c *canvas) write(t caption) { c.captions = append(c.captions, t) }

// line writes a caption as the next line of text.
func (c *canvas) line(t caption) {
	t.x, t.y, t.size = margin, c.y+textSize, textSize
	c.write(t)
	c.y += lineHeight
}

// text writes a paragraph.
func (c *canvas) text(s string) {
	for _, part := range broken(s, textSize, inner, false) {
		c.line(caption{ink: inkMuted, text: part})
	}
}

// head writes the headline, in a smaller size if it is long.
func (c *canvas) head(s string) {
	if textWidth(s, headSize, true) > inner {
		for _, part := range broken(s, textSize, inner, true) {
			c.line(caption{ink: inkInk, strong: part})
		}
		return
	}
	c.write(caption{x: margin, y: c.y + headSize, size: headSize, ink: inkInk, strong: s})
	c.y += headHeight
}

// row draws an event: its text, and its marks below.
func (c *canvas) row(e *event) {
	if textWidth(e.label, textSize, true)+textWidth(" "+e.status, textSize, false) <= inner {
		c.line(caption{ink: inkInk, strong: e.label, text: e.status})
	} else {
		c.line(caption{ink: inkInk, strong: e.label})
		for _, part := range broken(e.status, textSize, inner, false) {
			c.line(caption{ink: inkInk, text: part})
		}
	}
	if e.detail != "" {
		c.text(e.detail)
	}
	if e.kind != kindText {
		c.track(e)
	}
	c.y += rowGap
}

// A mark is the shape of an instant, and the ink of a bar.
type mark struct {
	form         form
	fill, stroke ink
	bar          ink
	dashed       bool // the bar
}

// markOf returns how a kind is drawn. Marks differ by their shape and filling too, for those
// who do not see the colors.
func markOf(k kind) mark {
	switch k {
	case kindWindow:
		return mark{bar: inkStrong}
	case kindCounted:
		return mark{formCircle, inkStrong, inkStrong, inkStrong, false}
	case kindRefund:
		return mark{formDiamond, inkInk, inkInk, inkInk, false}
	case kindRequest:
		return mark{formPointer, inkInk, inkInk, inkInk, false}
	case kindCallback:
		return mark{formCircle, inkInk, inkPaper, inkMuted, false}
	case kindDecision:
		return mark{formBox, inkStrong, inkStrong, inkStrong, false}
	case kindDeclined:
		return mark{formBox, inkPaper, inkMuted, inkMuted, false}
	}
	return mark{formCircle, inkPaper, inkMuted, inkMuted, true}
}

// track draws the marks of an event.
func (c *canvas) track(e *event) {
	middle, how := c.y+trackHeight/2, markOf(e.kind)
	c.band(c.y, c.y+trackHeight, inkLine, middle)
	if from := e.span[0]; !from.IsZero() {
		x := c.scale.x(from)
		w := c.scale.x(e.span[1]) - x
		thick := func(h, least int) {
			w = max(w, least)
			c.draw(shape{form: formBox, x: min(x, sceneWidth-margin-w), y: middle - h/2, w: w, h: h, fill: how.bar})
		}
		switch e.kind {
		case kindWindow:
			thick(8, 2)
		case kindCallback:
			thick(16, 4)
		case kindUnresolved:
			c.draw(shape{form: formLine, x: x, y: middle, w: sceneWidth - margin - x, stroke: how.bar, dashed: true})
		default:
			c.draw(shape{form: formLine, x: x, y: middle, w: w, stroke: how.bar, dashed: how.dashed})
		}
	}
	const apart = 3 // a mark that is nearer would hide the one before it
	for i, last := 0, -apart; i < len(e.marks); i++ {
		x := c.scale.x(e.marks[i])
		if x-last < apart {
			continue
		}
		last = x
		s := shape{form: how.form, x: x - markSize/2, y: middle - markSize/2, w: markSize, h: markSize, fill: how.fill, stroke: how.stroke}
		switch second := e.marks[i].Unix(); {
		case second < c.scale.from:
			s.form = formEarlier
		case second > c.scale.to:
			s.form = formLater
		}
		c.draw(s)
	}
	c.y += trackHeight
}

// band draws what all marks have in common: the window, an axis, and the instant of the
// request.
func (c *canvas) band(top, bottom int, axis ink, at int) {
	if w := c.facts.window; !w.Opens.IsZero() {
		x1, x2 := c.scale.x(w.Opens), c.scale.x(w.Closes)
		c.draw(shape{form: formBox, x: x1, y: top, w: max(x2-x1, 2), h: bottom - top, fill: inkPage})
	}
	c.draw(shape{form: formLine, x: margin, y: at, w: inner, stroke: axis})
	c.draw(shape{form: formLine, x: c.scale.x(c.facts.asked), y: top, h: bottom - top, stroke: inkMuted, dashed: true})
}
