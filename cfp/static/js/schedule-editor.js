// The draft by hand: carry a session to another place or to the side. Everything it does is also
// done by forms; it fills in one of them and sends it.
const board = document.querySelector("[data-board]");
const form = document.querySelector("[data-move]");
const side = document.querySelector(".draft-side");
const FAR_ENOUGH = 6; // pixels: less is a click
const HEAD = 4; // rows of the grid above its first raster
const RASTER = 5; // minutes of a row

// The place under the pointer: room, minutes after the grid's first, and the lines they lie on.
function placeAt(x, y, above) {
  const grid = board.querySelector(".schedule-grid");
  const frame = board.getBoundingClientRect();
  if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) return null;
  const rooms = [...board.querySelectorAll("[data-room]")];
  const number = rooms.findIndex((room) => x <= room.getBoundingClientRect().right);
  if (number < 0 || x < rooms[0].getBoundingClientRect().left) return null;
  const row = parseFloat(getComputedStyle(grid).gridAutoRows);
  const step = Number(board.dataset.raster) / RASTER;
  const rows = (y - above - grid.getBoundingClientRect().top) / row - HEAD;
  const at = Math.max(0, Math.round(rows / step) * step);
  return { room: rooms[number].dataset.room, column: number + 2, at };
}

// The wall time of a row, in the form that datetime-local inputs have.
function wallTime(at) {
  const time = new Date(`${board.dataset.first}Z`);
  time.setUTCMinutes(time.getUTCMinutes() + at * RASTER);
  return time.toISOString().slice(0, 16);
}

function send(verb, code, fields = {}) {
  form.action = form.action.replace(/[^/]+\/[^/]+$/, `${code}/${verb}`);
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  form.requestSubmit();
}

class Carried {
  constructor(card, event) {
    this.card = card;
    this.begin = event;
    this.above = card.closest("[data-board]") ? event.clientY - card.getBoundingClientRect().top : 12;
    this.place = null;
  }

  get isMoving() { return Boolean(this.ghost); }

  lift() {
    this.ghost = this.card.cloneNode(true);
    this.ghost.className = `${this.card.className} carry`;
    this.ghost.style.width = `${this.card.offsetWidth}px`;
    this.ghost.style.height = `${this.card.offsetHeight}px`;
    document.body.append(this.ghost);
    this.card.classList.add("is-carried");
    this.mark = Object.assign(document.createElement("div"), { className: "drop-mark", hidden: true });
    board.querySelector(".schedule-grid").append(this.mark);
  }

  move(event) {
    const { clientX: x, clientY: y } = event;
    if (!this.isMoving) {
      if (Math.hypot(x - this.begin.clientX, y - this.begin.clientY) < FAR_ENOUGH) return;
      this.lift();
    }
    this.ghost.style.left = `${x + 8}px`;
    this.ghost.style.top = `${y - this.above}px`;
    this.place = placeAt(x, y, this.above);
    this.mark.hidden = !this.place;
    if (!this.place) return;
    const { column, at } = this.place;
    const long = Math.ceil(this.card.dataset.minutes / RASTER);
    this.mark.style.gridArea = `${at + HEAD + 1} / ${column} / span ${long} / span 1`;
    this.mark.textContent = wallTime(at).slice(11);
  }

  drop(event) {
    const over = document.elementFromPoint(event.clientX, event.clientY);
    const code = this.card.dataset.code;
    if (this.place) send("place", code, { room: this.place.room, start: wallTime(this.place.at) });
    else if (side.contains(over) && this.card.closest("[data-board]")) send("unplace", code);
    this.end();
  }

  end() {
    this.ghost?.remove();
    this.mark?.remove();
    this.card.classList.remove("is-carried");
  }
}

let carried = null;

// A finger scrolls; only a mouse or a pen carries.
function begin(event) {
  const card = event.target.closest("[data-code]");
  if (!card || event.button !== 0 || event.pointerType === "touch") return;
  carried = new Carried(card, event);
}

function finish(event) {
  const moved = carried?.isMoving;
  if (moved && event.type === "pointerup") carried.drop(event);
  else carried?.end();
  carried = null;
  if (!moved) return;
  const swallow = (click) => click.preventDefault(); // the click that ends a carry opens nothing
  addEventListener("click", swallow, { capture: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
}

// Where one had scrolled to is where one goes on after a move.
function rememberScroll() {
  const key = `draft ${board.dataset.first}`;
  board.scrollTop = Number(sessionStorage.getItem(key) ?? 0);
  addEventListener("pagehide", () => sessionStorage.setItem(key, board.scrollTop));
}

if (board && form) {
  for (const card of document.querySelectorAll("[data-code]")) {
    card.classList.add("can-carry");
    card.querySelector("a").draggable = false;
  }
  addEventListener("pointerdown", begin);
  addEventListener("pointermove", (event) => carried?.move(event));
  addEventListener("pointerup", finish);
  addEventListener("pointercancel", finish);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !carried) return;
    carried.end();
    carried = null;
  });
  rememberScroll();
}
