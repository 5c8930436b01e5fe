"use strict";
(() => {
  const table = document.getElementById("table"), body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const filter = document.getElementById("filter"), show = document.getElementById("show");
  const count = document.getElementById("count"), rows = [...body.rows];
  const words = new Map(rows.map((row) => [row, (row.cells[1].textContent + "\n" + row.cells[2].textContent).toLowerCase()]));

  const value = (row, column) => {
    const cell = row.cells[column], text = cell.dataset.v === undefined ? cell.textContent : cell.dataset.v;
    return heads[column].dataset.kind === "number" ? (text === "" ? NaN : Number(text)) : text;
  };

  // What has no value comes last in both directions; equal values keep their order.
  const sort = (column, direction) => {
    const sign = direction === "descending" ? -1 : 1, number = heads[column].dataset.kind === "number";
    const keys = new Map(rows.map((row) => [row, value(row, column)]));
    const order = new Intl.Collator("en", { numeric: true });
    rows.sort((a, b) => {
      const x = keys.get(a), y = keys.get(b);
      if (!number) return sign * order.compare(x, y);
      if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
      return sign * (x - y);
    });
    body.append(...rows);
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", direction);
  };

  const update = () => {
    const text = filter.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const chosen = row.classList.contains("selected");
      row.hidden = !words.get(row).includes(text) || (show.value === "selected" && !chosen) || (show.value === "other" && chosen);
      shown += !row.hidden;
    }
    count.textContent = `${shown} of ${rows.length} columns`;
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      sort(column, head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending");
    });
  });
  const form = document.getElementById("filters");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", update);
  show.addEventListener("change", update);
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));

  // A link may say what to show: report.html?filter=area&show=other&sort=column&order=descending
  const asked = new URLSearchParams(location.search);
  filter.value = asked.get("filter") || "";
  show.value = ["selected", "other"].includes(asked.get("show")) ? asked.get("show") : "";
  const column = heads.findIndex((head) => head.textContent === asked.get("sort"));
  if (column >= 0) sort(column, asked.get("order") === "descending" ? "descending" : "ascending");
  update();
})();
