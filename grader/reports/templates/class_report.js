"use strict";
/* Sorting and searching for tables that are whole without it. No text of a page is ever parsed as HTML. */

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function valueOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value ?? cell.textContent.trim();
}

/* Numbers by size, words by their letters; what is empty stays last, whichever way. */
function compare(first, second, direction) {
  if (first === "" || second === "") return (first === "") - (second === "");
  const difference = Number(first) - Number(second);
  return direction * (Number.isNaN(difference) ? collator.compare(first, second) : difference);
}

function sort(table, column, direction) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => ({ row, value: valueOf(row, column) }));
  rows.sort((first, second) => compare(first.value, second.value, direction));
  body.append(...rows.map(({ row }) => row));
}

function makeSortable(table) {
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    if ("fixed" in head.dataset) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
      sort(table, column, direction);
    });
  });
}

function makeSearchable(table) {
  const controls = document.querySelector("template.controls").content.cloneNode(true);
  const [search, choice, count] = ["input", "select", "output"].map((name) => controls.querySelector(name));
  const rows = Array.from(table.tBodies[0].rows, (row) => ({
    row,
    text: row.cells[0].textContent.toLowerCase(),
    flags: (row.dataset.flags ?? "").split(" "),
  }));
  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const { row, text, flags } of rows) {
      row.hidden = !words.every((word) => text.includes(word)) || (choice.value !== "" && !flags.includes(choice.value));
      shown += !row.hidden;
    }
    count.textContent = `${shown} of ${rows.length} shown`;
  };
  search.addEventListener("input", update);
  choice.addEventListener("change", update);
  table.closest(".scroll").before(controls);
  update();
}

/* A link to a closed <details> opens it. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

document.querySelectorAll("table.sortable").forEach(makeSortable);
document.querySelectorAll("table.searchable").forEach(makeSearchable);
addEventListener("hashchange", openTarget);
openTarget();
