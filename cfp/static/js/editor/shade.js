// While a session is carried, whatever no place of it covers is shaded: its people are away, the
// room is shut, too small or without what it needs. The words come when it rests somewhere.
import { HEAD } from "./boards.js";

export class Shade {
  constructor(desk, boards) { Object.assign(this, { desk, boards, known: new Map(), turn: 0 }); desk.onState(() => this.known.clear()); }

  async show(code) {
    const turn = ++this.turn;
    if (!this.known.has(code)) {
      const answer = await fetch(`${this.desk.here}${code}/shade`).catch(() => null);
      if (!answer?.ok) return;
      this.known.set(code, await answer.json());
    }
    if (turn !== this.turn) return;
    this.clear();
    for (const [day, runs] of Object.entries(this.known.get(code))) {
      const grid = this.boards.board(day)?.querySelector(".schedule-grid");
      grid?.append(...runs.map(([room, at, long]) => {
        const part = Object.assign(document.createElement("div"), { className: "carry-shade" });
        part.style.gridArea = `${at + HEAD + 1} / ${room + 2} / span ${long} / span 1`;
        return part;
      }));
    }
  }

  end() { this.turn += 1; this.clear(); }

  clear() { for (const part of document.querySelectorAll(".carry-shade")) part.remove(); }
}
