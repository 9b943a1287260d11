
// What a page can do beyond being read: filters, sorting, copying, what is done. All of the text is
// in the markup; without this script nothing is missing but convenience.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  document.documentElement.classList.add("on");

  // A browser may refuse storage, or have none for files: then nothing is kept, and all else works.
  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem("citecheck." + key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("citecheck." + key, JSON.stringify(value)); return true; } catch { return false; } },
  };
  const say = (text) => { const said = $("#said"); said.textContent = ""; setTimeout(() => { said.textContent = text; }, 50); };

  // ---- Theme -------------------------------------------------------------------------------
  const themes = ["system", "dark", "light"];
  const themeButton = $("#theme");
  function setTheme(theme) {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    themeButton.textContent = "Theme: " + theme;
  }
  setTheme(themes.includes(store.get("theme")) ? store.get("theme") : "system");
  themeButton.addEventListener("click", () => {
    const next = themes[(themes.indexOf(document.documentElement.dataset.theme || "system") + 1) % themes.length];
    setTheme(next);
    store.set("theme", next);
  });

  // ---- Rows --------------------------------------------------------------------------------
  const table = $("table.refs");
  const chunks = table ? $$("tbody:not(.g)", table) : [];
  for (const chunk of chunks) chunk.size = chunk.rows.length;
  const headings = table ? $$("tbody.g", table) : [];
  const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const severityRank = { error: 3, warning: 2, note: 1 };
  const split = (text) => (text ? text.split(" ") : []);
  const rows = [];
  for (const chunk of chunks) {
    for (const tr of chunk.rows) {
      const cells = tr.cells, data = tr.dataset;
      const anchor = $("a", cells[0]).hash.slice(1);
      const host = cells[3].firstChild ? cells[3].firstChild.textContent : "";
      rows.push({
        tr, chunk, anchor, shown: true, text: null, at: rows.length,
        verdict: split(data.v), rule: split(data.r), severity: split(data.s), fix: split(data.x),
        language: split(data.l), languageName: cells[6].textContent,
        host: data.h ? split(data.h) : host ? [host] : [],
        article: anchor.startsWith("a") ? [anchor.slice(0, anchor.indexOf("-"))] : [],
        cited: data.d === undefined ? cells[4].dataset.d || cells[4].textContent : "",
        page: cells[5].dataset.d || cells[5].textContent.replace(/^\D+/, ""),
      });
    }
  }
  const byAnchor = new Map(rows.map((row) => [row.anchor, row]));
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  // Only a search needs the text of everything, so it is gathered when the page has settled.
  function texts() { for (const row of rows) row.text ??= fold(row.tr.textContent + " " + ($("a", row.tr.cells[2])?.href || "")); }
  const later = (task) => (window.requestIdleCallback ? requestIdleCallback(task) : setTimeout(task, 30));
  later(texts);

  // Rows are shown as grids, and some browsers forget then that they are a table's.
  function roles(at) {
    const group = table.children[at];
    if (!group) return;
    group.setAttribute("role", "rowgroup");
    for (const tr of group.rows) {
      tr.setAttribute("role", "row");
      for (const cell of tr.cells) {
        cell.setAttribute("role", cell.tagName === "TD" ? "cell" : cell.scope === "col" ? "columnheader" : "rowheader");
      }
    }
    later(() => roles(at + 1));
  }
  if (table) { table.setAttribute("role", "table"); later(() => roles(0)); }

  // ---- Filters -----------------------------------------------------------------------------
  const form = $("#filters");
  const names = ["verdict", "rule", "severity", "language", "host", "fix", "article"];
  const control = Object.fromEntries(names.map((name) => [name, $("#f-" + name)]));
  const search = $("#q");
  const count = $("#count");
  let sort = { key: "number", down: false };

  function fill(name, label) {
    const counts = new Map();
    for (const row of rows) for (const value of row[name]) counts.set(value, (counts.get(value) || 0) + 1);
    const into = name === "host" ? $("#hosts") : control[name];
    const options = document.createDocumentFragment();
    for (const [value, number] of [...counts].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]))) {
      const option = document.createElement("option");
      option.value = value;
      if (name !== "host") option.textContent = `${label(value)} (${number})`;
      options.append(option);
    }
    into.append(options);
  }
  const words = (value) => value.replace(/-/g, " ");
  const languageNames = new Map(rows.map((row) => [row.language[0], row.languageName]));
  const articleNames = new Map(headings.map((group) => [$("th", group).dataset.a, $("th", group).textContent]));
  fill("verdict", words);
  fill("rule", words);
  fill("severity", words);
  fill("language", (tag) => languageNames.get(tag) || tag);
  fill("host");
  fill("fix", (value) => (value === "safe" ? "safe to make" : "for review"));
  fill("article", (value) => articleNames.get(value) || value);
  $(".several", form).hidden = headings.length === 0;

  function state() {
    const wanted = new URLSearchParams();
    if (search.value.trim()) wanted.set("q", search.value.trim());
    for (const name of names) if (control[name].value) wanted.set(name, control[name].value);
    if (sort.key !== "number" || sort.down) wanted.set("sort", (sort.down ? "-" : "") + sort.key);
    return wanted;
  }
  function restore(wanted) {
    search.value = wanted.get("q") || "";
    for (const name of names) {
      const value = wanted.get(name) || "";
      control[name].value = value;
      // A link may name what this report has none of: it is shown to filter, and finds nothing.
      if (value && control[name].value !== value) {
        const option = new Option(value + " (0)", value);
        control[name].append(option);
        control[name].value = value;
      }
    }
    const key = (wanted.get("sort") || "number").replace(/^-/, "");
    const known = table && $(`th[data-k="${CSS.escape(key)}"]`, table);
    setSort(known ? key : "number", known ? (wanted.get("sort") || "").startsWith("-") : false);
    filter();
  }

  function filter() {
    const query = fold(search.value).split(/\s+/).filter(Boolean);
    if (query.length) texts();
    const wanted = names.map((name) => [name, control[name].value]).filter(([, value]) => value);
    const host = fold(control.host.value.trim());
    let total = 0;
    const inChunk = new Map();
    for (const row of rows) {
      let shown = true;
      for (const [name, value] of wanted) {
        shown = name === "host" ? row.host.some((it) => it.includes(host)) : row[name].includes(value);
        if (!shown) break;
      }
      shown = shown && query.every((word) => row.text.includes(word));
      if (shown !== row.shown) { row.shown = shown; row.tr.hidden = !shown; }
      if (shown) { total += 1; inChunk.set(row.tr.parentNode, (inChunk.get(row.tr.parentNode) || 0) + 1); }
    }
    for (const chunk of chunks) {
      const number = inChunk.get(chunk) || 0;
      if (chunk.shown === number) continue;
      chunk.shown = number;
      chunk.hidden = number === 0;
      chunk.style.setProperty("--n", number);
    }
    const grouped = sort.key === "number" && !sort.down;
    for (const group of headings) {
      let next = group.nextElementSibling, any = false;
      while (next && !next.classList.contains("g")) { any ||= !next.hidden; next = next.nextElementSibling; }
      group.hidden = !grouped || !any;
    }
    const all = rows.length.toLocaleString("en");
    count.textContent = total === rows.length ? `${all} of ${all} shown`
      : total ? `${total.toLocaleString("en")} of ${all} shown` : `0 of ${all} shown: nothing matches these filters`;
    count.dataset.shown = total;
  }

  // ---- Sorting -----------------------------------------------------------------------------
  const keys = {
    number: (row) => row.at,
    verdict: (row) => row.verdict[0] || "",
    title: (row) => row.tr.cells[2].textContent,
    host: (row) => row.host[0] || "",
    cited: (row) => row.cited,
    page: (row) => row.page,
    language: (row) => row.languageName,
    findings: (row) => -row.severity.reduce((sum, it) => sum + 100 ** (severityRank[it] || 0), 0),
  };
  function setSort(key, down) {
    if (!table || (sort.key === key && sort.down === down)) return;
    sort = { key, down };
    for (const th of $$("thead th[data-k]", table)) {
      if (th.dataset.k === key) th.setAttribute("aria-sort", down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    }
    const value = keys[key];
    const keyed = rows.map((row) => [value(row), row]);
    keyed.sort(([a, one], [b, other]) => {
      // What has no value comes last, whichever way.
      if ((a === "") !== (b === "")) return a === "" ? 1 : -1;
      const order = typeof a === "number" ? a - b : collator.compare(a, b);
      return (down ? -order : order) || one.at - other.at;
    });
    let at = 0;
    for (const chunk of chunks) {
      chunk.append(...keyed.slice(at, at + chunk.size).map(([, row]) => row.tr));
      at += chunk.size;
      chunk.shown = -1;
    }
  }
  if (table) {
    for (const th of $$("thead th[data-k]", table)) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...th.childNodes);
      th.append(button);
      button.addEventListener("click", () => {
        setSort(th.dataset.k, th.getAttribute("aria-sort") === "ascending");
        filter();
        remember();
      });
    }
    $("thead th", table).setAttribute("aria-sort", "ascending");
  }

  // ---- Addresses ---------------------------------------------------------------------------
  // The part behind # holds view, reference and filters: a link to it shows the same again.
  const views = $$(".view");
  const viewOf = (section) => (section.id === "beyond" ? "summary" : section.id);
  let here = "";
  let current = null;

  function address(id) {
    const query = state().toString();
    return "#" + id + (query ? "?" + query : "");
  }
  // A browser looks for the target of a new address, which takes as long as a filter does: not
  // while somebody types.
  let waiting = 0;
  function remember(id = "references") {
    here = address(id);
    clearTimeout(waiting);
    waiting = setTimeout(() => { try { history.replaceState(null, "", here); } catch { /* too often */ } }, 150);
  }
  function show(view) {
    for (const section of views) section.hidden = viewOf(section) !== view;
    for (const link of $$("nav a")) {
      if (link.hash === "#" + view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
  function mark(row) {
    if (current) current.tr.classList.remove("at");
    current = row;
    if (row) row.tr.classList.add("at");
  }
  function open(row, focus) {
    mark(row);
    $("details", row.tr).open = true;
    const settle = () => {
      if (current !== row) return;
      row.tr.scrollIntoView({ block: "start" });
      if (focus) $("summary", row.tr).focus({ preventScroll: true });
    };
    settle();
    // What comes into sight gets its true height, which moves the row; and a browser that has loaded
    // a page goes to its target without regard to this script.
    requestAnimationFrame(settle);
    if (document.readyState !== "complete") addEventListener("load", () => setTimeout(settle), { once: true });
  }
  function route() {
    clearTimeout(waiting);
    if (location.hash === here && here) return;
    const [id, query] = decode(location.hash.slice(1));
    if (id === "main") return;
    const row = byAnchor.get(id);
    if (row) {
      show("references");
      if (query !== null) restore(new URLSearchParams(query));
      if (!row.shown) restore(new URLSearchParams());
      open(row, true);
      remember(id);
      return;
    }
    const target = document.getElementById(id);
    const section = target && target.closest(".view");
    show(section ? viewOf(section) : "summary");
    if (section && section.id === "references") {
      restore(new URLSearchParams(query || ""));
      here = location.hash;
    } else {
      here = "";
    }
    const settle = () => {
      if (section && target !== section || id === "beyond") target.scrollIntoView();
      else scrollTo(0, 0);
    };
    settle();
    if (document.readyState !== "complete") addEventListener("load", () => setTimeout(settle), { once: true });
  }
  function decode(hash) {
    const at = hash.indexOf("?");
    const id = at < 0 ? hash : hash.slice(0, at);
    return [id, at < 0 ? null : hash.slice(at + 1)];
  }
  for (const link of $$("a[data-q]")) link.hash = "references?" + new URLSearchParams(link.dataset.q);
  addEventListener("hashchange", route);

  form.addEventListener("input", () => { filter(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); mark(null); restore(new URLSearchParams()); remember(); search.focus(); });

  // ---- Copying -----------------------------------------------------------------------------
  function plain(element) {
    const copy = element.cloneNode(true);
    for (const gone of $$("del", copy)) gone.remove();
    for (const sign of $$("i[data-u]", copy)) sign.replaceWith(String.fromCodePoint(parseInt(sign.dataset.u, 16)));
    return copy.textContent;
  }
  async function copy(button) {
    const source = button.previousElementSibling;
    const text = plain(source);
    let done = false;
    try { await navigator.clipboard.writeText(text); done = true; } catch { done = copyOld(text); }
    if (!done) {
      getSelection().selectAllChildren(source);
      say("Selected. Press Control or Command and C to copy.");
      return;
    }
    button.textContent = "Copied";
    say("Copied to the clipboard");
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }
  // Where a page from a file has no clipboard.
  function copyOld(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "sr";
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* told by the caller */ }
    area.remove();
    if (focused) focused.focus();
    return done;
  }
  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    if (!target) return;
    if (target.classList.contains("copy")) copy(target);
    // The report stays open while sources are read.
    else if (target.rel && target.rel.includes("noopener")) target.target = "_blank";
  });

  // ---- To translate ------------------------------------------------------------------------
  const items = $$(".T > li").map((li) => {
    const link = $("a[rel]", li);
    const reference = $(".facts", li).firstChild.textContent;
    return { li, box: $("input", li), key: li.dataset.a + "\n" + (link ? link.href : reference) };
  });
  function progress() {
    const done = items.filter((item) => item.box.checked).length;
    const all = $("#all");
    if (!all) return;
    all.value = done;
    $("#told").textContent = `${done} of ${items.length} done`;
    for (const item of items) item.li.classList.toggle("did", item.box.checked);
    for (const group of $$(".lang")) {
      const boxes = $$("input", group);
      $(".left", group).textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length} done · `;
    }
  }
  function load() {
    const done = new Set(Array.isArray(store.get("done")) ? store.get("done") : []);
    for (const item of items) item.box.checked = done.has(item.key);
    progress();
  }
  for (const item of items) {
    item.box.addEventListener("change", () => {
      // Read again: another report, or the same one in another window, keeps its own there.
      const done = new Set(Array.isArray(store.get("done")) ? store.get("done") : []);
      if (item.box.checked) done.add(item.key); else done.delete(item.key);
      if (!store.set("done", [...done])) say("This browser keeps nothing for this page: progress is lost when it is closed.");
      progress();
    });
  }
  load();
  addEventListener("storage", (event) => { if (event.key === "citecheck.done") load(); });
  const hide = $("#hide");
  if (hide) hide.addEventListener("change", () => $("#todo").classList.toggle("hide", hide.checked));

  // ---- Keys --------------------------------------------------------------------------------
  const help = $("#help");
  const keysOn = $("#keys-on");
  keysOn.checked = store.get("keys") !== false;
  keysOn.addEventListener("change", () => store.set("keys", keysOn.checked));
  $("#keys").addEventListener("click", () => help.showModal());
  $("#close").addEventListener("click", () => help.close());

  function step(by) {
    const order = table ? $$("tbody:not(.g):not([hidden]) > tr[data-s]:not([hidden])", table) : [];
    if (!order.length) { say("No reference with findings is shown"); return; }
    let at = current ? order.indexOf(current.tr) : -1;
    if (at < 0 && by < 0) at = order.length;
    const tr = order[at + by];
    if (!tr) { say(by < 0 ? "This is the first" : "This is the last"); return; }
    show("references");
    const row = rows.find((it) => it.tr === tr);
    open(row, true);
    remember(row.anchor);
  }
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    o: () => { if (current) { const details = $("details", current.tr); details.open = !details.open; } },
    c: () => { const button = current && $(".diff .copy", current.tr); if (button) copy(button); },
    t: () => { location.hash = "todo"; },
    r: () => { location.hash = "summary"; },
    "/": () => { show("references"); remember(); search.focus(); },
    "?": () => help.showModal(),
  };
  addEventListener("keydown", (event) => {
    const field = event.target.closest && event.target.closest("input, select, textarea, dialog, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysOn.checked) return;
    if (field && !field.matches("#todo input[type=checkbox]")) return;
    const action = Object.hasOwn(actions, event.key) && actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // ---- Paper -------------------------------------------------------------------------------
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = rows.filter((row) => row.shown && row.severity.length).map((row) => $("details", row.tr)).filter((it) => !it.open);
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of folded) details.open = false; folded = []; });

  filter();
  route();
})();
