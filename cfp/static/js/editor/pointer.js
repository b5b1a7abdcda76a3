// Carrying by mouse, pen or finger. A finger that moves at once scrolls; one that rests lifts.
const FAR_ENOUGH = 6; // pixels: less is a click
const REST = 350; // milliseconds until a finger lifts
const EDGE = 48; // pixels from the border where the grid begins to scroll
const THINK = 180; // milliseconds of rest until the server is asked what would be wrong there
const OTHER_DAY = 500; // milliseconds over a day until it opens

export function carryByPointer(root, desk, boards, choice, shade) {
  let carried = null;

  class Carried {
    constructor(card, event) {
      Object.assign(this, { card, begin: event, last: event, place: null, isMoving: false });
      this.code = card.dataset.code;
      this.above = card.closest(".board") ? event.clientY - card.getBoundingClientRect().top : 12;
      if (event.pointerType === "touch") this.rest = setTimeout(() => this.lift(), REST);
    }

    lift() {
      this.isMoving = true;
      this.ghost = document.createElement("div");
      this.ghost.append(...["strong", "span", "span"].map((name) => document.createElement(name)));
      this.ghost.children[0].textContent = desk.title(this.code);
      this.ghost.children[1].className = "carry-place";
      this.ghost.children[2].className = "carry-words";
      this.say("", "");
      document.body.append(this.ghost);
      for (const code of choice.with(this.code)) boards.card(code)?.classList.add("is-carried");
      this.mark = Object.assign(document.createElement("div"), { className: "drop-mark", hidden: true });
      this.scroll = setInterval(() => this.atTheEdge(), 30);
      navigator.vibrate?.(20);
      shade.show(this.code);
      this.follow(this.last);
    }

    move(event) {
      this.last = event;
      if (this.isMoving) { this.follow(event); return; }
      const far = Math.hypot(event.clientX - this.begin.clientX, event.clientY - this.begin.clientY) >= FAR_ENOUGH;
      if (!far) return;
      if (event.pointerType === "touch") give();
      else this.lift();
    }

    follow({ clientX: x, clientY: y }) {
      this.ghost.style.left = `${Math.min(x + 20, innerWidth - this.ghost.offsetWidth - 4)}px`;
      this.ghost.style.top = `${Math.min(y + 16, innerHeight - this.ghost.offsetHeight - 4)}px`;
      this.overDay(x, y);
      const place = boards.placeAt(x, y, this.above);
      const same = place && this.place && JSON.stringify(place) === JSON.stringify(this.place);
      this.place = place;
      this.mark.hidden = !place;
      if (!place || same) return;
      boards.markAt(this.mark, this.code, place);
      this.say(this.where(place), "");
      clearTimeout(this.think);
      this.think = setTimeout(() => this.judge(place), THINK);
    }

    where({ day, room, at }) { return `${boards.wallTime(day, at).slice(11)} ${boards.rooms[room].name}`; }

    say(where, sentence, level = "") {
      const track = [...this.card.classList].filter((name) => name.startsWith("track-"));
      this.ghost.className = ["carry", ...track, level && `is-${level}`].filter(Boolean).join(" ");
      this.ghost.children[1].textContent = where;
      this.ghost.children[2].textContent = sentence;
      if (this.mark) this.mark.className = ["drop-mark", level && `is-${level}`].filter(Boolean).join(" ");
    }

    async judge(place) {
      const verdict = await desk.judge(this.code, boards.asSent(place));
      if (!verdict || this.place !== place || !this.isMoving) return;
      this.say(this.where(place), verdict.words[0] ?? wishes(desk, verdict), verdict.words.length ? (verdict.stops ? "bad" : "warn") : "good");
    }

    overDay(x, y) {
      const tab = document.elementFromPoint(x, y)?.closest("[data-day-tab]");
      if (tab === this.tab) return;
      this.tab = tab;
      clearTimeout(this.wait);
      if (tab) this.wait = setTimeout(() => boards.showDay(tab.dataset.dayTab), OTHER_DAY);
    }

    atTheEdge() {
      const { left, right, top, bottom } = boards.frame.getBoundingClientRect();
      const { clientX: x, clientY: y } = this.last;
      if (x < left || x > right) return;
      const down = y > bottom - EDGE ? 12 : y < top + EDGE ? -12 : 0;
      const aside = x > right - EDGE ? 12 : x < left + EDGE ? -12 : 0;
      if (!down && !aside) return;
      boards.frame.scrollBy(aside, down);
      this.follow(this.last);
    }

    drop(event) {
      const over = document.elementFromPoint(event.clientX, event.clientY);
      const { code, place } = this;
      this.end();
      if (place) choice.drop(code, place);
      else if (over?.closest(".draft-side") && code in desk.state.cards) {
        const codes = choice.with(code).filter((one) => one in desk.state.cards);
        desk.arrange(codes.map((one) => ["off", one]));
      }
    }

    end() {
      for (const timer of [this.rest, this.think, this.wait]) clearTimeout(timer);
      clearInterval(this.scroll);
      this.isMoving = false;
      this.ghost?.remove();
      this.mark?.remove();
      shade.end();
      for (const card of root.querySelectorAll(".is-carried")) card.classList.remove("is-carried");
    }
  }

  function give() {
    carried?.end();
    carried = null;
  }

  function finish(event) {
    const one = carried;
    carried = null;
    if (!one) return;
    if (!one.isMoving) { one.end(); return; }
    if (event.type === "pointerup") one.drop(event);
    else one.end();
    const swallow = (click) => { click.preventDefault(); click.stopPropagation(); }; // it ends a carry and opens nothing
    addEventListener("click", swallow, { capture: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
  }

  root.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-code]");
    if (!card || event.button !== 0 || event.ctrlKey || event.metaKey) return;
    carried = new Carried(card, event);
  });
  addEventListener("pointermove", (event) => carried?.move(event));
  addEventListener("pointerup", finish);
  addEventListener("pointercancel", finish);
  // While a finger carries, the page does not scroll.
  addEventListener("touchmove", (event) => { if (carried?.isMoving) event.preventDefault(); }, { passive: false });
  addEventListener("contextmenu", (event) => { if (carried) event.preventDefault(); });
  addEventListener("keydown", (event) => { if (event.key === "Escape") give(); });
  root.addEventListener("click", (event) => {
    const card = event.target.closest("[data-code]");
    if (!card || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    choice.toggle(card.dataset.code);
  });
  for (const link of root.querySelectorAll("[data-code] a")) link.draggable = false;
  root.classList.add("can-carry");
}

// What becomes of the wishes, in words.
export function wishes(desk, { wishes: more }) {
  if (!more) return desk.words.nothing;
  if (Math.abs(more) === 1) return more > 0 ? desk.words.betterOne : desk.words.worseOne;
  return desk.word(more > 0 ? "better" : "worse", { n: Math.abs(more) });
}
