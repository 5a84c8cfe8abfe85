"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  all("[hidden]").forEach((each) => { each.hidden = false; });

  // The table: sorted by a column, the worst first as it comes; searched by names.
  const body = one("#documents-table tbody");
  const rows = body ? all("tr", body) : [];
  const value = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.value ?? cell.textContent.trim();
    return column === 0 ? text : Number(text || 0);
  };
  const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b) : a - b);
  all("#documents-table th[aria-sort]").forEach((head) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const column = head.cellIndex;
      const first = column < 2 ? "ascending" : "descending"; // what is worse comes first
      const other = first === "ascending" ? "descending" : "ascending";
      const order = head.getAttribute("aria-sort") === first ? other : first;
      all("th[aria-sort]", head.parentNode).forEach((each) => each.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", order);
      const keyed = rows.map((row) => [value(row, column), row]);
      keyed.sort((a, b) => (order === "ascending" ? compare(a[0], b[0]) : compare(b[0], a[0])));
      body.append(...keyed.map((each) => each[1]));
    });
  });
  const search = one("#search");
  const faulty = one("#faulty");
  const find = () => {
    const words = search.value.toLowerCase();
    for (const row of rows) {
      const found = row.cells[0].textContent.toLowerCase().includes(words);
      row.hidden = !found || (faulty.checked && !row.querySelector(".sign"));
    }
  };
  if (search) [search, faulty].forEach((each) => each.addEventListener("input", find));

  // The list of findings: by severity and by rule.
  const items = all(".findings li");
  const choices = [one("#severity"), one("#rule")];
  const filter = () => {
    const [severity, rule] = choices.map((each) => each.value);
    for (const item of items) {
      item.hidden = Boolean((severity && item.dataset.severity !== severity) || (rule && item.dataset.rule !== rule));
    }
    one("#shown").textContent = `${items.filter((item) => !item.hidden).length} of ${items.length} shown`;
  };
  if (choices[0]) choices.forEach((each) => each.addEventListener("input", filter));

  // Keys: from gap to gap, and from finding to finding.
  all("form").forEach((each) => each.addEventListener("submit", (event) => event.preventDefault()));
  const stops = { j: ["mark", 1], k: ["mark", -1], n: [".note", 1], p: [".note", -1] };
  const places = {};
  let at = null;
  const go = (selector, step) => {
    const stop = (places[selector] ??= all(selector));
    const after = at === null ? 0 : stop.findIndex((each) => at.compareDocumentPosition(each) & 4);
    const before = at === null ? -1 : stop.findLastIndex((each) => at.compareDocumentPosition(each) & 2);
    const next = stop[step > 0 ? after : before];
    if (!next) return;
    at?.classList.remove("here");
    at = next;
    at.classList.add("here");
    at.tabIndex = -1;
    at.focus({ preventScroll: true });
    at.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
    } else if (Object.hasOwn(stops, event.key)) {
      go(...stops[event.key]);
    }
  });
})();
