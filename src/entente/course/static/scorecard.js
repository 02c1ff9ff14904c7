// Sorts the scorecard: each heading becomes a button. Rows that are alike keep their order, so
// that sorting by one column and then by another combines the two.
(() => {
  "use strict";

  document.querySelectorAll("table.scorecard").forEach((table) => {
    const body = table.querySelector("tbody");
    const heads = [...table.querySelectorAll("thead th")];
    const rows = [...body.rows];
    const places = new Map(rows.map((row, place) => [row, place])); // as in the ledger
    const said = document.createElement("p");
    said.className = "scorecard-says";
    said.setAttribute("role", "status");
    said.textContent = "Choose a heading to sort; choose it again to turn the order.";
    table.before(said);

    function sort(head) {
      const column = head.dataset.column;
      const down = head.getAttribute("aria-sort") === "ascending";
      const rank = (row) =>
        column === "claim" ? places.get(row) : Number(row.querySelector(`td[data-column="${column}"]`).dataset.order);
      const sorted = [...body.rows].sort((one, other) => (rank(one) - rank(other)) * (down ? -1 : 1));
      body.append(...sorted);
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      said.textContent = `Sorted by ${head.textContent.toLowerCase()}${down ? ", in reverse" : ""}.`;
    }

    heads.forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(head));
      head.replaceChildren(button);
    });
  });
})();
