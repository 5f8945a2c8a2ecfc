package notice

import (
	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// The measures of the steps of the amount.
const (
	chartHeight = 84 // from the largest amount to zero
	chartTop    = 26 // above the largest amount, for its label
	axisHeight  = 20
)

// A plateau is a horizontal part of the steps.
type plateau struct {
	x1, x2, y int
	amount    refund.Money
}

// chart draws the refundable amount by the time of the request, from left to right.
func (c *canvas) chart() {
	c.line(caption{ink: inkInk, strong: stepsHeading})
	top := c.y + chartTop
	bottom := top + chartHeight
	c.band(c.y+3, bottom, inkMuted, bottom)
	list := c.plateaus(bottom)
	first, last := list[0], list[len(list)-1]
	steps := shape{form: formSteps, x: first.x1, y: top, w: last.x2 - first.x1, h: chartHeight, stroke: inkStrong}
	for _, p := range list {
		steps.points = append(steps.points, point{p.x1, p.y}, point{p.x2, p.y})
	}
	area := steps
	area.form, area.fill, area.stroke = formArea, inkStrong, inkNone
	c.draw(area)
	c.draw(steps)
	asked := c.scale.x(c.facts.asked)
	// Another step may be drawn in the place of this one.
	now := c.plateau(c.facts.steps.At(c.facts.asked), bottom)
	c.draw(shape{form: formCircle, x: asked - markSize/2, y: now.y - markSize/2, w: markSize, h: markSize, fill: inkInk, stroke: inkPage})
	c.amounts(list, now, asked)
	c.y = bottom
	c.dates()
}

// plateaus returns the steps as they are drawn, with zero at the bottom. Of several steps in
// one place the last is drawn.
func (c *canvas) plateaus(bottom int) (list []plateau) {
	for _, change := range c.facts.steps {
		p := c.plateau(change, bottom)
		last := len(list) - 1
		switch {
		case last >= 0 && list[last].x1 == p.x1:
			list[last] = p
			continue
		case last >= 0:
			list[last].x2 = p.x1
		}
		list = append(list, p)
	}
	return list
}

// plateau returns the step of a change, up to the right edge.
func (c *canvas) plateau(change whatif.Change, bottom int) plateau {
	most := c.facts.steps[0].Refundable // a later request never gives more
	return plateau{c.scale.x(change.At), sceneWidth - margin, bottom - rise(change.Refundable, most), change.Refundable}
}

// rise returns how far an amount is above zero. Any amount above zero is at least a pixel above
// it.
func rise(m, most refund.Money) int {
	if m.Sign() <= 0 {
		return 0
	}
	part, _ := m.Decimal().Mul(decimal.NewFromInt(chartHeight)).QuoRem(most.Decimal(), 0)
	return max(int(part.IntPart()), 1)
}

// amounts writes amounts above the steps where there is room: first that of the request, then
// that of the opening, then the others from left to right.
func (c *canvas) amounts(list []plateau, now plateau, asked int) {
	behind := inkPaper
	if c.facts.window.Contains(c.facts.asked) {
		behind = inkPage
	}
	var taken lane
	put := func(p plateau, x, above int) bool {
		t := caption{x: x, y: p.y - above, size: textSize, ink: inkInk, text: money(p.amount)}
		b := box{x, t.y - textSize, textWidth(t.text, textSize, false), textSize + 3}
		if b.x < scaleLeft || b.x+b.w > sceneWidth-margin || !taken.take(b) {
			return false
		}
		if b.x < asked && asked < b.x+b.w { // it covers a part of the line
			t.halo = behind
		}
		c.write(t)
		return true
	}
	if !put(now, asked+markSize, 5) { // then at the right edge, above the mark
		put(now, sceneWidth-margin-textWidth(money(now.amount), textSize, false), markSize)
	}
	if first := list[0]; first.x1 != now.x1 {
		put(first, first.x1+4, 5)
	}
	taken = append(taken, box{asked, 0, 0, c.y + chartTop + chartHeight}) // the others do not cover the line
	for _, p := range list[1:] {
		if p.x1 != now.x1 {
			put(p, p.x1+4, 5)
		}
	}
}

// A lane is the boxes that texts have taken.
type lane []box

type box struct{ x, y, w, h int }

// take takes a box unless it is too near to one that is taken.
func (l *lane) take(b box) bool {
	const gap = 4
	for _, a := range *l {
		if b.x < a.x+a.w+gap && a.x < b.x+b.w+gap && b.y < a.y+a.h && a.y < b.y+b.h {
			return false
		}
	}
	*l = append(*l, b)
	return true
}

// dates writes the dates below the steps: those of the window, and that of the request on a
// line of its own.
func (c *canvas) dates() {
	w := c.facts.window
	opens, closes, asked := day(w.Opens), date(w.LastDay), "asked "+day(c.facts.asked)
	left := min(c.scale.x(w.Opens), sceneWidth)
	size := textWidth(closes, textSize, false)
	right := max(c.scale.x(w.Closes)-size, left+textWidth(opens, textSize, false)+8)
	c.write(caption{x: left, y: c.y + textSize + 3, size: textSize, ink: inkMuted, text: opens})
	c.write(caption{x: min(right, sceneWidth-margin-size), y: c.y + textSize + 3, size: textSize, ink: inkMuted, text: closes})
	c.y += axisHeight
	half := (textWidth(asked, textSize, false) + 1) / 2
	x := min(max(c.scale.x(c.facts.asked), margin+half), sceneWidth-margin-half)
	c.write(caption{x: x, y: c.y + textSize, anchor: anchorMiddle, size: textSize, ink: inkInk, text: asked})
	c.y += lineHeight
}
