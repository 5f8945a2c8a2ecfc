package chats_test

import (
	"encoding/json"
	"html"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence/chats"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// body returns the text of a body, as it stands in the message.
func body(t testkit.TB, htmlText string) string {
	t.Helper()
	quoted, err := json.Marshal(htmlText)
	if err != nil {
		t.Fatalf("%v", err)
	}
	for c, err := range chats.Intercom(strings.NewReader(conversation(piece("comment", string(quoted), "user", 1)))) {
		if err != nil || len(c.Chat.Messages) != 2 {
			t.Fatalf("%d messages, error %v", len(c.Chat.Messages), err)
		}
		return c.Chat.Messages[1].Text
	}
	t.Fatalf("no conversation")
	return ""
}

func TestBodies(t *testing.T) {
	for _, row := range []struct{ why, html, want string }{
		{"plain text stays", "Hello, World", "Hello, World"},
		{"entities", "a &amp; b &lt;c&gt; &eacute;&#33;&nbsp;", "a & b <c> é!"},
		{"paragraphs are lines", "<p>one</p><p>two</p>", "one\ntwo"},
		{"a break is a line", "one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour"},
		{"blank lines are left out", "<p>one</p>\n\n<p> </p>\n<p>two</p>\n", "one\ntwo"},
		{"marks within a line are left out", "on<b class=\"x\">e</b> <a href='https://example.com'>two</a>", "one two"},
		{"lists and headings", "<h2>Steps</h2><ul><li>one</li><li>two</li></ul>", "Steps\none\ntwo"},
		{"cells have a blank between them", "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>", "a b\nc d"},
		{"an image becomes a text", `look: <img src="x.png" alt="a > b"> there`, "look: [image] there"},
		{"a < that begins no tag stays", "1 < 2 <3 <", "1 < 2 <3 <"},
		{"a tag without its end is text", "see <b and more", "see <b and more"},
		{"a quote without its end is text, with the tag", `see <a href="x>y</a>`, `see <a href="x>y</a>`},
		{"an apostrophe outside of a value is no quote", "<p it's>x</p>", "x"},
		{"comments are left out", "a<!-- b -->c<?d?>", "ac"},
		{"names are compared in any case", "<P>one</P>two", "one\ntwo"},
		{"a name that only begins like another one", "<pre>one</pre>two<brx>three", "one\ntwothree"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := body(t, row.html); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// Texts are put into HTML by a generator that knows what they are.
func TestBodiesKeepTheirWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines, blocks []string
		for range rapid.IntRange(1, 4).Draw(t, "blocks") {
			words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "1 < 2", "&amp;", "<b>", "it's \"x\"", "é😀", "</p>"}), 1, 4).Draw(t, "words")
			lines = append(lines, strings.Join(words, " "))
			var inline []string
			for _, word := range words {
				open := rapid.SampledFrom([]string{"", "<b>", `<a href="a>b" title='"'>`, "<span\nclass=x>"}).Draw(t, "mark")
				inline = append(inline, open+html.EscapeString(word)+"</b>")
			}
			tag := rapid.SampledFrom([]string{"p", "div", "li", "h1", "blockquote"}).Draw(t, "block")
			blocks = append(blocks, "<"+tag+">"+strings.Join(inline, " ")+"</"+tag+">")
		}
		if got, want := body(t, strings.Join(blocks, "\n")), strings.Join(lines, "\n"); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// Quadratic time would be hours: the test would run into its timeout.
func TestHostileBodiesAreRead(t *testing.T) {
	for _, row := range []struct{ why, piece string }{
		{"openings of tags", "<b"},
		{"signs", "<"},
		{"quotes", `<a ="`},
		{"entities", "&amp"},
		{"blank lines", "<br>"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			body(t, strings.Repeat(row.piece, 400_000))
		})
	}
}
