package elements

import (
	"io"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A walk reads a file and yields its elements. Its methods report whether to continue.
type walk struct {
	*scanner
	list  string
	yield func(Element, error) bool
}

// texts reads all texts. It returns false if the consumer stopped or got the last error.
func (w *walk) texts() bool {
	for first := true; ; first = false {
		c, ok := w.peek()
		switch {
		case !ok:
			return true
		case c == '[':
			if !w.array("") {
				return false
			}
		case c == '{':
			if !w.object() {
				return false
			}
		case first && c == 0xEF:
			return w.broken("begins with a byte order mark: write it as UTF-8 without one")
		default:
			return w.broken(notJSON)
		}
	}
}

// array reads an array of elements.
func (w *walk) array(path string) bool {
	w.advance()
	for i := 0; ; i++ {
		c, _ := w.peek()
		if c == ']' && i == 0 {
			w.advance()
			return true
		}
		e := Element{Line: w.line, Path: path + "[" + strconv.Itoa(i) + "]"}
		w.keep()
		if !w.value() {
			return w.broken(notJSON)
		}
		if !w.element(e) {
			return false
		}
		switch c, _ := w.peek(); c {
		case ',':
			w.advance()
		case ']':
			w.advance()
			return true
		default:
			return w.broken(notJSON)
		}
	}
}

// object reads a page or, if the object lacks the list, an element.
func (w *walk) object() bool {
	e := Element{Line: w.line}
	w.keep()
	w.advance()
	page := false
	for i := 0; ; i++ {
		c, _ := w.peek()
		if c == '}' && i == 0 {
			break
		}
		if page { // only the name is needed
			w.keep()
		}
		start := len(w.text)
		if c != '"' || !w.value() {
			return w.broken(notJSON)
		}
		listed := !w.long && string(w.text[start:]) == `"`+w.list+`"`
		if page {
			w.drop()
		}
		if c, _ := w.peek(); c != ':' {
			return w.broken(notJSON)
		}
		w.advance()
		c, _ = w.peek()
		switch {
		case listed && page:
			return w.fail(w.list, "is given twice; the rest of the file is not read")
		case listed && c == '[':
			page = true
			w.drop()
			if !w.array(w.list) {
				return false
			}
		case !w.value():
			return w.broken(notJSON)
		}
		c, _ = w.peek()
		if c == '}' {
			break
		} else if c != ',' {
			return w.broken(notJSON)
		}
		w.advance()
	}
	w.advance()
	return page || w.element(e)
}

// element yields the element whose text was kept.
func (w *walk) element(e Element) bool {
	text, long := w.text, w.long
	w.drop()
	if long {
		return w.yield(e, e.Err(refund.Faults{{Reason: "is longer than 16 MiB"}}))
	}
	repair(text)
	e.Text = text
	return w.yield(e, nil)
}

const notJSON = "is not valid JSON"

// broken yields the last error: the error of the reader, if there was one, or else a fault.
func (w *walk) broken(reason string) bool {
	if w.err != nil && w.err != io.EOF {
		w.yield(Element{Line: w.line, Last: true}, w.err)
		return false
	}
	return w.fail("", reason+"; the rest of the file is not read")
}

func (w *walk) fail(path, reason string) bool {
	e := Element{Line: w.line, Path: path, Last: true}
	w.yield(e, e.Err(refund.Faults{{Reason: reason}}))
	return false
}
