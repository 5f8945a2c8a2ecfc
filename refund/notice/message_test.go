package notice_test

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// elements are the elements that letters have. Only the listed attributes are allowed.
var elements = map[string][]string{
	"html": {"lang"}, "head": nil, "meta": {"charset", "name", "content"}, "title": nil, "style": nil, "body": nil, "main": nil,
	"h1": nil, "h2": nil, "p": {"class"}, "br": nil, "bdi": nil, "ul": nil, "li": nil, "strong": nil,
	"table": {"class"}, "tr": {"class"}, "th": {"scope"}, "td": nil,
}

// parsed parses a document as XML, and returns the words of its body. It fails for an
// element or attribute that letters do not have.
func parsed(t testkit.TB, document string) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(document))
	d.Strict = true
	var words []string
	inBody, depth := false, 0
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
			depth++
			allowed, known := elements[token.Name.Local]
			if !known || token.Name.Space != "" {
				t.Fatalf("an element %q", token.Name.Local)
			}
			for _, a := range token.Attr {
				if !slices.Contains(allowed, a.Name.Local) || a.Name.Space != "" {
					t.Fatalf("an attribute %q of %q", a.Name.Local, token.Name.Local)
				}
			}
			inBody = inBody || token.Name.Local == "body"
			if inBody {
				words = append(words, "") // an element separates words
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if inBody {
				words = append(words, string(token))
			}
		case xml.Comment, xml.ProcInst:
			t.Fatalf("a comment or an instruction")
		}
	}
	if !inBody || depth != 0 {
		t.Fatalf("the document has no body")
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// checkMessage fails unless both forms are clean and the HTML is well-formed.
func checkMessage(t testkit.TB, m notice.Message) {
	t.Helper()
	if m.Subject == "" || strings.ContainsAny(m.Subject, "\n\r") {
		t.Fatalf("subject %q", m.Subject)
	}
	shown := parsed(t, m.HTML)
	for name, s := range map[string]string{"subject": m.Subject, "text": m.Text, "HTML": m.HTML, "shown": shown} {
		for _, r := range s {
			if r != '\n' && r != '\u200c' && r != '\u200d' && !unicode.IsGraphic(r) {
				t.Fatalf("the %s has the character %U", name, r)
			}
		}
	}
	if strings.Contains(m.Text, "\n\n\n") || !strings.HasSuffix(m.Text, "\n") || strings.HasSuffix(m.Text, "\n\n") || strings.HasPrefix(m.Text, "\n") {
		t.Fatalf("the text has empty lines that separate nothing:\n%s", m.Text)
	}
	for line := range strings.Lines(m.Text) {
		if line = strings.TrimSuffix(line, "\n"); strings.TrimRight(line, " ") != line {
			t.Fatalf("a line ends in a space: %q", line)
		}
	}
}
