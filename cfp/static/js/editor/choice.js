// Several sessions at once: chosen by Ctrl and click or by Space; moved, pinned, taken off together.
export class Choice {
  constructor(root, desk, boards) {
    Object.assign(this, { root, desk, boards, codes: new Set() });
    this.bar = root.querySelector("[data-chosen]");
    this.bar.addEventListener("click", (event) => this.press(event.target.closest("[data-do]")?.dataset.do));
    desk.onState((state) => {
      for (const code of this.codes) if (!(code in state.cards) && !state.side.includes(code)) this.codes.delete(code);
      this.show();
    });
  }

  toggle(code) {
    if (!this.codes.delete(code)) this.codes.add(code);
    this.show();
    this.desk.say(this.codes.has(code) ? `${this.desk.title(code)}: ${this.desk.words.chosen}. ${this.count()}` : this.count());
  }

  clear() {
    this.codes.clear();
    this.show();
  }

  count() {
    const number = this.codes.size;
    return number === 1 ? this.desk.words.countOne : this.desk.word("count", { n: number });
  }

  show() {
    for (const card of this.root.querySelectorAll("[data-code]")) card.classList.toggle("is-chosen", this.codes.has(card.dataset.code));
    this.bar.hidden = !this.codes.size;
    this.bar.querySelector("[data-chosen-count]").textContent = this.count();
    this.bar.querySelector("[data-do=swap]").disabled = this.codes.size !== 2;
  }

  // The sessions that a hand on this one takes along.
  with(code) { return this.codes.has(code) ? [...this.codes] : [code]; }

  press(what) {
    const codes = [...this.codes];
    const placed = codes.filter((code) => code in this.desk.state.cards);
    if (what === "none") this.clear();
    if (what === "swap" && codes.length === 2) this.desk.swap(...codes).then((kept) => kept && this.clear());
    if (what === "pin" && placed.length) this.desk.pin(placed, true);
    if (what === "unpin" && placed.length) this.desk.pin(placed, false);
    if (what === "off" && placed.length) this.desk.arrange(placed.map((code) => ["off", code]));
  }

  // All that are carried with `code` from its place to `to`: as far, each within its day and rooms.
  moves(code, to) {
    const from = this.boards.placeOf(code);
    const days = this.boards.all.map((board) => board.dataset.day);
    return this.with(code).map((one) => {
      const own = this.boards.placeOf(one);
      if (one === code || !own || !from) return one === code ? [one, to] : [one, null];
      const day = days[Math.min(Math.max(0, days.indexOf(own.day) + days.indexOf(to.day) - days.indexOf(from.day)), days.length - 1)];
      const room = Math.min(Math.max(0, own.room + to.room - from.room), this.boards.rooms.length - 1);
      return [one, this.boards.place(day, room, own.at + to.at - from.at)];
    }).filter(([, place]) => place);
  }

  drop(code, to) {
    const moves = this.moves(code, to);
    if (moves.length === 1) return this.desk.place(code, this.boards.asSent(to));
    return this.desk.arrange(moves.map(([one, place]) => {
      const { room, start } = this.boards.asSent(place);
      return ["put", `${one}@${room}@${start}`];
    }));
  }
}
