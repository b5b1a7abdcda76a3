// A draft that saves itself: the form is sent in the background a moment after the last key, and what
// is typed is kept in this browser until the server has it. Without this script the buttons do it.
import { entries, fieldsOf, forget, keep, kept, place, putBack } from "./proposal-keeper.js";

const form = document.querySelector("[data-proposal-form]");
const tongue = document.documentElement.lang.replace(/^en$/, "en-GB");  // its clock has 24 hours, as all of ours
const PAUSE = 1500, AGAIN = 10_000;

if (form) {
  const state = form.querySelector("[data-save-state]");
  const words = form.dataset;
  let slot = place(form, words.code || `new.${form.elements.key.value}`);
  let typed = JSON.stringify(fieldsOf(form));
  let saved = typed, timer = 0, running = null, stopped = !("saves" in words), sending = false;

  const say = (sentence, link) => {
    state.textContent = sentence;
    if (!link) return;
    const anchor = Object.assign(document.createElement("a"), { href: link, target: "_blank", textContent: words.signIn });
    state.append(" ", anchor);
  };
  const clock = () => new Intl.DateTimeFormat(tongue, { timeStyle: "short" }).format(new Date());
  const note = (more = {}) => keep(slot, { at: Date.now(), version: form.elements.version.value, key: form.elements.key.value, fields: fieldsOf(form), ...more });

  async function save() {
    clearTimeout(timer);
    if (stopped || running || JSON.stringify(fieldsOf(form)) === saved) return;
    const now = JSON.stringify(fieldsOf(form));
    // Should this answer get lost on the way, the next save says that this one was ours.
    form.elements.unheard.value = [crypto.randomUUID?.() ?? String(Math.random()).slice(2), ...form.elements.unheard.value.split(" ")].slice(0, 9).join(" ").trim();
    running = send(new FormData(form)).then((answer) => take(answer, now), () => later(words.offline)).finally(() => { running = null; });
    await running;
    if (JSON.stringify(fieldsOf(form)) !== now && !stopped) timer = setTimeout(save, PAUSE);
  }

  function send(data) {
    for (const [name, value] of [...data]) if (typeof value !== "string" || name.startsWith("drop_")) data.delete(name);
    return fetch(form.action, { method: "POST", body: data, headers: { "X-Autosave": "1", Accept: "application/json" } });
  }

  async function take(answer, now, isSecond = false) {
    if (answer.status === 400 && !isSecond && await renewToken()) return take(await send(new FormData(form)), now, true);
    if ([400, 401].includes(answer.status)) return later(words.signedOut, words.signInUrl);
    if (!(answer.headers.get("Content-Type") ?? "").includes("json")) return later(words.notSaved);
    const said = await answer.json();
    if (answer.ok) return arrived(said, now);
    if (answer.status === 409) stopped = true;  // the button compares the two, and lets choose
    return say(`${said.sentence} ${words.keptHere}`);
  }

  function arrived(said, now) {
    const was = slot;
    form.elements.version.value = said.version;
    form.elements.unheard.value = "";
    if ("kept" in said) form.elements.kept.value = said.kept;
    if (said.url) {
      form.action = said.url;
      slot = place(form, said.code);
      history.replaceState(null, "", said.url);
    }
    saved = now;
    if (was !== slot) forget(was);
    if (JSON.stringify(fieldsOf(form)) === now) forget(slot);
    say(said.sentence ?? words.saved.replace("{time}", clock()));
  }

  function later(sentence, link) {
    say(sentence, link);
    timer = setTimeout(save, AGAIN);
  }

  // Signed in again in another tab: this form needs the token of the new session.
  async function renewToken() {
    const page = await fetch(location.href, { headers: { Accept: "text/html" } });
    const token = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-proposal-form] [name=csrf_token]");
    if (token) form.elements.csrf_token.value = token.value;
    return Boolean(token);
  }

  form.addEventListener("input", () => {
    typed = JSON.stringify(fieldsOf(form));
    note();
    if (!("saves" in words) && state.textContent !== words.keptHere) say(words.keptHere);
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("change", () => form.dispatchEvent(new Event("input")));
  addEventListener("online", save);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "preview") return;
    if (running && !sending) {  // its answer brings the version that this one has to name
      event.preventDefault();
      sending = true;
      running.finally(() => form.requestSubmit(event.submitter));
      return;
    }
    stopped = true;
    clearTimeout(timer);
    if (typed !== saved || kept(slot)) note({ sent: true });
  });
  document.querySelector("[data-unsent] form")?.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
    forget(slot);
  });
  addEventListener("pageshow", () => { stopped = !("saves" in words); sending = false; });

  offer(form, slot, words);
}

// What was typed earlier and did not arrive: a choice, never a surprise.
function offer(form, slot, words) {
  const box = form.querySelector("[data-kept]");
  const now = JSON.stringify(fieldsOf(form));
  const found = entries(words.code ? slot : place(form, "new.")).filter((entry) => JSON.stringify(entry.fields) !== now);
  for (const entry of entries(slot)) if (JSON.stringify(entry.fields) === now) forget(entry.name);
  if (!found.length) return;
  const [entry] = found;
  const at = new Intl.DateTimeFormat(tongue, { dateStyle: "medium", timeStyle: "short" }).format(entry.at);
  box.querySelector("[data-kept-words]").textContent = words.keptWords.replace("{time}", at);
  const title = entry.fields.find(([name]) => name === "title")?.[1];
  box.querySelector("[data-kept-title]").textContent = title ? `“${title}”` : "";
  box.hidden = false;
  box.querySelector("[data-kept-back]").addEventListener("click", () => {
    putBack(form, entry.fields);
    if (words.code) form.elements.version.value = entry.version;  // saved elsewhere since: then it is compared
    else form.elements.key.value = entry.key;
    if (entry.name !== slot) forget(entry.name);
    box.hidden = true;
    form.elements.title.focus();
  });
  box.querySelector("[data-kept-away]").addEventListener("click", () => {
    forget(entry.name);
    box.hidden = true;
  });
}
