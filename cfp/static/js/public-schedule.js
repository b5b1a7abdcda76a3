// The public schedule with a little help: a line where it is now, times on the reader's own clock,
// and a copy for where there is no network. All that is to be read stands in the page without it.
import "./public-clock.js";

const TALKS = ":is(.programme, .found) .talk";
const MINUTE = 60_000;
const RASTER = 5 * MINUTE;
const HEAD = 6; // the grid line of its first raster

// What is over steps back, what is on stands out, and a line shows where we are.
function showNow() {
  if (!document.querySelector(".schedule-days [aria-current]")) return; // before and after it all
  const now = Date.now();
  for (const talk of document.querySelectorAll(`${TALKS}[data-code]`)) {
    const [starts, ends] = [...talk.querySelectorAll(".talk-facts time")].map((time) => Date.parse(time.dateTime));
    talk.classList.toggle("is-over", ends <= now);
    talk.classList.toggle("is-on", starts <= now && now < ends && !talk.matches(".is-cancelled"));
  }
  for (const grid of document.querySelectorAll(".programme")) {
    grid.querySelector(".schedule-now")?.remove();
    const row = Math.round((now - Date.parse(grid.dataset.first)) / RASTER);
    const rows = 12 * grid.querySelectorAll(".schedule-line").length;
    if (row < 0 || row > rows) continue;
    const line = Object.assign(document.createElement("div"), { className: "schedule-now" });
    line.style.gridRow = row + HEAD;
    grid.append(line);
  }
}

// Whoever comes without a place in mind is shown the day that it is.
function openToday() {
  const today = document.querySelector(".schedule-days [aria-current]");
  if (!today || location.hash || scrollY > 0) return;
  const now = document.querySelector(".programme .schedule-now");
  if (now && !document.getElementById("now")) now.scrollIntoView({ block: "center" });
}

// What runs now, else what comes next; also on phones, where the schedule is a list.
function jump() {
  const talks = [...document.querySelectorAll(`${TALKS}[data-code]:not(.is-cancelled)`)];
  const there = talks.find((talk) => talk.matches(".is-on")) ?? talks.find((talk) => !talk.matches(".is-over")) ?? talks.at(-1);
  there?.scrollIntoView({ block: "center", inline: "center" });
  there?.querySelector("a").focus({ preventScroll: true });
}
const toNow = document.querySelector("[data-jump-now]");
if (toNow && document.querySelector(".schedule-days [aria-current]")) {
  toNow.hidden = false;
  toNow.addEventListener("click", jump);
}

showNow();
openToday();
setInterval(showNow, MINUTE);
document.addEventListener("htmx:afterSwap", showNow);

// A copy in this browser, of what any stranger would see.
const worker = document.querySelector("script[data-worker]")?.dataset.worker;
if (worker && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(worker, { scope: new URL("../", new URL(worker, location)).pathname })
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => {
      const used = performance.getEntriesByType("resource").map((file) => file.name);
      active.postMessage({ keep: used.filter((name) => name.startsWith(location.origin) && name.includes("/static/")) });
    })
    .catch(() => { /* private mode, or no room: the page works without */ });
}
