// The days of the grid: puts every card where the state says, and knows what lies where.
export const HEAD = 5; // rows of the grid above its first raster
export const RASTER = 5; // minutes of a row
const FLASH = 2500; // milliseconds

const hasMoved = (before, now) => ["day", "room", "at"].some((what) => before?.[what] !== now[what]);

export class Boards {
  constructor(root, desk) {
    this.root = root;
    this.desk = desk;
    this.frame = root.querySelector("[data-boards]");
    this.all = [...root.querySelectorAll(".board")];
    this.side = root.querySelector("[data-side]");
    this.rooms = [...this.all[0].querySelectorAll("[data-room]")].map((room) => ({ id: room.dataset.room, name: room.firstElementChild.textContent }));
    this.templates = { card: root.querySelector("template[data-card]"), waiting: root.querySelector("template[data-waiting]") };
    desk.onState((state) => this.paint(state));
  }

  board(day) { return this.root.querySelector(`.board[data-day="${day}"]`); }

  card(code) { return this.root.querySelector(`.board [data-code="${code}"], [data-side] [data-code="${code}"]`); }

  get shown() { return this.all.filter((board) => !board.hidden); }

  paint(state) {
    const focused = document.activeElement?.closest?.("[data-code]")?.dataset.code;
    const moved = this.before ? Object.keys(state.cards).filter((code) => hasMoved(this.before[code], state.cards[code])) : [];
    this.before = state.cards;
    for (const [code, there] of Object.entries(state.cards)) this.put(code, there);
    state.side.forEach((code, number) => this.wait(code, number));
    for (const item of [...this.root.querySelectorAll(".board [data-code], [data-side] [data-code]")]) {
      const { code } = item.dataset;
      if (!(code in state.cards) && !state.side.includes(code)) item.remove();
    }
    this.count(state);
    this.flash(moved);
    if (focused && !document.activeElement?.closest?.("[data-code]")) this.card(focused)?.querySelector("a").focus({ preventScroll: true });
  }

  // What moved stands out for a moment: one's own move, what was taken back, what others did.
  flash(codes) {
    for (const code of codes) {
      const card = this.card(code);
      card.classList.add("has-moved");
      setTimeout(() => card.classList.remove("has-moved"), FLASH);
    }
    const days = codes.map((code) => this.desk.state.cards[code].day);
    if (this.desk.brings && days.length && days.every((day) => this.board(day).hidden)) this.showDay(days[0]);
  }

  put(code, there) {
    const talk = this.desk.talks[code];
    const grid = this.board(there.day).querySelector(".schedule-grid");
    let card = this.card(code);
    if (!card || card.matches("li")) {
      card?.remove();
      card = this.fill(this.templates.card, code, talk);
    }
    if (card.parentElement !== grid) grid.append(card);
    const room = this.rooms.findIndex((one) => one.id === String(there.room)) + 1;
    const kept = [...card.classList].filter((name) => ["is-chosen", "is-carried", "is-open", "is-lit", "has-moved"].includes(name));
    card.className = ["talk", talk.track && `track-${talk.track}`, `at-${there.at}`, `for-${there.long}`, `room-${room}`,
      there.lane[1] > 1 && `lane-${there.lane.join("-")}`, there.pinned && "is-pinned", there.level === "stop" && "has-clash",
      there.level === "warn" && "has-warning", talk.unconfirmed && "is-unconfirmed", ...kept].filter(Boolean).join(" ");
    card.querySelector(".talk-when").textContent = there.time;
    card.querySelector(".talk-chairs").textContent = there.chairs ?? "";
    card.querySelector(".talk-marks").replaceChildren(...[there.pinned && "pinned", there.level].filter(Boolean).map((mark) => this.mark(mark)));
    card.querySelector("a").setAttribute("aria-label", this.spoken(code));
    card.title = [talk.title, talk.names, there.chairs, ...there.words].filter(Boolean).join("\n");
  }

  wait(code, number) {
    const talk = this.desk.talks[code];
    let item = this.card(code);
    if (!item || !item.matches("li")) {
      item?.remove();
      item = this.fill(this.templates.waiting, code, talk);
      if (talk.track) item.classList.add(`track-${talk.track}`);
      item.querySelector(".side-minutes").textContent = this.desk.word("minutes", { n: talk.minutes });
    }
    if (this.side.children[number] !== item) this.side.insertBefore(item, this.side.children[number] ?? null);
  }

  fill(template, code, talk) {
    const item = template.content.firstElementChild.cloneNode(true);
    item.dataset.code = code;
    const link = item.querySelector("a");
    link.href = `${this.desk.here}?talk=${code}#talk`;
    link.textContent = talk.title;
    link.draggable = false;
    item.querySelector(".talk-names").textContent = talk.names;
    return item;
  }

  mark(name) { return this.root.querySelector(`template[data-mark="${name}"]`).content.cloneNode(true); }

  // What a screen reader says of a card.
  spoken(code) {
    const there = this.desk.state.cards[code];
    if (!there) return `${this.desk.title(code)}, ${this.desk.words.waits}`;
    const facts = [this.desk.title(code), there.where, there.pinned && this.desk.words.pinned, there.chairs].filter(Boolean).join(", ");
    return [facts, ...there.words].join(". ");
  }

  count(state) {
    const days = Object.values(state.cards).map((card) => card.day);
    for (const tab of this.root.querySelectorAll("[data-day-tab]")) {
      const count = tab.querySelector("[data-day-count]");
      if (count) count.textContent = days.filter((day) => day === tab.dataset.dayTab).length;
    }
    this.root.querySelector("[data-waiting-count]").textContent = state.side.length;
    this.root.querySelector("[data-placed]").textContent = state.placed;
    if (state.findings) this.find(state.findings);
    const press = (what, may) => { const button = this.root.querySelector(what); if (button) button.disabled = !may; };
    press(":is([data-live=undo], [data-back=undo]) button", state.undo);
    press(":is([data-live=redo], [data-back=redo]) button", state.redo);
    press("[data-fill]", state.side.length > 0);
  }

  // What is wrong, in words; what one had unfolded stays so.
  find(words) {
    const findings = this.root.querySelector("[data-findings]");
    const open = findings.querySelector("details")?.open;
    findings.innerHTML = words;
    if (open) findings.querySelector("details")?.setAttribute("open", "");
  }

  // The place under a point of the window: day, room and row, in steps of the raster.
  placeAt(x, y, above) {
    const inside = this.frame.getBoundingClientRect();
    if (x < inside.left || x > inside.right || y < inside.top || y > inside.bottom) return null;
    for (const board of this.shown) {
      const grid = board.querySelector(".schedule-grid");
      const around = grid.getBoundingClientRect();
      if (x < around.left || x > around.right || y > around.bottom) continue;
      const heads = [...board.querySelectorAll("[data-room]")];
      const room = heads.findIndex((head) => x <= head.getBoundingClientRect().right);
      if (room < 0 || x < heads[0].getBoundingClientRect().left) continue;
      const row = parseFloat(getComputedStyle(grid).gridAutoRows);
      const begins = grid.querySelector(".schedule-line").getBoundingClientRect().top;
      const at = Math.round((y - above - begins) / row / this.desk.step) * this.desk.step;
      return this.place(board.dataset.day, room, at);
    }
    return null;
  }

  // A place that exists: kept inside the day.
  place(day, room, at) {
    const last = Number(this.board(day).dataset.rows) - 1;
    const inside = Math.min(Math.max(0, at), Math.floor(last / this.desk.step) * this.desk.step);
    return { day, room, at: inside };
  }

  // The same in the words of forms: the room's id and the wall time.
  asSent({ day, room, at }) { return { room: this.rooms[room].id, start: this.wallTime(day, at) }; }

  wallTime(day, at) {
    const time = new Date(`${this.board(day).dataset.first}Z`);
    time.setUTCMinutes(time.getUTCMinutes() + at * RASTER);
    return time.toISOString().slice(0, 16);
  }

  // Where a session stands, as a place; null for one that waits.
  placeOf(code) {
    const there = this.desk.state.cards[code];
    return there ? { day: there.day, room: this.rooms.findIndex((room) => room.id === String(there.room)), at: there.at } : null;
  }

  // What one can see without asking: who else is there, or why the room is shut.
  obstacle(code, { day, room, at }) {
    const long = Math.ceil(this.desk.talks[code].minutes / RASTER);
    const other = Object.entries(this.desk.state.cards).find(([name, card]) => name !== code && card.day === day
      && String(card.room) === this.rooms[room].id && card.at < at + long && at < card.at + card.long);
    if (other) return this.desk.word("taken", { title: `“${this.desk.title(other[0])}”` });
    return null;
  }

  markAt(marker, code, { day, room, at }) {
    const long = Math.ceil(this.desk.talks[code].minutes / RASTER);
    marker.style.gridArea = `${at + HEAD + 1} / ${room + 2} / span ${long} / span 1`;
    const grid = this.board(day).querySelector(".schedule-grid");
    if (marker.parentElement !== grid) grid.append(marker);
  }
}
