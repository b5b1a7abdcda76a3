// Stars on the schedule: kept in this browser first, so that a press shows at once and also where
// there is no network; sent as soon as there is one. What the server keeps is the truth after that.
const TALKS = ":is(.programme, .found) .talk";
const marks = document.querySelector("[data-stars]");
const name = marks?.dataset.stars;
const read = (key) => { try { return JSON.parse(localStorage.getItem(`${key}:${name}`)) ?? {}; } catch { return {}; } };
const write = (key, value) => { try { localStorage.setItem(`${key}:${name}`, JSON.stringify(value)); } catch { /* for this page only */ } };

let stars = read("stars"); // code -> true
let unsent = read("unsent"); // code -> true or false, since the server last heard of it
let token = null;

function show() {
  for (const button of document.querySelectorAll("[data-star]")) {
    const on = Boolean(stars[button.dataset.star]);
    button.setAttribute("aria-pressed", on);
    const words = button.querySelector("[data-star-words]");
    if (words) words.textContent = on ? marks.dataset.take : marks.dataset.give;
  }
  const count = Object.keys(stars).length;
  for (const place of document.querySelectorAll("[data-star-count]")) place.textContent = count || "";
  const only = document.querySelector("[data-only-stars]");
  if (only) {
    only.closest("label").hidden = !count && !only.checked;
    document.body.classList.toggle("only-stars", only.checked);
    for (const talk of document.querySelectorAll(`${TALKS}[data-code]`)) talk.classList.toggle("is-unstarred", !stars[talk.dataset.code]);
    for (const slot of document.querySelectorAll(".schedule-slot")) slot.classList.toggle("has-no-star", !slot.querySelector(".talk[data-code]:not(.is-unstarred)"));
  }
}

async function ask() {
  const answer = await fetch(marks.dataset.mine, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

let sending = null;
async function send() {
  const now = Object.entries(unsent);
  if (!now.length) return;
  token ??= (await ask()).token;
  const list = (wanted) => now.filter(([, on]) => on === wanted).map(([code]) => code).join(" ");
  const body = new URLSearchParams({ csrf_token: token, add: list(true), remove: list(false) });
  const answer = await fetch(marks.dataset.set, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) { token = null; throw new Error(answer.status); }
  for (const [code, on] of now) if (unsent[code] === on) delete unsent[code];
  write("unsent", unsent);
  take((await answer.json()).stars);
}
const trySending = () => { sending = (sending ?? Promise.resolve()).then(send).catch(() => { /* again at the next press or visit */ }); };

// What the server says, with what it has not heard yet.
function take(codes) {
  stars = Object.fromEntries(codes.map((code) => [code, true]));
  for (const [code, on] of Object.entries(unsent)) if (on) stars[code] = true; else delete stars[code];
  write("stars", stars);
  show();
}

function press(code) {
  const on = !stars[code];
  if (on) stars[code] = true; else delete stars[code];
  unsent[code] = on;
  write("stars", stars);
  write("unsent", unsent);
  show();
  trySending();
}

function dress() {
  const button = document.getElementById("star-button");
  for (const talk of document.querySelectorAll(`${TALKS}[data-code]:not(.is-cancelled)`)) {
    const own = button.content.firstElementChild.cloneNode(true);
    own.dataset.star = talk.dataset.code;
    own.setAttribute("aria-label", `${marks.dataset.give}: ${talk.querySelector(".talk-title").textContent}`);
    talk.append(own);
  }
  for (const link of document.querySelectorAll("a[data-star]")) link.setAttribute("role", "button");
}

if (marks) {
  if (document.getElementById("star-button")) dress();
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-star]");
    if (!button) return;
    event.preventDefault();
    press(button.dataset.star);
  });
  document.querySelector("[data-only-stars]")?.addEventListener("change", show);
  show();
  // Only whoever has starred something, here or with their account, is asked about.
  if (Object.keys(unsent).length) trySending();
  else if (Object.keys(stars).length || "signedIn" in marks.dataset) {
    ask().then((said) => { token = said.token; take(said.stars); }).catch(() => { /* offline */ });
  }
}
for (const field of document.querySelectorAll("[data-select]")) field.addEventListener("focus", () => field.select());
