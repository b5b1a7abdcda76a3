// The scanner: a code from the camera, a hand scanner or a name; one answer over the whole screen.
import { Api, Away, Revoked } from "./api.js";
import { Camera } from "./camera.js";
import { hashed, judged } from "./judge.js";
import { report } from "./queue.js";
import { signal, unlock } from "./signal.js";
import * as store from "./store.js";

const at = (id) => document.getElementById(id);
const words = at("main").dataset;
const reasons = JSON.parse(words.words);
const SECRET = /^[A-Z2-7]{32}$/;
const AGAIN_AFTER = 4000; // the same code before the camera is the same person still
const GOOD_SHOWN = 2200;

let api;
let known = [];
let last = { text: "", at: 0 };
let shown;

const way = () => document.querySelector("[name=way]:checked").value;
const door = () => at("door").value;
const clockTime = (moment) => new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone,
}).format(new Date(moment));

function note(sentence) { at("note").textContent = sentence ?? ""; }

function online(is) {
  at("net").classList.toggle("is-on", is);
}

// One answer, over everything, until it is tapped or (if good) for two seconds.
function show({ isGood, who, what, why, later }) {
  clearTimeout(shown);
  const verdict = at("verdict");
  verdict.className = `scanner-verdict ${isGood ? "is-good" : "is-bad"}${later || why && isGood ? " is-careful" : ""}`;
  at("who").textContent = who ?? "";
  at("what").textContent = what ?? "";
  at("why").textContent = [why, later].filter(Boolean).join(" ");
  at("spoken").textContent = [who, what, why].filter(Boolean).join(". ");
  verdict.hidden = false;
  signal(isGood);
  if (isGood && !why) shown = setTimeout(dismiss, GOOD_SHOWN);
}

function dismiss() {
  at("verdict").hidden = true;
  at("asked").value = "";
  at("found").replaceChildren();
  note();
  at("asked").focus({ preventScroll: true });
}

// Ask the server; without it, judge by the list and report later under the same number.
async function pass(asked) {
  const scan = { nonce: crypto.randomUUID(), type: way(), door: door(), ...asked };
  try {
    const said = await api.redeem(scan);
    online(true);
    show({
      isGood: said.status === "ok",
      who: said.position?.attendee_name, what: said.position?.product,
      why: said.status === "ok" ? said.checkin_texts.join(" ") : said.reason_explanation ?? said.detail,
    });
    settle();
  } catch (failure) {
    if (failure instanceof Revoked) return gone();
    if (!(failure instanceof Away)) throw failure;
    online(false);
    await passAlone({ ...scan, datetime: api.now() });
  }
}

async function passAlone(scan) {
  const hash = scan.secret && await hashed(scan.secret);
  const ticket = known.find((one) => (hash ? one.hash === hash : one.ticket === scan.ticket));
  const verdict = judged(ticket, scan, words.zone);
  const isGood = verdict === "ok";
  if (isGood) {
    await store.put({ ...scan, name: ticket?.name });
    if (ticket) ticket.inside = scan.type === "entry" ? scan.datetime : null;
    await store.keep("known", known);
  }
  const why = { already_redeemed: ticket && words.already.replace("{time}", clockTime(ticket.inside)), invalid: words.unknown };
  show({ isGood, who: ticket?.name, what: ticket?.product, why: isGood ? "" : why[verdict] ?? reasons[verdict], later: words.offline });
  count();
}

function seen(text) {
  if (!api || text === last.text && Date.now() - last.at < AGAIN_AFTER) {
    last.at = Date.now();
    return;
  }
  last = { text, at: Date.now() };
  pass({ secret: text.trim().slice(0, 300) }); // of a longer code, a card of somebody, the server knows no more
}

// The one field: a code is passed at once, anything else is a name.
async function ask(text) {
  if (!text) return;
  if (SECRET.test(text.toUpperCase())) return pass({ secret: text.toUpperCase() });
  try {
    list((await api.search(text, door())).results);
    online(true);
  } catch (failure) {
    if (failure instanceof Revoked) return gone();
    online(false);
    const part = text.toLowerCase();
    list(known.filter((one) => `${one.name} ${one.company} ${one.ticket}`.toLowerCase().includes(part)).slice(0, 20));
  }
}

function list(found) {
  note(found.length ? "" : words.nobody);
  at("found").replaceChildren(...found.map((one) => {
    const row = document.createElement("li");
    const text = document.createElement("span");
    const name = document.createElement("strong");
    name.textContent = one.name || one.ticket;
    const states = [one.company, one.product, one.paid ? "" : words.notPaid, one.inside ? `${words.inside} ${clockTime(one.inside)}` : ""];
    text.append(name, states.filter(Boolean).join(" · "));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary";
    button.textContent = way() === "entry" ? words.letIn : words.letOut;
    button.setAttribute("aria-label", `${button.textContent}: ${name.textContent}`);
    button.onclick = () => pass({ ticket: one.ticket });
    row.append(text, button);
    return row;
  }));
}

async function count() {
  const number = (await store.waiting()).length;
  const when = await store.recall("known at");
  const list = when ? words.known.replace("{n}", known.length).replace("{time}", clockTime(when)) : "";
  at("known").textContent = number ? words.waiting.replace("{n}", number) : list;
}

// Report what waits, then learn what has changed.
async function settle() {
  try {
    for (const { scan, said } of await report(api)) {
      if (said.status === "ok" || said.refused) continue;
      const row = document.createElement("li");
      row.textContent = words.cameOff.replace("{name}", scan.name || scan.ticket || "?").replace("{reason}", said.reason_explanation);
      at("off").append(row);
    }
    const news = await api.tickets(door());
    if (news) {
      known = news.tickets;
      await store.keep("known", known);
    }
    await store.keep("known at", api.now());
    online(true);
  } catch (failure) {
    if (failure instanceof Revoked) return gone();
    online(false);
  }
  count();
}

async function gone() {
  api = undefined;
  known = [];
  await store.forget();
  show({ isGood: false, why: words.revoked });
  note(words.revoked);
}

function doors(me) {
  const choice = at("door");
  choice.replaceChildren(...me.doors.map((one) => new Option(one.name, one.code, false, one.code === me.door)));
  choice.hidden = me.doors.length === 0;
}

async function begin() {
  const told = location.hash.slice(1);
  if (told) {
    await store.forget();
    await store.keep("token", told);
    history.replaceState(null, "", location.pathname);
  }
  const token = await store.recall("token");
  if (!token) return note(words.noToken);
  api = new Api(words.api, token);
  known = (await store.recall("known")) ?? [];
  try {
    const me = await api.me();
    await store.keep("me", me);
    doors(me);
  } catch (failure) {
    if (failure instanceof Revoked) return gone();
    const me = await store.recall("me");
    if (me) doors(me);
    online(false);
  }
  const chosen = await store.recall("door");
  if (chosen && [...at("door").options].some((one) => one.value === chosen)) at("door").value = chosen;
  await settle();
  setInterval(() => api && settle(), 30_000);
}

at("verdict").onclick = dismiss;
at("ask").onsubmit = (event) => { event.preventDefault(); unlock(); ask(at("asked").value.trim()); };
at("door").onchange = async () => { api.tag = null; await store.keep("door", door()); settle(); };
document.addEventListener("pointerdown", unlock, { once: true });
addEventListener("online", () => api && settle());
addEventListener("offline", () => online(false));
// A hand scanner types without looking where: its keys go into the one field.
addEventListener("keydown", (event) => {
  if (!at("verdict").hidden && event.key === "Escape") dismiss();
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!at("verdict").hidden) dismiss();
  if (document.activeElement !== at("asked")) at("asked").focus();
});

const camera = new Camera(at("video"), words.decoder, seen);
at("camera").onclick = async () => {
  unlock();
  try {
    await camera.start();
    at("video").hidden = false;
    at("camera").hidden = true;
    at("torch").hidden = !camera.hasLight;
    navigator.wakeLock?.request("screen").catch(() => {});
  } catch { note(words.noCamera); }
};
at("torch").onclick = () => {
  const on = at("torch").getAttribute("aria-pressed") !== "true";
  camera.light(on);
  at("torch").setAttribute("aria-pressed", String(on));
};

navigator.serviceWorker?.register(words.worker, { scope: location.pathname }).catch(() => {});
begin();
