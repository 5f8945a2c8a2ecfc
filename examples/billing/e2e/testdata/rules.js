// The rules for every page. The value is a list of sentences about the rules that the page breaks.
(() => {
  const broken = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (e) => {
    const words = (e.id ? "#" + e.id : e.className ? "." + String(e.className).split(" ")[0] : "");
    return e.tagName.toLowerCase() + words + " " + JSON.stringify((e.innerText || e.value || "").trim().slice(0, 40));
  };
  const rule = (holds, e, text) => { if (!holds) broken.push(e ? name(e) + " " + text : text); };
  const cached = (find) => {
    const found = new Map();
    return (x) => { if (!found.has(x)) found.set(x, find(x)); return found.get(x); };
  };
  const style = cached((e) => getComputedStyle(e));
  const clipped = cached((e) => e !== null && (style(e).clipPath !== "none" || clipped(e.parentElement))); // for screen readers only
  const shown = cached((e) => {
    const r = e.getBoundingClientRect();
    return r.width > 1 && r.height > 1 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !clipped(e);
  });
  const texts = (ids) => (ids || "").split(/\s+/).filter(Boolean).map((id) => document.getElementById(id));
  const named = (e) => e.getAttribute("aria-label") ||
    texts(e.getAttribute("aria-labelledby")).map((x) => x && x.textContent).join(" ").trim() ||
    [...(e.labels || [])].map((x) => x.textContent).join(" ").trim() ||
    (e.matches("button, a, summary") && e.textContent.trim()) || e.title;
  const letter = !document.querySelector("header.top"); // the letter is opened alone

  // The document.
  rule(document.documentElement.lang === "en", null, "the page has no language");
  rule(document.title.trim() !== "", null, "the page has no title");
  rule(document.documentElement.scrollWidth <= innerWidth, null, "the page scrolls sideways: " + document.documentElement.scrollWidth + " px");
  const ids = new Set();
  for (const e of all("[id]")) { rule(!ids.has(e.id), e, "has an id that is used twice"); ids.add(e.id); }
  for (const a of all("a[href^='#']")) rule(ids.has(decodeURIComponent(a.hash.slice(1))), a, "leads nowhere: " + a.hash);
  for (const attribute of ["aria-labelledby", "aria-describedby", "for"])
    for (const e of all("[" + attribute + "]")) rule(texts(e.getAttribute(attribute)).every(Boolean), e, attribute + " names an element that does not exist");

  // Landmarks and headings.
  rule(all("h1").filter(shown).length === 1, null, "the page has " + all("h1").filter(shown).length + " headings of the first level");
  let level = 0;
  for (const h of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
    if (h.matches(".note h2")) continue; // messages come before the first heading
    rule(+h.tagName[1] <= level + 1 || level === 0, h, "skips a level of headings");
    level = +h.tagName[1];
  }
  if (!letter) {
    rule(all("main").length === 1 && all("body > header").length === 1, null, "the page lacks a landmark");
    for (const e of all("nav")) rule(named(e), e, "has no name");
    for (const e of document.body.children) rule(e.matches("header, main, footer, .skip"), e, "is outside of the landmarks");
    rule(document.querySelector("body > .skip")?.hash === "#main", null, "the page does not begin with a skip link");
  }

  // Names.
  for (const e of all("input:not([type=hidden]), select, textarea, button, a[href], summary, iframe"))
    rule(named(e), e, "has no name");
  for (const e of all("img")) rule(e.alt.trim() !== "", e, "has no alternative text");
  for (const e of all("fieldset")) rule(e.querySelector(":scope > legend")?.textContent.trim(), e, "has no legend");
  for (const e of all("[role=group], dl[role]")) rule(named(e), e, "has no name");
  for (const e of all("[tabindex]")) rule(e.tabIndex <= 0, e, "changes the order of the Tab key");
  for (const e of all("[aria-invalid=true]")) rule(texts(e.getAttribute("aria-describedby")).some((x) => x && x.textContent.trim()), e, "is invalid, and the reason is not attached");
  for (const r of performance.getEntriesByType("resource")) rule(r.responseStatus < 400, null, "a part of the page failed: " + new URL(r.name).pathname);
  for (const e of all("table:not([role=presentation])")) {
    rule(letter || e.caption?.textContent.trim(), e, "has no caption");
    for (const th of e.querySelectorAll("th")) rule(th.scope, th, "has no scope");
  }
  for (const e of all("dl > *")) rule(e.matches("div, dt, dd"), e, "is not allowed in a list of terms");

  // Colors. The ratio is that of WCAG 2.
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const color = cached((text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  });
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const paper = cached((e) => {
    if (!e) return color(matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#ffffff");
    const own = color(style(e).backgroundColor);
    return own[3] === 1 ? own : over(own, paper(e.parentElement));
  });
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const seen = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || seen.has(e) || e.closest("noscript, style, script") || !shown(e)) continue;
    seen.add(e);
    const below = paper(e);
    const r = ratio(over(color(style(e).color), below), below);
    rule(r >= 4.5, e, "has a contrast of " + r.toFixed(2));
    rule(parseFloat(style(e).fontSize) >= 12, e, "has small letters");
  }
  for (const e of all("input:not([type=hidden]), select, textarea").filter(shown)) {
    const below = paper(e);
    const r = ratio(over(color(style(e).color), below), below);
    rule(r >= 4.5, e, "has a text with a contrast of " + r.toFixed(2));
    if (e.matches("[type=checkbox], [type=radio]")) continue; // the browser draws them
    const around = paper(e.parentElement);
    const edge = ratio(over(color(style(e).borderTopColor), around), around);
    rule(edge >= 3, e, "has a border with a contrast of " + edge.toFixed(2));
  }

  // Texts and controls that leave the window, or their box.
  for (const e of all("main *, header *").filter(shown)) {
    if (e.closest(".picture, svg")) continue;
    const r = e.getBoundingClientRect();
    rule(r.left >= -1 && r.right <= innerWidth + 1, e, "leaves the window: " + Math.round(r.left) + " to " + Math.round(r.right));
    const panel = e.parentElement.closest(".panel")?.getBoundingClientRect();
    rule(!panel || r.right <= panel.right, e, "leaves its panel");
    const overflow = style(e).overflowX;
    if (overflow === "hidden" || overflow === "clip") rule(e.scrollWidth <= e.clientWidth + 1, e, "is cut off");
  }

  // Amounts are on one line.
  for (const e of all("td, dd").filter(shown))
    if (/^[−\d.]+\s[A-Z]{3}$/.test(e.innerText.trim())) {
      const text = document.createRange();
      text.selectNodeContents(e);
      const tops = [...text.getClientRects()].filter((r) => r.width > 4).map((r) => r.top);
      rule(Math.max(...tops) - Math.min(...tops) < 10, e, "breaks an amount");
    }

  // Targets are at least 24 px wide and high, or far enough from others. Links in sentences may be smaller.
  const box = (e) => {
    const boxes = [e, ...(e.matches("[type=checkbox], [type=radio]") ? e.labels : [])].map((x) => x.getBoundingClientRect());
    return { left: Math.min(...boxes.map((b) => b.left)), right: Math.max(...boxes.map((b) => b.right)),
      top: Math.min(...boxes.map((b) => b.top)), bottom: Math.max(...boxes.map((b) => b.bottom)) };
  };
  const targets = all("a[href], button, input:not([type=hidden]), select, textarea, summary").filter(shown).map((e) => [e, box(e)]);
  for (const [e, b] of targets) {
    if (b.right - b.left >= 23.5 && b.bottom - b.top >= 23.5) continue;
    if (e.matches("a") && style(e).display === "inline" && e.parentElement.textContent.trim() !== e.textContent.trim()) continue;
    const [x, y] = [(b.left + b.right) / 2, (b.top + b.bottom) / 2];
    const near = targets.find(([f, c]) => f !== e && Math.hypot(Math.max(c.left - x, 0, x - c.right), Math.max(c.top - y, 0, y - c.bottom)) < 12);
    rule(!near, e, "is a small target: " + Math.round(b.right - b.left) + " by " + Math.round(b.bottom - b.top) + " px, next to " + (near && name(near[0])));
  }
  return broken;
})()
