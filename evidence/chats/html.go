package chats

import (
	"html"
	"strings"
)

// plain returns the text of HTML, in one pass. It ends a line where a block does, and
// leaves out what stands between < and > where a tag can begin. A tag that does not end is
// text. Blank lines and blanks at either end of the text are left out.
func plain(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return strings.TrimSpace(html.UnescapeString(s))
	}
	var b strings.Builder
	for s != "" {
		n := strings.IndexByte(s, '<')
		if n < 0 {
			n = len(s)
		}
		b.WriteString(html.UnescapeString(s[:n]))
		s = s[n:]
		if s == "" {
			break
		}
		name, rest, ended := cutTag(s)
		switch {
		case name == "": // a < that begins no tag
			b.WriteByte('<')
			s = s[1:]
			continue
		case !ended:
			b.WriteString(html.UnescapeString(s))
			s = ""
			continue
		}
		b.WriteString(instead(name))
		s = rest
	}
	return trimLines(b.String())
}

// cutTag cuts a tag from the beginning of a text, and returns its name in lower case, with
// a slash if it is an end tag.
func cutTag(s string) (name, rest string, ended bool) {
	i := 1
	if i < len(s) && s[i] == '/' {
		i++
	}
	if i < len(s) && (s[i] == '!' || s[i] == '?') { // a comment or declaration
		name = "!"
	}
	start := i
	for i < len(s) && isLetter(s[i]) {
		i++
	}
	if i > start && i < len(s) && '1' <= s[i] && s[i] <= '6' { // h1
		i++
	}
	if name == "" {
		if i == start {
			return "", s, false
		}
		name = strings.ToLower(s[1:min(i, 16)])
	}
	for quote := byte(0); i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '>':
			return name, s[i+1:], true
		case c == '"' || c == '\'':
			if s[i-1] == '=' {
				quote = c
			}
		}
	}
	return name, "", false
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// instead returns the text that stands for a tag.
func instead(name string) string {
	switch name {
	case "br", "/p", "/div", "/li", "/tr", "/ul", "/ol", "/table", "/blockquote", "/pre",
		"/h1", "/h2", "/h3", "/h4", "/h5", "/h6":
		return "\n"
	case "/td", "/th":
		return " "
	case "img":
		return "[image]"
	}
	return ""
}

// trimLines removes blanks around lines, and lines without anything else.
func trimLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return b.String()
}
