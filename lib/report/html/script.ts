/** Filter, order and pages of the table of resources: plain JavaScript that stands in the page. */
export const SCRIPT = `"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  if (byId("resource-data") === null) return;
  const table = JSON.parse(byId("resource-data").textContent);
  const texts = table.rows.map((row) => (row[1] + " " + row[2] + " " + table.agents[row[3]]).toLowerCase());
  const shownOf = [
    (row) => table.stacks[row[0]],
    (row) => row[1],
    (row) => row[2],
    (row) => table.agents[row[3]],
    (row) => table.statuses[row[4]],
    (row) => row[5],
  ];
  const usdOf = (text) => (text === "" ? -3 : text === "free" ? -2 : text === "no price" ? -1 : parseFloat(text.replace(/,/g, "")));
  const collator = new Intl.Collator("en", { numeric: true });
  const all = table.rows.map((_, index) => index);
  const state = { page: 0, column: -1, rising: true, order: all, found: all };

  const ordered = () => {
    if (state.column < 0) return all;
    const shown = shownOf[state.column];
    const keys = table.rows.map((row) => (state.column === 5 ? usdOf(shown(row)) : shown(row)));
    const compare = state.column === 5 ? (one, other) => keys[one] - keys[other] : (one, other) => collator.compare(keys[one], keys[other]);
    const sorted = [...all].sort((one, other) => compare(one, other) || one - other);
    return state.rising ? sorted : sorted.reverse();
  };

  const filter = () => {
    const words = byId("filter").value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    const stack = byId("stack").value;
    const status = byId("status").value;
    state.found = state.order.filter((index) => {
      const row = table.rows[index];
      if (stack !== "" && row[0] !== Number(stack)) return false;
      if (status !== "" && row[4] !== Number(status)) return false;
      return words.every((word) => texts[index].includes(word));
    });
    state.page = 0;
    show();
  };

  const number = (value) => value.toLocaleString("en");

  const show = () => {
    const pages = Math.max(1, Math.ceil(state.found.length / table.pageRows));
    const first = state.page * table.pageRows;
    const rows = state.found.slice(first, first + table.pageRows).map((index) => {
      const line = document.createElement("tr");
      shownOf.forEach((shown, column) => {
        const cell = document.createElement("td");
        cell.textContent = shown(table.rows[index]);
        if (column === 1) cell.className = "code";
        if (column === 5) cell.className = "number";
        line.append(cell);
      });
      return line;
    });
    byId("rows").replaceChildren(...rows);
    const part = state.found.length === all.length ? "" : number(state.found.length) + " of ";
    byId("shown").textContent = part + number(all.length) + (all.length === 1 ? " resource" : " resources");
    byId("page").textContent = "Page " + number(state.page + 1) + " of " + number(pages);
    byId("earlier").disabled = state.page === 0;
    byId("later").disabled = state.page >= pages - 1;
    byId("pages").hidden = pages === 1;
  };

  const turn = (by) => {
    state.page += by;
    show();
  };

  const sortBy = (button) => {
    const column = Number(button.dataset.column);
    state.rising = state.column === column ? !state.rising : column !== 5;
    state.column = column;
    document.querySelectorAll(".sort").forEach((other) => other.closest("th").removeAttribute("aria-sort"));
    button.closest("th").setAttribute("aria-sort", state.rising ? "ascending" : "descending");
    state.order = ordered();
    filter();
  };

  let waiting;
  byId("filter").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  byId("stack").addEventListener("change", filter);
  byId("status").addEventListener("change", filter);
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("earlier").addEventListener("click", () => turn(-1));
  byId("later").addEventListener("click", () => turn(1));
  document.querySelectorAll(".sort").forEach((button) => button.addEventListener("click", () => sortBy(button)));
  byId("controls").hidden = false;
  show();
})();
`;
