package notice_test

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// elements are the elements that letters have. Only the listed attributes are allowed.
var elements = map[string][]string{
	"html": {"lang"}, "head": nil, "meta": {"charset", "name", "content"}, "title": nil, "style": nil, "body": nil, "main": nil,
	"h1": nil, "h2": nil, "p": {"class", "dir"}, "br": nil, "bdi": nil, "ul": nil, "li": {"dir"}, "strong": nil,
	"table": {"class"}, "tr": {"class"}, "th": {"scope"}, "td": nil,
}

// parsed parses a document as XML, and returns the words of its body, and those of its
// headline apart. It fails for an element or attribute that letters do not have.
func parsed(t testkit.TB, document string) (shown, headline string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(document))
	d.Strict = true
	var words, large []string
	var open []bool // for each open element, whether it is in the headline
	inBody := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		inHeadline := len(open) > 0 && open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			allowed, known := elements[token.Name.Local]
			if !known || token.Name.Space != "" {
				t.Fatalf("an element %q", token.Name.Local)
			}
			for _, a := range token.Attr {
				if !slices.Contains(allowed, a.Name.Local) || a.Name.Space != "" {
					t.Fatalf("an attribute %q of %q", a.Name.Local, token.Name.Local)
				}
				inHeadline = inHeadline || a.Value == "amount"
			}
			open = append(open, inHeadline)
			inBody = inBody || token.Name.Local == "body"
			words, large = append(words, ""), append(large, "") // an element separates words
		case xml.EndElement:
			open = open[:len(open)-1]
			words, large = append(words, ""), append(large, "")
		case xml.CharData:
			switch {
			case inHeadline:
				large = append(large, string(token))
			case inBody:
				words = append(words, string(token))
			}
		case xml.Comment, xml.ProcInst:
			t.Fatalf("a comment or an instruction")
		}
	}
	if !inBody || len(open) != 0 {
		t.Fatalf("the document has no body")
	}
	join := func(list []string) string { return strings.Join(strings.Fields(strings.Join(list, " ")), " ") }
	return join(words), join(large)
}

// wordsOf returns the words of a text, without those of dashes alone: bullets, and the line
// above a total.
func wordsOf(text string) string {
	words := slices.DeleteFunc(strings.Fields(text), func(word string) bool { return strings.Trim(word, "-") == "" })
	return strings.Join(words, " ")
}

// checkMessage fails unless both forms are clean, have the same words, and the HTML is
// well-formed.
func checkMessage(t testkit.TB, m notice.Message) {
	t.Helper()
	if m.Subject == "" || strings.ContainsAny(m.Subject, "\n\r") {
		t.Fatalf("subject %q", m.Subject)
	}
	shown, headline := parsed(t, m.HTML)
	if words := wordsOf(m.Text); words != wordsOf(shown) {
		t.Fatalf("the text and the HTML have different words:\n%s\n%s", words, shown)
	}
	for name, s := range map[string]string{"subject": m.Subject, "text": m.Text, "HTML": m.HTML, "shown": shown, "headline": headline} {
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

// sumOf returns the lines of the sum in a text, and the amounts below its rules: the total,
// and the part that is released if there is one. It reads the amounts as they are shown.
func sumOf(t testkit.TB, text string, currency refund.Currency) (lines, totals []refund.Money) {
	t.Helper()
	return sumUnder(t, text, "How we arrive at the amount", currency)
}

func sumUnder(t testkit.TB, text, heading string, currency refund.Currency) (lines, totals []refund.Money) {
	t.Helper()
	_, sum, found := strings.Cut(text, "\n"+heading+"\n")
	if !found {
		return nil, nil
	}
	sum, _, _ = strings.Cut(sum, "\n\n")
	size, below := 0, false
	for line := range strings.Lines(sum) {
		if strings.Trim(line, "- \n") == "" {
			size = utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) // an amount ends there
			break
		}
	}
	for line := range strings.Lines(sum) {
		line = strings.TrimSuffix(line, "\n")
		if strings.Trim(line, "- ") == "" {
			below = true
			continue
		}
		if utf8.RuneCountInString(line) < size {
			continue // the first line of a long label
		}
		line = strings.TrimSuffix(line, " "+currency.Code())
		word := line[strings.LastIndexByte(line, ' ')+1:]
		number := strings.NewReplacer(",", "", "−", "-", "$", "", "€", "", "£", "", "₹", "", "₪", "", "₦", "", "₺", "", "₴", "").Replace(word)
		amount, err := decimal.NewFromString(number)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if !amount.Equal(amount.Truncate(int32(currency.Digits()))) {
			t.Fatalf("%q has too many decimals", line)
		}
		m := testkit.Minor(t, amount.Shift(int32(currency.Digits())).BigInt(), currency)
		if below {
			totals = append(totals, m)
			continue
		}
		lines = append(lines, m)
	}
	return lines, totals
}

func total(t testkit.TB, lines []refund.Money) (sum refund.Money) {
	t.Helper()
	for _, m := range lines {
		var err error
		if sum, err = sum.Add(m); err != nil {
			t.Fatalf("%v", err)
		}
	}
	return sum
}
