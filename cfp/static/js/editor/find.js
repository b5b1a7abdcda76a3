// Finding a session among many: whatever does not fit the words steps back, on the grid and at the
// side; Enter goes to the next one that fits.
export function find(root, desk, boards) {
  const field = root.querySelector("[data-find]");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let last = -1;

  const words = () => plain(field.value).split(/\s+/).filter(Boolean);
  const fits = (code) => {
    const talk = desk.talks[code];
    const text = plain(`${talk?.title} ${talk?.names} ${talk?.trackName ?? ""}`);
    return words().every((word) => text.includes(word));
  };

  function show() {
    const asked = words().length > 0;
    for (const card of root.querySelectorAll(".board [data-code], [data-side] [data-code]")) card.classList.toggle("is-beside-words", asked && !fits(card.dataset.code));
    const found = asked ? Object.keys(desk.talks).filter(fits).length : null;
    root.querySelector("[data-found]").textContent = found === null ? "" : found === 1 ? desk.words.foundOne : desk.word("found", { n: found });
  }

  function next() {
    const order = [...root.querySelectorAll(".board [data-code], [data-side] [data-code]")].map((card) => card.dataset.code).filter(fits);
    if (!words().length || !order.length) return;
    last = (last + 1) % order.length;
    const code = order[last];
    const there = desk.state.cards[code];
    if (there && boards.board(there.day).hidden) boards.showDay(there.day);
    const link = boards.card(code).querySelector("a");
    link.focus();
    link.scrollIntoView({ block: "center", inline: "nearest" });
  }

  field.addEventListener("input", () => { last = -1; show(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); next(); }
    if (event.key === "Escape" && field.value) { field.value = ""; show(); }
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, select, textarea, dialog")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  desk.onState(show);
}
