// What somebody types into a proposal and has not saved yet, in this browser alone: one entry for
// each proposal and person. It is offered again when it did not reach the server.
const PREFIX = "callboard.proposal";
const DAYS = 14;
const OURS = ["csrf_token", "version", "key", "unheard", "kept"];

export const place = (form, name) => [PREFIX, form.dataset.person, form.dataset.edition, name].join(":");

export const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) =>
  typeof value === "string" && !OURS.includes(name) && !name.startsWith("drop_"));

export function keep(key, entry) {
  try { localStorage.setItem(key, JSON.stringify(entry)); } catch { /* full, or private mode */ }
}

export function forget(key) {
  try { localStorage.removeItem(key); } catch { /* nothing is kept */ }
}

export function kept(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

// The entries whose names begin like this, the newest first; those of long ago are dropped.
export function entries(start) {
  let names = [];
  try { names = Object.keys(localStorage).filter((name) => name.startsWith(start)); } catch { /* none */ }
  const found = names.map((name) => ({ name, ...kept(name) })).filter((entry) => entry.fields);
  const stale = Date.now() - DAYS * 86_400_000;
  for (const entry of found) if (entry.at < stale) forget(entry.name);
  return found.filter((entry) => entry.at >= stale).sort((a, b) => b.at - a.at);
}

export function putBack(form, fields) {
  const values = Map.groupBy ? Map.groupBy(fields, ([name]) => name) : grouped(fields);
  for (const element of form.elements) {
    if (!element.name || OURS.includes(element.name) || element.name.startsWith("drop_")) continue;
    const typed = (values.get(element.name) ?? []).map(([, value]) => value);
    if (["checkbox", "radio"].includes(element.type)) element.checked = typed.includes(element.value);
    else if (element.type === "select-multiple") for (const option of element.options) option.selected = typed.includes(option.value);
    else if (["file", "submit", "button", "fieldset", "hidden"].includes(element.type)) continue;
    else if (typed.length) element.value = typed[0];
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function grouped(fields) {
  const found = new Map();
  for (const pair of fields) found.set(pair[0], [...(found.get(pair[0]) ?? []), pair]);
  return found;
}

// The page of a proposal was reached: what was sent with it has arrived.
const shown = document.querySelector("[data-proposal-shown]");
if (shown) {
  const { person, edition, proposalShown: code, version, key } = shown.dataset;
  for (const name of [code, `new.${key}`]) {
    const slot = [PREFIX, person, edition, name].join(":");
    const entry = kept(slot);
    if (entry?.sent && Number(version) > Number(entry.version)) forget(slot);
  }
}
