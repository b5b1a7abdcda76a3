// The times of the schedule on the reader's own clock, where it differs from the conference's.
const bar = document.querySelector("[data-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang;
const TIMES = ":is(.programme, .found) time";
const KEY = "schedule-zone";

const kept = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
const keep = (choice) => { try { localStorage.setItem(KEY, choice); } catch { /* for this page only */ } };

const clock = (zone) => new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
const weekday = (zone) => new Intl.DateTimeFormat(language, { weekday: "short", timeZone: zone });

function differs(zone) {
  const first = document.querySelector(TIMES);
  return first && clock(own).format(new Date(first.dateTime)) !== clock(zone).format(new Date(first.dateTime));
}

function show(zone) {
  const there = bar.dataset.zone;
  const [time, day, dayThere] = [clock(zone), weekday(zone), weekday(there)];
  for (const element of document.querySelectorAll(`${TIMES}, .now time`)) {
    const moment = new Date(element.dateTime);
    const other = day.format(moment) === dayThere.format(moment) ? "" : `${day.format(moment)} `;
    element.textContent = other + time.format(moment);
  }
}

if (bar && differs(bar.dataset.zone)) {
  const choice = bar.querySelector("[data-zone-switch]");
  choice.hidden = false;
  choice.querySelector("[data-zone-own]").textContent = own.split("/").pop().replaceAll("_", " ");
  const set = (name) => {
    choice.querySelector(`[value="${name}"]`).checked = true;
    show(name === "own" ? own : bar.dataset.zone);
  };
  choice.addEventListener("change", (event) => { keep(event.target.value); set(event.target.value); });
  if (kept() === "own") set("own");
  document.addEventListener("htmx:afterSwap", () => set(kept() === "own" ? "own" : "event"));
}
