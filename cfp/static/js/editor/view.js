// Which days are shown and how large; a card is lit while one looks at the sentence about it.
const ABOVE = 150; // pixels of the header, the days and some air

export function view(root, boards) {
  const fit = root.querySelector("[data-fit]");
  const tabs = [...root.querySelectorAll("[data-day-tab]")];

  boards.showDay = (day) => {
    for (const tab of tabs) {
      if (tab.dataset.dayTab === day) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    for (const part of root.querySelectorAll(".board, .day-list")) part.hidden = day !== "all" && day !== (part.dataset.day ?? part.dataset.list);
    history.replaceState(null, "", `${boards.desk.here}?day=${day}`);
    stretch();
  };

  // The whole of what is shown on one screen: rows as high as there is room for.
  function stretch() {
    const on = fit.getAttribute("aria-pressed") === "true";
    boards.frame.classList.toggle("is-fit", on);
    const rows = Math.max(...boards.shown.map((board) => Number(board.dataset.rows))) + 7;
    const height = innerHeight - ABOVE;
    if (on) boards.frame.style.setProperty("--raster", `${Math.max(4, Math.floor((height / rows) * 10) / 10)}px`);
    else boards.frame.style.removeProperty("--raster");
  }

  fit.hidden = false;
  fit.addEventListener("click", () => {
    const on = fit.getAttribute("aria-pressed") !== "true";
    fit.setAttribute("aria-pressed", String(on));
    localStorage.setItem("draft fits", on ? "1" : "");
    if (on && tabs.some((tab) => tab.dataset.dayTab === "all")) boards.showDay("all");
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
