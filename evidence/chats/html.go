package chats

import (
	"html"
	"strings"
)

// plain returns the text of HTML, in one pass. It removes tags and comments, ends a line at
// the end of a block, and then removes blank lines and the blanks around each line. A tag
// without an end is text, and so is a < that does not begin a tag.
func plain(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return strings.TrimSpace(html.UnescapeString(s))
	}
	var b strings.Builder
	b.Grow(len(s))
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
		case name == "": // a < that does not begin a tag
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

// cutTag cuts a tag from the beginning of a text. It returns the tag's name in lower case,
// with a slash for an end tag, and no name if the text does not begin with a tag.
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

// instead returns the text that replaces a tag.
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

// trimLines removes the blanks around each line, and blank lines.
func trimLines(s string) string {
	s = strings.TrimSpace(s)
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.SplitSeq(s, "\n") {
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
