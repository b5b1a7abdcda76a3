// The editor by keyboard alone, with a word about everything: arrows go from card to card, M picks
// one up. Single letters count only while a card has the focus.
import { wishes } from "./pointer.js";

const THINK = 400; // milliseconds of rest until the server is asked what would be wrong there
const HOUR = 12; // rows

export function carryByKeys(root, desk, boards, choice, panel, shade) {
  let carried = null;
  let rest = 0;
  const mark = Object.assign(document.createElement("div"), { className: "drop-mark" });

  boards.frame.setAttribute("role", "application");
  boards.frame.setAttribute("aria-description", desk.words.grid);
  boards.frame.removeAttribute("tabindex");

  const codeOf = (element) => element?.closest?.(".board [data-code], [data-side] [data-code]")?.dataset.code;

  // One card is reached by Tab, the others by arrows.
  function rove(code) {
    const links = [...root.querySelectorAll(".board [data-code] a")];
    const chosen = links.find((link) => codeOf(link) === code) ?? links.find((link) => link.offsetParent);
    for (const link of links) link.tabIndex = link === chosen ? 0 : -1;
  }

  function focus(code) {
    const link = boards.card(code)?.querySelector("a");
    if (!link) return;
    rove(code);
    link.focus();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // The nearest card in that direction.
  function neighbour(code, right, down) {
    const here = boards.card(code).getBoundingClientRect();
    const scores = [...root.querySelectorAll(".board [data-code]")].filter((card) => card.dataset.code !== code && card.offsetParent).map((card) => {
      const there = card.getBoundingClientRect();
      const x = (there.left + there.right - here.left - here.right) / 2;
      const y = there.top - here.top;
      const along = right ? x * right : y * down;
      const across = Math.abs(right ? y : x);
      return along > 3 ? [along + 3 * across, card.dataset.code] : null;
    }).filter(Boolean).sort(([a], [b]) => a - b);
    return scores[0]?.[1];
  }

  function lift(code) {
    const first = boards.shown[0].dataset.day;
    carried = { code, place: boards.placeOf(code) ?? boards.place(first, 0, 0) };
    boards.card(code).classList.add("is-carried");
    shade.show(code);
    show();
    desk.say(desk.word("lifted", { title: desk.title(code) }));
  }

  function show() {
    const { code, place } = carried;
    if (boards.board(place.day).hidden) boards.showDay(place.day);
    boards.markAt(mark, code, place);
    mark.className = "drop-mark";
    mark.textContent = boards.wallTime(place.day, place.at).slice(11);
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function carry(days, rooms, rows) {
    const { code, place } = carried;
    const order = boards.all.map((board) => board.dataset.day);
    let day = order.indexOf(place.day) + days;
    let room = place.room + rooms;
    if (room < 0 || room >= boards.rooms.length) {
      day += Math.sign(rooms);
      room = room < 0 ? boards.rooms.length - 1 : 0;
    }
    if (day < 0 || day >= order.length) { desk.say(desk.words.end); return; }
    carried.place = boards.place(order[day], room, place.at + rows);
    show();
    const obstacle = boards.obstacle(code, carried.place) ?? desk.words.free;
    desk.say(`${boards.rooms[room].name}, ${boards.wallTime(order[day], carried.place.at).slice(11)}, ${obstacle}`);
    clearTimeout(rest);
    rest = setTimeout(() => judge(carried?.place), THINK);
  }

  async function judge(place) {
    if (!place) return;
    const verdict = await desk.judge(carried.code, boards.asSent(place));
    if (!verdict || carried?.place !== place) return;
    const words = verdict.words.length ? verdict.words.slice(0, 2).join(" ") : wishes(desk, verdict);
    mark.classList.add(verdict.words.length ? (verdict.stops ? "is-bad" : "is-warn") : "is-good");
    mark.textContent = `${boards.wallTime(place.day, place.at).slice(11)} ${words}`;
    desk.say(words);
  }

  function put() {
    const { code, place } = carried;
    end();
    choice.drop(code, place).then(() => focus(code));
  }

  function end() {
    clearTimeout(rest);
    mark.remove();
    shade.end();
    boards.card(carried.code)?.classList.remove("is-carried");
    carried = null;
  }

  const CARRY = {
    ArrowUp: () => carry(0, 0, -desk.step), ArrowDown: () => carry(0, 0, desk.step),
    ArrowLeft: () => carry(0, -1, 0), ArrowRight: () => carry(0, 1, 0),
    PageUp: () => carry(0, 0, -HOUR), PageDown: () => carry(0, 0, HOUR),
    Enter: put, " ": put, m: put,
    Escape: () => { const { code } = carried; end(); desk.say(desk.words.left); focus(code); },
  };

  function swap(code) {
    const others = [...choice.codes].filter((one) => one !== code);
    if (others.length !== 1) { desk.say(desk.words.swapHow); return; }
    desk.swap(others[0], code).then((kept) => { if (kept) choice.clear(); focus(code); });
  }

  const CARD = {
    m: lift, " ": (code) => choice.toggle(code), s: swap,
    p: (code) => {
      const codes = choice.with(code).filter((one) => one in desk.state.cards);
      if (codes.length) desk.pin(codes, !desk.state.cards[code]?.pinned).then(() => focus(code));
    },
    Delete: (code) => {
      const codes = choice.with(code).filter((one) => one in desk.state.cards);
      if (codes.length) desk.arrange(codes.map((one) => ["off", one])).then(() => focus(code));
    },
    Enter: (code) => panel.open(code),
    Escape: () => choice.clear(),
  };
  CARD.Backspace = CARD.Delete;

  const WAY = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function onCard(event, code) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key in WAY && event.target.closest(".board")) {
      const next = neighbour(code, ...WAY[key]);
      if (next) focus(next);
    } else if (key in WAY) {
      const items = [...root.querySelectorAll("[data-side] [data-code]")].map((item) => item.dataset.code);
      const next = items[items.indexOf(code) + (WAY[key][0] + WAY[key][1])];
      if (next) focus(next);
    } else if (CARD[key]) CARD[key](code);
    else return;
    event.preventDefault();
  }

  function back(event) {
    const key = event.key.toLowerCase();
    const typing = event.target.closest("input, select, textarea, dialog");
    if (typing || !(event.ctrlKey || event.metaKey) || event.altKey) return false;
    if (key === "z") { if (event.shiftKey) desk.redo(); else desk.undo(); } else if (key === "y") desk.redo();
    else return false;
    event.preventDefault();
    return true;
  }

  addEventListener("keydown", (event) => {
    if (back(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (carried) {
      if (CARRY[key]) { CARRY[key](); event.preventDefault(); event.stopPropagation(); }
      return;
    }
    const code = codeOf(event.target);
    if (code && event.target.matches("a")) onCard(event, code);
  });
  addEventListener("focusout", (event) => {
    if (carried && codeOf(event.target) === carried.code && event.relatedTarget && !boards.frame.contains(event.relatedTarget)) { end(); desk.say(desk.words.left); }
  });
  desk.onState(() => { rove(codeOf(document.activeElement)); });
}
