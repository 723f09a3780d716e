// The index of a book: its search, its orders, and the first bars of the rows in view.

const rows = [...document.querySelectorAll("#tunes tr")].map((row) => ({
  row,
  words: plainWords(row.textContent),
  ranks: row.dataset.ranks.split(" ").map(Number),
}));
const engraver = new IntersectionObserver((changes) => {
  for (const {target, isIntersecting} of changes) if (isIntersecting) engraveFirstBars(target);
}, {rootMargin: "400px 0px"});

/** Text as it is searched: without case and accents. */
function plainWords(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function engraveFirstBars(cell) {
  engraver.unobserve(cell);
  if (cell.firstChild) return;
  try {
    ABCJS.renderAbc(cell, cell.dataset.abc, {
      staffwidth: 420, scale: 0.75, paddingtop: 0, paddingbottom: 0, paddingleft: 0, paddingright: 0,
      selectTypes: false,
    });
    fitToWidth(cell, "");
  } catch {
    cell.textContent = cell.dataset.abc.trimEnd().split("\n").at(-1);
  }
}

function search() {
  const wanted = plainWords(document.getElementById("search").value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const {row, words} of rows) {
    row.hidden = !wanted.every((word) => words.includes(word));
    found += !row.hidden;
  }
  const all = `${rows.length.toLocaleString("en")} ${rows.length === 1 ? "tune" : "tunes"}`;
  document.getElementById("count").textContent =
    found === rows.length ? all : `${found.toLocaleString("en")} of ${all}`;
}

/** Sort by a column; once more turns the order round. */
function sortBy(heading, column) {
  const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
  for (const other of document.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", direction);
  const sign = direction === "ascending" ? 1 : -1;
  rows.sort((one, other) => sign * (one.ranks[column] - other.ranks[column]));
  document.getElementById("tunes").append(...rows.map(({row}) => row));
}

document.getElementById("search").addEventListener("input", search);
document.querySelectorAll("th").forEach((heading, column) => {
  heading.querySelector("button")?.addEventListener("click", () => sortBy(heading, column));
});
window.addEventListener("beforeprint", () => {
  for (const {row} of rows) {
    const cell = row.querySelector(".incipit[data-abc]");
    if (cell && !row.hidden) engraveFirstBars(cell);
  }
});
for (const cell of document.querySelectorAll(".incipit[data-abc]")) engraver.observe(cell);
search();
