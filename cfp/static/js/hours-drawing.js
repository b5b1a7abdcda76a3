// The grid, drawn: a stretch on a day's strip becomes opening hours or a break; an edge of what is
// open can be pulled. It fills in one of the page's forms and sends it.
const STEP = 5; // minutes
const GRIP = 8; // pixels around an edge
const SHORTEST = 10; // minutes: less was a click

const bar = document.querySelector("[data-draw]");
const strips = [...document.querySelectorAll("[data-strip]")];
const time = bar?.querySelector("[data-draw-time]");

// The wall time so many minutes after the strip's first, as inputs of the type time have it.
function clock(strip, minute) {
  const at = new Date(`${strip.dataset.first}Z`);
  at.setUTCMinutes(at.getUTCMinutes() + minute);
  return at.toISOString().slice(11, 16);
}

function minuteAt(strip, x) {
  const { left, width } = strip.getBoundingClientRect();
  const minutes = Number(strip.dataset.minutes);
  const minute = ((x - left) / width) * minutes;
  return Math.min(minutes, Math.max(0, Math.round(minute / STEP) * STEP));
}

// Where the stroke began: at the other edge of what is open, if an edge was gripped.
function beginning(strip, x) {
  const { width } = strip.getBoundingClientRect();
  const near = (GRIP / width) * Number(strip.dataset.minutes);
  const minute = minuteAt(strip, x);
  for (const open of strip.querySelectorAll("[data-open-bar]")) {
    const [first, last] = [Number(open.getAttribute("x")), Number(open.getAttribute("x")) + Number(open.getAttribute("width"))];
    if (Math.abs(minute - first) <= near) return last;
    if (Math.abs(minute - last) <= near) return first;
  }
  return minute;
}

const kind = () => bar.querySelector("[name=draw]:checked").value;

class Stroke {
  constructor(strip, event) {
    this.strip = strip;
    this.from = kind() === "hours" ? beginning(strip, event.clientX) : minuteAt(strip, event.clientX);
    this.rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    this.rect.setAttribute("class", `hours-stroke hours-stroke-${kind()}`);
    this.rect.setAttribute("height", "10");
    strip.append(this.rect);
    strip.setPointerCapture(event.pointerId);
    this.to(event);
  }

  to(event) {
    const now = minuteAt(this.strip, event.clientX);
    this.span = [Math.min(this.from, now), Math.max(this.from, now)];
    this.rect.setAttribute("x", this.span[0]);
    this.rect.setAttribute("width", this.span[1] - this.span[0]);
    time.textContent = this.span.map((minute) => clock(this.strip, minute)).join("–");
  }

  send() {
    const [first, last] = this.span;
    if (last - first < SHORTEST) { this.end(); return; }
    const form = document.querySelector(`[data-draws="${kind()}"]`);
    const field = (name) => form.querySelector(`[name="${name}"], [name="break-${name}"]`);
    field("room").value = bar.querySelector("[data-draw-all]").checked ? "all" : this.strip.dataset.room;
    field("day").value = this.strip.dataset.day;
    field("first").value = clock(this.strip, first);
    field("last").value = clock(this.strip, last);
    if (kind() === "break") field("title").value = bar.querySelector("[data-draw-title]").value;
    form.requestSubmit();
  }

  end() {
    this.rect.remove();
    time.textContent = "";
  }
}

if (bar) {
  let stroke = null;
  bar.hidden = false;
  for (const strip of strips) {
    strip.classList.add("can-draw");
    strip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      stroke = new Stroke(strip, event);
    });
    strip.addEventListener("pointermove", (event) => stroke?.to(event));
    strip.addEventListener("pointerup", () => { stroke?.send(); stroke = null; });
    strip.addEventListener("pointercancel", () => { stroke?.end(); stroke = null; });
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    stroke?.end();
    stroke = null;
  });
}
