// What is known of the draft, and the talk with the server about it. Moves wait for each other:
// each is sent with the edit that the one before has made.
const ASK_EVERY = 4000; // milliseconds

export class Desk {
  constructor(root) {
    this.root = root;
    this.here = root.dataset.here;
    this.step = Math.max(1, Number(root.dataset.raster) / 5); // rows of the grid a carry moves by
    this.read = (name) => JSON.parse(root.querySelector(`data[data-${name}]`).value);
    this.words = this.read("words");
    this.talks = this.read("talks");
    this.state = this.read("state");
    this.token = root.querySelector("[data-token] [name=csrf_token]").value;
    this.speech = root.querySelector("[data-speech]");
    this.news = root.querySelector("[data-news]");
    this.listeners = [];
    this.queue = Promise.resolve();
    this.open = 0;
    root.addEventListener("submit", (event) => this.submit(event));
    root.addEventListener("click", (event) => {
      const verb = event.target.closest("[data-back] button")?.parentElement.dataset.back;
      if (verb) this[verb]();
    });
  }

  begin() {
    this.tell();
    setInterval(() => this.ask(), ASK_EVERY);
    addEventListener("visibilitychange", () => this.ask());
  }

  onState(listener) { this.listeners.push(listener); }

  tell() { for (const listener of this.listeners) listener(this.state); }

  say(sentence) {
    this.speech.textContent = "";
    requestAnimationFrame(() => { this.speech.textContent = sentence; });
  }

  word(name, values = {}) {
    return Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), this.words[name]);
  }

  // What is open stands in the address: a page that comes anew, or is sent to somebody, shows it.
  remember(name, value) {
    const here = new URL(location.href);
    if (value) here.searchParams.set(name, value); else here.searchParams.delete(name);
    here.hash = "";
    history.replaceState(null, "", here);
  }

  title(code) { return this.talks[code]?.title ?? code; }

  // Forms of the editor are sent without leaving the page.
  submit(event) {
    const form = event.target.closest("form[data-live]");
    if (!form) return;
    event.preventDefault();
    const data = [...new FormData(form)].filter(([name]) => !["csrf_token", "edit"].includes(name));
    this.send(form.action, data, true).then((kept) => { if (kept && form.dataset.live === "undo") this.focusOn(form); });
  }

  focusOn(form) { if (document.activeElement === document.body) form.querySelector("button:enabled")?.focus(); }

  // Ask for a change; `fields` are pairs. Says whether it was made. `brings`: a day comes into sight
  // on which something moved by it; whoever carries a session sees where it goes.
  send(url, fields, brings = false) {
    this.open += 1;
    const turn = this.queue.then(() => { this.brings = brings; return this.post(url, fields); });
    this.queue = turn.catch(() => {});
    return turn.finally(() => { this.open -= 1; });
  }

  async post(url, fields) {
    const body = new URLSearchParams([...fields, ["csrf_token", this.token], ["edit", this.state.edit]]);
    let answer;
    try {
      answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    } catch {
      this.complain(this.words.offline);
      this.tell();
      return false;
    }
    return this.take(answer);
  }

  async take(answer) {
    if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
      this.complain(this.words.broke);
      await this.ask(true);
      this.tell();
      return false;
    }
    this.show(await answer.json());
    return answer.ok;
  }

  // Whatever others did meanwhile; nothing while a move of one's own is on its way.
  async ask(anew = false) {
    if (document.hidden || (this.open && !anew)) return;
    const before = this.state.edit;
    const answer = await fetch(`${this.here}state?edit=${anew ? -1 : before}`).catch(() => null);
    if (answer?.status === 200 && !this.open && before === this.state.edit) this.show(await answer.json());
  }

  show(state) {
    const known = [...Object.keys(state.cards), ...state.side].every((code) => this.talks[code]);
    this.state = state;
    if (!known || this.hasOtherFrames(state)) { location.reload(); return; }
    this.tell();
    this.brings = false;
    if (state.news.length) this.news.textContent = `${this.words.others} ${state.news.join(" ")}`;
    if (state.refused) this.complain(state.said);
    else if (state.said || state.news.length) this.say([state.said, ...state.news].filter(Boolean).join(" "));
  }

  hasOtherFrames(state) {
    return Object.entries(state.frames).some(([day, [first, rows]]) => {
      const { dataset } = this.root.querySelector(`[data-day="${day}"]`);
      return dataset.first !== first || Number(dataset.rows) < rows;
    });
  }

  complain(sentence) {
    this.news.textContent = sentence;
    this.news.classList.add("is-bad");
    setTimeout(() => this.news.classList.remove("is-bad"), 8000);
    this.say(sentence);
  }

  place(code, { room, start }) { return this.send(`${this.here}${code}/place`, [["room", room], ["start", start]]); }

  arrange(moves) { return this.send(`${this.here}arrange`, moves); }

  pin(codes, held) {
    return this.send(`${this.here}pins`, [...codes.map((code) => ["talk", code]), ...(held ? [["pinned", "1"]] : [])]);
  }

  swap(one, other) { return this.send(`${this.here}swap`, [["one", one], ["other", other]]); }

  undo() { return this.send(`${this.here}undo`, [], true); }

  redo() { return this.send(`${this.here}redo`, [], true); }

  async judge(code, { room, start }) {
    const answer = await fetch(`${this.here}${code}/try?${new URLSearchParams({ room, start })}`).catch(() => null);
    return answer?.ok ? answer.json() : null;
  }
}
