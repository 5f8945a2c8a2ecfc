package refund_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// The test puts each string in the place of the request's reason, and compares the result
// with encoding/json.
func TestReaderStrings(t *testing.T) {
	const broken = "\x00broken"
	for _, r := range []struct{ why, inside, want string }{
		{"the empty string", ``, ""},
		{"the escapes that JSON has", `\"\\\/\b\f\n\r\t`, "\"\\/\b\f\n\r\t"},
		{"an escape at the start", `\nx`, "\nx"},
		{"an escape at the end", `x\n`, "x\n"},
		{"text before, between and after escapes", `ab\tcd\tef`, "ab\tcd\tef"},
		{"an escape that JSON does not have", `\x41`, broken},
		{"an escaped apostrophe", `\'`, broken},
		{"escapes with a capital letter", `\N`, broken},
		{"an octal escape", `\0`, broken},
		{"four hexadecimal digits, in both cases", `\u00e9\u00E9`, "éé"},
		{"a character of NUL, escaped", `a\u0000b`, "a\x00b"},
		{"the highest control character, escaped", `\u001f`, "\x1f"},
		{"three hexadecimal digits", `\u00e"`, broken},
		{"a letter that is not a hexadecimal digit", `\u00eg`, broken},
		{"a sign among the hexadecimal digits", `\u+0e9`, broken},
		{"an underscore among the hexadecimal digits", `\u0_e9`, broken},
		{"a capital U", `\U000000e9`, broken},
		{"a surrogate pair", `\ud83d\ude00`, "😀"},
		{"a surrogate pair in capitals", `\uD83D\uDE00`, "😀"},
		{"the first surrogate pair", `\ud800\udc00`, "\U00010000"},
		{"the last surrogate pair", `\udbff\udfff`, "\U0010FFFF"},
		{"two pairs in a row, then text", `\ud83d\ude00\ud83d\ude01x`, "😀😁x"},
		{"the last character before the surrogates", `\ud7ff`, "\uD7FF"},
		{"the first character after the surrogates", `\ue000`, "\uE000"},
		{"the highest character of four digits", `\uffff`, "\uFFFF"},
		{"a lone high surrogate", `\ud83d`, broken},
		{"a lone high surrogate before text", `\ud83dx`, broken},
		{"a lone high surrogate before u, the letter", `\ud83du`, broken},
		{"the first high surrogate, alone", `\ud800`, broken},
		{"the last high surrogate, alone", `\udbff`, broken},
		{"a high surrogate before another escape", `\ud83d\n`, broken},
		{"a high surrogate before another character", `\ud83d\u0041`, broken},
		{"a high surrogate before the character after the low ones", `\ud83d\ue000`, broken},
		{"a high surrogate before a high one", `\ud83d\ud83d`, broken},
		{"a high surrogate before four characters that are not digits", `\ud83d\u00zz`, broken},
		{"a lone low surrogate", `\ude00`, broken},
		{"the first low surrogate, alone", `\udc00`, broken},
		{"the last low surrogate, alone", `\udfff`, broken},
		{"a pair the wrong way round", `\ude00\ud83d`, broken},
		{"two low surrogates", `\udc00\udc00`, broken},
		{"characters of two, three and four bytes", "é€😀", "é€😀"},
		{"a replacement character in the input", "\uFFFD\\ufffd", "\uFFFD\uFFFD"},
		{"the line separators that JavaScript does not allow", "\u2028\u2029", "\u2028\u2029"},
		{"a delete character, which JSON does not count as a control character", "\x7f", "\x7f"},
		{"a space", " ", " "},
		{"a control character", "a\x1fb", broken},
		{"a NUL byte", "a\x00b", broken},
		{"a line feed", "a\nb", broken},
		{"a tab", "\t", broken},
		{"a control character after an escape", "\\n\x01", broken},
		{"a byte that does not begin a character", "\xff", broken},
		{"a continuation byte without a character", "a\x80", broken},
		{"a character truncated by text", "\xc3x", broken},
		{"a character truncated by the end", "\xe2\x82", broken},
		{"an overlong form", "\xc0\xaf", broken},
		{"a surrogate in UTF-8", "\xed\xa0\x80", broken},
		{"a character beyond the last", "\xf4\x90\x80\x80", broken},
		{"invalid UTF-8 after an escape", "\\n\xff", broken},
		{"a quote in the middle", `a"b`, broken},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			text := edit(t, validText, `caf\u00e9 \ud83d\ude00 closed,\n\"not\" satisfied é`, r.inside)
			if r.want == broken {
				testkit.WantPaths(t, decodeCase(text), whole...)
				// A name is read like any other string.
				testkit.WantPaths(t, decodeCase(edit(t, validText, `"account"`, `"`+r.inside+`"`)), whole...)
				return
			}
			c, err := readCase([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if c.Request.Reason != r.want {
				t.Errorf("read %q, want %q", c.Request.Reason, r.want)
			}
			var theirs string
			if err := json.Unmarshal([]byte(`"`+r.inside+`"`), &theirs); err != nil || theirs != r.want {
				t.Errorf("encoding/json reads %q, %v", theirs, err)
			}
		})
	}
}

func TestReaderNames(t *testing.T) {
	const hidden = "subscription.…"
	long := strings.Repeat("a", 32)
	for _, r := range []struct {
		why, name string
		path      string
	}{
		{"an escaped name equals the plain one: given twice", `\u0069d`, "subscription.id"},
		{"a name with every character escaped", `\u0061\u0063\u0063\u006f\u0075\u006e\u0074`, "subscription.account"},
		{"an unknown identifier is in the path", "ab", "subscription.ab"},
		{"the first and last letters", "azAZ", "subscription.azAZ"},
		{"it may begin with any letter", "Zone", "subscription.Zone"},
		{"its last letter first", "zone", "subscription.zone"},
		{"its first capital", "Az", "subscription.Az"},
		{"digits and an underscore inside", "a_0189", "subscription.a_0189"},
		{"an underscore first", "_a", "subscription._a"},
		{"a digit first is not an identifier", "1a", hidden},
		{"digits alone, as of a card", "4111111111111111", hidden},
		{"a hyphen", "a-b", hidden},
		{"a space, as in a name", "Jane Doe", hidden},
		{"the empty name", "", hidden},
		{"a point would make another path", "a.b", hidden},
		{"a bracket would make another path", "a[0]", hidden},
		{"before A", "a@", hidden},
		{"after Z", "a[", hidden},
		{"before a", "a`", hidden},
		{"after z", "a{", hidden},
		{"before 0", "a/", hidden},
		{"after 9", "a:", hidden},
		{"letters beyond ASCII", "naïve", hidden},
		{"32 characters", long, "subscription." + long},
		{"33 characters", long + "a", hidden},
		{"33 characters, escaped", strings.Repeat(`\u0061`, 33), hidden},
		{"the ellipsis that replaces a name", "…", hidden},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			text := edit(t, validText, account, account+`, "`+r.name+`": {"id": ["\n"]}`)
			testkit.WantPaths(t, decodeCase(text), []string{r.path}...)
		})
	}

	t.Run("an escaped name equals the name of the field", func(t *testing.T) {
		text := edit(t, validText, `"account"`, `"\u0061ccoun\u0074"`, id, `"\u0069\u0064": "SUB-1"`, `"199.99", "currency"`, `"199.99", "\u0063urrency"`)
		testkit.WantPaths(t, decodeCase(text), ok...)
	})
}

// The test puts each value into an unknown field. If the value is JSON, the unknown field is
// the only fault.
func TestReaderValues(t *testing.T) {
	for _, r := range []struct {
		why, value string
		valid      bool
	}{
		{"true", `true`, true},
		{"false", `false`, true},
		{"null", `null`, true},
		{"a truncated word", `nul`, false},
		{"a word too long", `nulll`, false},
		{"a word in capitals", `True`, false},
		{"an unknown word", `undefined`, false},
		{"not a number", `NaN`, false},
		{"infinity", `-Infinity`, false},
		{"no value", ``, false},
		{"a digit", `0`, true},
		{"the last digit", `9`, true},
		{"digits", `1029`, true},
		{"a minus", `-1`, true},
		{"a negative zero", `-0`, true},
		{"more than 64 bits", `99999999999999999999`, true},
		{"decimals", `0.50`, true},
		{"an exponent", `1e1`, true},
		{"an exponent with all signs", `-1.09E+10`, true},
		{"a negative exponent", `1e-09`, true},
		{"a leading zero", `01`, false},
		{"two zeros", `00`, false},
		{"a minus and a leading zero", `-01`, false},
		{"a plus", `+1`, false},
		{"a minus alone", `-`, false},
		{"two minuses", `--1`, false},
		{"no digit before the point", `.5`, false},
		{"no digit after the point", `1.`, false},
		{"no digit between point and exponent", `1.e1`, false},
		{"no digit in the exponent", `1e`, false},
		{"a sign alone in the exponent", `1e+`, false},
		{"two signs in the exponent", `1e+-1`, false},
		{"an exponent of decimals", `1e1.5`, false},
		{"two exponents", `1e1e1`, false},
		{"a hexadecimal number", `0x10`, false},
		{"a number with an underscore", `1_000`, false},
		{"a comment", `1/**/`, false},
		{"an apostrophe for a quote", `'a'`, false},
		{"an empty array", `[ ]`, true},
		{"an empty object", `{ }`, true},
		{"an array", `[1 , 2]`, true},
		{"a trailing comma in an array", `[1,]`, false},
		{"a leading comma", `[,1]`, false},
		{"a comma alone", `[,]`, false},
		{"no comma", `[1 2]`, false},
		{"a colon in an array", `[1:2]`, false},
		{"an array closed as an object", `[1}`, false},
		{"a trailing comma in an object", `{"a":1,}`, false},
		{"two commas in an object", `{"a":1,,"b":2}`, false},
		{"no comma in an object", `{"a":1 "b":2}`, false},
		{"a name without a value", `{"a":}`, false},
		{"a name alone", `{"a"}`, false},
		{"a name without its colon", `{"a" 1}`, false},
		{"two colons", `{"a"::1}`, false},
		{"a name without quotes", `{a:1}`, false},
		{"a number for a name", `{1:1}`, false},
		{"null for a name", `{null:1}`, false},
		{"an object closed as an array", `{"a":1]`, false},
		{"the four kinds of white space", " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n", true},
		{"a form feed is not white space", "\f1", false},
		{"a no-break space is not white space", "\u00a01", false},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			if json.Valid([]byte(r.value)) != r.valid {
				t.Fatal("encoding/json disagrees")
			}
			want := whole
			if r.valid {
				want = []string{"x"}
			}
			testkit.WantPaths(t, decodeCase(edit(t, validText, `"issues"`, `"x": `+r.value+`, "issues"`)), want...)
		})
	}
}

// Levels are those of arrays and objects, including the case's own.
func TestReaderDepth(t *testing.T) {
	nested := func(n int, open, closing string) string { return strings.Repeat(open, n) + strings.Repeat(closing, n) }
	for _, r := range []struct {
		why   string
		edits []string
		paths []string
	}{
		{"64 levels of arrays in an unknown field of a case", []string{`"issues"`, `"x": ` + nested(maxDepth-1, "[", "]") + `, "issues"`}, []string{"x"}},
		{"65 levels", []string{`"issues"`, `"x": ` + nested(maxDepth, "[", "]") + `, "issues"`}, whole},
		{"64 levels of objects", []string{`"issues"`, `"x": ` + nested(maxDepth-2, `{"a":`, "}") + `, "issues"`, `"a":}`, `"a":{}}`}, []string{"x"}},
		{"65 levels of objects", []string{`"issues"`, `"x": ` + nested(maxDepth-1, `{"a":`, "}") + `, "issues"`, `"a":}`, `"a":{}}`}, whole},
		{"64 levels where a string should be", []string{account, `"account": ` + nested(maxDepth-2, "[", "]")}, []string{"subscription.account"}},
		{"65 levels where a string should be", []string{account, `"account": ` + nested(maxDepth-1, "[", "]")}, whole},
		{"64 levels below an issue, which is on the third", []string{issue2, issue2 + `, "x": ` + nested(maxDepth-3, "[", "]")}, []string{"issues[1].x"}},
		{"65 levels below an issue", []string{issue2, issue2 + `, "x": ` + nested(maxDepth-2, "[", "]")}, whole},
		{"levels side by side do not add up", []string{`"issues"`, `"x": [` + nested(62, "[", "]") + `,` + nested(62, "[", "]") + `], "y": ` + nested(63, "[", "]") + `, "issues"`}, []string{"x", "y"}},
		{"levels that are never left", []string{`"issues"`, `"x": ` + strings.Repeat("[", 100_000) + `, "issues"`}, whole},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			testkit.WantPaths(t, decodeCase(edit(t, validText, r.edits...)), r.paths...)
		})
	}
}

func TestReaderWholeText(t *testing.T) {
	for _, r := range []struct {
		why, text string
		paths     []string
	}{
		{"white space around the object", " \t\r\n" + validText + " \t\r\n", ok},
		{"the empty text", "", whole},
		{"white space only", " \n", whole},
		{"an array of cases", "[" + validText + "]", whole},
		{"null", "null", whole},
		{"a string", `"case"`, whole},
		{"a number", "1", whole},
		{"true", "true", whole},
		{"text that is not JSON", "case", whole},
		{"a byte order mark", "\uFEFF" + validText, whole},
		{"a NUL byte before it", "\x00" + validText, whole},
		{"a NUL byte after it", validText + "\x00", whole},
		{"a NUL byte in it, between two fields", edit(t, validText, account, "\x00"+account), whole},
		{"a second object", validText + validText, whole},
		{"a second object after a case with faults, which are not reported", edit(t, validText, id, `"id": 1`) + "{}", whole},
		{"text after the object", validText + "x", whole},
		{"a comma after the object", validText + ",", whole},
		{"a brace too many", validText + "}", whole},
		{"a form feed after the object", validText + "\f", whole},
		{"an array and text after it", "[] x", whole},
		{"a trailing comma in the case", edit(t, validText, `"blocking"}
  ]`, `"blocking"}
  ],`), whole},
		{"a trailing comma in an issue", edit(t, validText, issue2, issue2+","), whole},
		{"a trailing comma in the issues", edit(t, validText, issue2+"}", issue2+"},"), whole},
		{"a trailing comma in money", edit(t, validText, paid, `"paid": {"amount": "150.00", "currency": "USD",}`), whole},
		{"no comma between two fields", edit(t, validText, account+",", account), whole},
		{"a fault before invalid JSON, which is reported alone", edit(t, validText, id, `"id": 1`, issue2, issue2+"]"), whole},
		{"a missing value, where a string should be", edit(t, validText, account, `"account": `), whole},
		{"an unknown word, where a string should be", edit(t, validText, account, `"account": nil`), whole},
		{"an unknown word, where an amount should be", edit(t, validText, paid, `"paid": free`), whole},
		{"an unknown word, where an issue should be", edit(t, validText, `{`+issue2+`}`, `none`), whole},
		{"UTF-16", "{\x00}\x00", whole},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			testkit.WantPaths(t, decodeCase(r.text), r.paths...)
			testkit.WantPaths(t, decodeDocument(r.text), r.paths...)
		})
	}
}

// In a text of a mebibyte, an error is hard to find without its position.
func TestReaderReportsTheByte(t *testing.T) {
	for _, r := range []struct{ why, text, where string }{
		{"the first byte", "x", "byte 1"},
		{"the fifth byte, between two fields", `{"a"x`, "byte 5"},
		{"the byte after the end", `{} x`, "byte 4"},
		{"the end", `{"a":`, "byte 6"},
	} {
		named(t, r.why)
		if err := decodeCase(r.text); err == nil || !strings.HasSuffix(err.Error(), r.where) {
			t.Errorf("%s: %v, want %s", r.why, err, r.where)
		}
	}
}

func TestReaderBoundsTheText(t *testing.T) {
	if maxBytes != 1<<20 || maxDepth != 64 {
		t.Error("the limits are not 1 MiB and 64 levels")
	}
	full := validText + strings.Repeat(" ", maxBytes-len(validText))
	testkit.WantPaths(t, decodeCase(full), ok...)
	testkit.WantPaths(t, decodeDocument(full), ok...)
	testkit.WantPaths(t, decodeCase(full+" "), whole...)
	testkit.WantPaths(t, decodeDocument(full+"\n"), whole...)
}

func TestReaderRefusesEveryBeginning(t *testing.T) {
	for _, text := range []string{documentText, edit(t, documentText, `"issues"`, `"x": [true, false, null, -1.5e+10, {"a": "\ud83d\ude00"}], "issues"`)} {
		for n := range len(text) {
			if err := decodeDocument(text[:n]); !onlyWhole(t, err) {
				t.Errorf("the first %d bytes, up to %q: %v", n, text[max(0, n-20):n], err)
			}
			if err := decodeCase(text[:n]); !onlyWhole(t, err) {
				t.Errorf("the first %d bytes as a case: %v", n, err)
			}
		}
	}
}

func onlyWhole(t testing.TB, err error) bool {
	paths := jsonPaths(t, err)
	return len(paths) == 1 && paths[0] == ""
}

// The test damages a document in every place. A text that is not JSON is one fault of the
// whole text, and every accepted text is JSON.
func TestReaderWithstandsDamage(t *testing.T) {
	check := func(text []byte) {
		t.Helper()
		_, err := document.Decode(text)
		switch valid := json.Valid(text) && utf8.Valid(text); {
		case !valid && !onlyWhole(t, err):
			t.Errorf("no JSON: %v\n%s", err, text)
		case valid && err != nil && onlyWhole(t, err) && !strings.Contains(err.Error(), "surrogate"):
			t.Errorf("JSON, but rejected as invalid: %v\n%s", err, text)
		}
	}
	for i := range len(documentText) {
		check([]byte(documentText[:i] + documentText[i+1:]))
		check([]byte(documentText[:i+1] + documentText[i:])) // twice
		for _, c := range []byte("\"\\{}[],:0-. nu\x00\x1f\x80\xff") {
			text := []byte(documentText)
			text[i] = c
			check(text)
		}
	}
}

func TestByteOrderMark(t *testing.T) {
	_, err := readCase([]byte("\ufeff" + validText))
	testkit.WantPaths(t, err, []string{""}...)
	if err == nil || !strings.Contains(err.Error(), "byte order mark") {
		t.Errorf("%v does not say how to mend it", err)
	}
}
