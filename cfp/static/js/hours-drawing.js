// The grid, drawn: a stroke on a day's strip becomes opening hours, a break, a plenary or a buffer; an
// edge can be pulled, a break be moved. By mouse, finger or keys; it fills in one of the page's
// forms, sends it, and shows the days that come back.
const STEP = 5; // minutes
const HOUR = 60;
const GRIP = 8; // pixels around an edge
const SHORTEST = 10; // minutes: less was a click

const bar = document.querySelector("[data-draw]");
const drawn = document.querySelector("[data-drawn]");
const time = bar?.querySelector("[data-draw-time]");
const words = bar && JSON.parse(bar.dataset.words);

const kind = () => bar.querySelector("[name=draw]:checked").value;
const minutesOf = (strip) => Number(strip.dataset.minutes);
const inside = (strip, minute) => Math.min(minutesOf(strip), Math.max(0, Math.round(minute / STEP) * STEP));

// The wall time so many minutes after the strip's first, as inputs of the type time have it.
function clock(strip, minute) {
  const at = new Date(`${strip.dataset.first}Z`);
  at.setUTCMinutes(at.getUTCMinutes() + minute);
  return at.toISOString().slice(11, 16);
}

function minuteAt(strip, x) {
  const { left, width } = strip.getBoundingClientRect();
  return inside(strip, ((x - left) / width) * minutesOf(strip));
}

// What a hand at this minute takes hold of: an edge of what is there, or a break of the kind that
// is drawn, as a whole.
function grasp(strip, minute, near) {
  const what = kind() === "hours" ? "[data-open-bar]" : `.is-${kind()}[data-break]`;
  for (const one of strip.querySelectorAll(what)) {
    const first = Number(one.getAttribute("x"));
    const last = first + Number(one.getAttribute("width"));
    const { break: move, openBar: instead, raster } = one.dataset;
    if (Math.abs(minute - first) <= near) return { anchor: last, move, instead, raster };
    if (Math.abs(minute - last) <= near) return { anchor: first, move, instead, raster };
    if (move && first < minute && minute < last) return { move, first, last };
  }
  return { anchor: minute };
}

class Stroke {
  constructor(strip, minute, near) {
    Object.assign(this, { strip, from: minute, held: grasp(strip, minute, near) });
    this.rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    this.rect.setAttribute("class", `hours-stroke is-${kind()}`);
    this.rect.setAttribute("height", "10");
    strip.append(this.rect);
    this.to(minute);
  }

  to(minute) {
    const { anchor, first, last } = this.held;
    if (anchor === undefined) {
      const by = Math.min(minutesOf(this.strip) - last, Math.max(-first, minute - this.from));
      this.span = [first + by, last + by];
    } else this.span = [Math.min(anchor, minute), Math.max(anchor, minute)];
    this.rect.setAttribute("x", this.span[0]);
    this.rect.setAttribute("width", this.span[1] - this.span[0]);
    time.textContent = this.said;
  }

  get said() { return this.span.map((minute) => clock(this.strip, minute)).join("–"); }

  send() {
    const [first, last] = this.span;
    const still = this.held.anchor === undefined && first === this.held.first;
    if (last - first < SHORTEST || still) { this.end(); return; }
    const { strip } = this;
    const hours = [clock(strip, first), clock(strip, last)];
    if (this.held.move) {
      const form = document.querySelector(`[data-moves="${this.held.move}"]`);
      fill(form, { first: hours[0], last: hours[1] });
      send(form, strip);
      return;
    }
    const form = document.querySelector(`[data-draws="${kind() === "hours" ? "hours" : "break"}"]`);
    const all = bar.querySelector("[data-draw-all]").checked && kind() !== "plenary";
    fill(form, {
      room: all ? "all" : strip.dataset.room, day: strip.dataset.day, first: hours[0], last: hours[1],
      ...(kind() === "hours" ? { raster: this.held.raster ?? bar.querySelector("[data-draw-raster]").value, instead: this.held.instead ?? "" } : { sort: kind(), title: kind() === "pause" ? bar.querySelector("[data-draw-title]").value : "" }),
    });
    if (kind() === "hours") form.querySelector("[name=drawn]").checked = true;
    send(form, strip);
    if (kind() === "hours") form.querySelector("[name=drawn]").checked = false;
  }

  end() {
    this.rect.remove();
    time.textContent = "";
  }
}

function fill(form, values) {
  for (const [name, value] of Object.entries(values)) form.querySelector(`[name="${name}"], [name="break-${name}"]`).value = value;
}

// Sends the form and shows the page that comes back, without leaving the place where one draws.
async function send(form, strip) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer) { time.textContent = words.broke; return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const days = page.querySelector("[data-drawn]");
  if (!days) { location.reload(); return; }
  const wrong = page.querySelector(".error-summary");
  const { at, day, room } = { at: cursor, ...strip.dataset };
  drawn.replaceChildren(...days.childNodes);
  time.textContent = wrong?.textContent.trim() ?? page.querySelector(".flash, .note")?.textContent.trim() ?? "";
  if (wrong) document.querySelector(".hours-forms").replaceWith(page.querySelector(".hours-forms"));
  dress();
  if (at !== null) drawn.querySelector(`[data-strip][data-day="${day}"][data-room="${room}"]`)?.focus();
  if (at !== null) go(at);
}

// By keys: a cursor on the strip that has the focus.
let stroke = null;
let cursor = null;
const focused = () => document.activeElement?.closest?.("[data-strip]");

function go(minute) {
  const strip = focused();
  if (!strip) return;
  cursor = inside(strip, minute);
  let line = strip.querySelector(".hours-cursor");
  if (!line) {
    line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    line.setAttribute("class", "hours-cursor");
    line.setAttribute("y2", "10");
    strip.append(line);
  }
  line.setAttribute("x1", cursor);
  line.setAttribute("x2", cursor);
  stroke?.to(cursor);
  strip.setAttribute("aria-valuenow", cursor);
  strip.setAttribute("aria-valuetext", stroke ? stroke.said : clock(strip, cursor));
  if (!stroke) time.textContent = clock(strip, cursor);
}

function press() {
  const strip = focused();
  if (stroke) { stroke.send(); stroke = null; return; }
  stroke = new Stroke(strip, cursor, 0);
  time.textContent = words.begun.replace("{time}", clock(strip, cursor));
}

const KEYS = {
  ArrowLeft: () => go(cursor - STEP), ArrowRight: () => go(cursor + STEP),
  PageDown: () => go(cursor + HOUR), PageUp: () => go(cursor - HOUR),
  Home: () => go(0), End: () => go(minutesOf(focused())),
  Enter: press, " ": press,
};

function leave() {
  stroke?.end();
  stroke = null;
  time.textContent = words.left;
}

// A strip becomes something to draw on.
function dress() {
  for (const strip of drawn.querySelectorAll("[data-strip]")) {
    strip.classList.add("can-draw");
    strip.removeAttribute("aria-hidden");
    const { label, dayName } = strip.dataset;
    const is = { role: "slider", tabindex: "0", focusable: "true", "aria-valuemin": "0", "aria-valuemax": strip.dataset.minutes, "aria-valuenow": "0",
      "aria-valuetext": clock(strip, 0), "aria-label": words.strip.replace("{room}", label).replace("{day}", dayName) };
    for (const [name, value] of Object.entries(is)) strip.setAttribute(name, value);
  }
}

if (bar && drawn) {
  bar.hidden = false;
  dress();
  drawn.addEventListener("pointerdown", (event) => {
    const strip = event.target.closest("[data-strip]");
    if (!strip || event.button !== 0) return;
    event.preventDefault();
    const near = (GRIP / strip.getBoundingClientRect().width) * minutesOf(strip);
    stroke?.end();
    cursor = null;
    stroke = new Stroke(strip, minuteAt(strip, event.clientX), near);
    strip.setPointerCapture(event.pointerId);
  });
  drawn.addEventListener("pointermove", (event) => { if (cursor === null) stroke?.to(minuteAt(stroke.strip, event.clientX)); });
  drawn.addEventListener("pointerup", () => { if (cursor !== null) return; stroke?.send(); stroke = null; });
  drawn.addEventListener("pointercancel", () => { if (cursor !== null) return; stroke?.end(); stroke = null; });
  drawn.addEventListener("focusin", (event) => { if (event.target.closest("[data-strip]") && cursor === null && !stroke) go(HOUR); });
  drawn.addEventListener("focusout", (event) => {
    event.target.querySelector?.(".hours-cursor")?.remove();
    if (cursor !== null) { stroke?.end(); stroke = null; }
    cursor = null;
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && stroke) { leave(); return; }
    if (!focused() || cursor === null || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
}
