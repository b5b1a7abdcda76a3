// Which days are shown and how large; a card is lit while one looks at the sentence about it.
const ABOVE = 205; // pixels of the header, the days and some air
const [TIMES, GAP, LEAST, READABLE] = [60, 4, 14, 44]; // pixels: a column of times, between rooms, a room at least, one whose titles can be read
const HEAD = 6; // rems of the rooms' names, when they stand upright

export function view(root, boards) {
  const fit = root.querySelector("[data-fit]");
  const tabs = [...root.querySelectorAll("[data-day-tab]")];

  boards.showDay = (day) => {
    for (const tab of tabs) {
      if (tab.dataset.dayTab === day) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    for (const part of root.querySelectorAll(".board, .day-list")) part.hidden = day !== "all" && day !== (part.dataset.day ?? part.dataset.list);
    boards.desk.remember("day", day);
    stretch();
  };

  // The whole of what is shown on one screen: rows as high and rooms as wide as there is room for.
  function stretch() {
    const on = fit.getAttribute("aria-pressed") === "true";
    boards.frame.classList.toggle("is-fit", on);
    document.body.classList.toggle("is-editor-wide", on);
    const least = narrow(on);
    const rows = Math.max(...boards.shown.map((board) => Number(board.dataset.rows))) + 3;
    const height = innerHeight - ABOVE - 16 * (least < READABLE ? HEAD : HEAD / 2);
    if (on) boards.frame.style.setProperty("--raster", `${Math.max(4, Math.floor((height / rows) * 10) / 10)}px`);
    else boards.frame.style.removeProperty("--raster");
  }

  // Rooms that are shut all day and hold nothing are as good as folded away.
  function narrow(on) {
    const open = boards.shown.map((board) => boards.rooms.map((_, n) => !on || isUsed(board, n + 1)));
    const many = open.flat().filter(Boolean).length;
    const rest = boards.frame.clientWidth - boards.shown.length * TIMES - open.flat().length * GAP;
    const least = Math.max(LEAST, Math.floor(rest / Math.max(many, 1)));
    boards.frame.classList.toggle("is-tiny", on && least < READABLE);
    if (on) boards.frame.style.setProperty("--room-least", `${least}px`);
    else boards.frame.style.removeProperty("--room-least");
    boards.shown.forEach((board, number) => {
      const columns = open[number].map((is) => (is ? "minmax(var(--room-least), 1fr)" : "1px"));
      board.querySelector(".schedule-grid").style.gridTemplateColumns = on ? `${TIMES - GAP * 3}px ${columns.join(" ")}` : "";
    });
    return least;
  }

  function isUsed(board, room) {
    const shut = [...board.querySelectorAll(`.schedule-closed.room-${room}`)].some((gap) => gap.classList.contains(`for-${board.dataset.rows}`));
    return !shut || Boolean(board.querySelector(`[data-code].room-${room}`));
  }

  fit.hidden = false;
  fit.addEventListener("click", () => {
    const on = fit.getAttribute("aria-pressed") !== "true";
    fit.setAttribute("aria-pressed", String(on));
    localStorage.setItem("draft fits", on ? "1" : "");
    if (on && tabs.some((tab) => tab.dataset.dayTab === "all") && boards.frame.clientWidth / (boards.all.length * boards.rooms.length) > 1.5 * READABLE) boards.showDay("all");
    stretch();
    if (on) boards.frame.scrollIntoView();
  });
  if (localStorage.getItem("draft fits")) fit.setAttribute("aria-pressed", "true");
  addEventListener("resize", stretch);
  stretch();

  root.querySelector("[data-days]").addEventListener("click", (event) => {
    const tab = event.target.closest("[data-day-tab]");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    boards.showDay(tab.dataset.dayTab);
  });

  const light = (event) => {
    const said = event.type === "pointerover" || event.type === "focusin" ? event.target.closest("[data-talks]") : null;
    const codes = said?.dataset.talks.split(" ") ?? [];
    for (const card of root.querySelectorAll("[data-code]")) card.classList.toggle("is-lit", codes.includes(card.dataset.code));
  };
  for (const type of ["pointerover", "focusin", "focusout"]) root.querySelector(".draft-side").addEventListener(type, light);
  root.querySelector(".draft-side").addEventListener("pointerleave", light);

  // Where one had scrolled to is where one goes on after the page came anew.
  const key = `draft ${boards.desk.here}`;
  boards.frame.scrollTop = Number(sessionStorage.getItem(key) ?? 0);
  addEventListener("pagehide", () => sessionStorage.setItem(key, boards.frame.scrollTop));
}
