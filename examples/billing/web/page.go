package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

//go:embed templates/*.html style.css icon.svg words.json
var files embed.FS

// words are the texts of labels, codes, actions and errors, and templates the pages.
var (
	words struct {
		Labels, Codes, Done map[string]string
		Errors              map[int][2]string
	}
	templates = map[string]*template.Template{}
)

func init() {
	text, _ := files.ReadFile("words.json")
	if err := json.Unmarshal(text, &words); err != nil {
		panic(err)
	}
	for _, name := range []string{"queue", "find", "case", "books", "day", "audit", "error", "signin"} {
		templates[name] = template.Must(template.New("layout.html").Funcs(funcs).ParseFS(files,
			"templates/layout.html", "templates/parts.html", "templates/"+name+"*.html"))
	}
}

// A content is the data of a page.
type content struct {
	Name, Title string
	Officer     desk.Officer // the zero Officer if nobody is signed in
	Now         time.Time
	Done        string // the sentence about the action that led to the page
	Form        form
	Body        any
}

// show writes a page for the officer.
func (v visit) show(name, title string, body any) error {
	done := words.Done[v.r.URL.Query().Get("done")]
	return render(v.w, v.status, name, content{name, clean(title), v.by, v.now(), done, v.form, body})
}

func render(w http.ResponseWriter, status int, name string, c content) error {
	var b bytes.Buffer
	if err := templates[name].Execute(&b, c); err != nil {
		return err
	}
	send(w, status, "text/html; charset=utf-8", b.Bytes(), "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; "+
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	return nil
}

// document writes a letter or a picture. The style in it is allowed by its hash.
func document(w http.ResponseWriter, contentType, text string) error {
	_, rest, _ := strings.Cut(text, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	hash := sha256.Sum256([]byte(style))
	w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	send(w, http.StatusOK, contentType, []byte(text), "default-src 'none'; style-src 'sha256-"+
		base64.StdEncoding.EncodeToString(hash[:])+"'; form-action 'none'; frame-ancestors 'self'; base-uri 'none'")
	return nil
}

// send writes an answer with a policy of its own. Package access adds the headers of all answers.
func send(w http.ResponseWriter, status int, contentType string, body []byte, policy string) {
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write(body) // an error means that the browser has gone
}

// SignIn writes the sign-in page. The message says why the last attempt was refused, or is empty.
func SignIn(w http.ResponseWriter, r *http.Request, message string, status int) {
	f := form{Name: "officer", Values: r.Form}
	f.Problems.Add("officer", message)
	_ = render(w, status, "signin", content{Name: "signin", Title: "Sign in", Form: f})
}
