// The panel of the session that is open: fetched beside the grid, and fetched anew after each move.
export class Panel {
  constructor(root, desk) {
    Object.assign(this, { root, desk });
    this.box = root.querySelector("[data-panel]");
    this.asked = 0;
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.box.contains(event.target)) this.close();
    });
    let edit = desk.state.edit;
    desk.onState((state) => {
      if (state.edit !== edit && this.code) this.open(this.code, false);
      edit = state.edit;
    });
  }

  get code() { return this.box.querySelector("[data-open]")?.dataset.open ?? null; }

  click(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (event.target.closest("[data-close-talk]")) { event.preventDefault(); this.close(); return; }
    const link = event.target.closest("[data-code] a, [data-findings] [data-talks] a");
    if (!link) return;
    event.preventDefault();
    this.open(link.closest("[data-code]")?.dataset.code ?? link.closest("[data-talks]").dataset.talks.split(" ")[0]);
  }

  async open(code, focus = true) {
    const turn = ++this.asked;
    const answer = await fetch(`${this.desk.here}${code}/`).catch(() => null);
    if (turn !== this.asked) return;
    if (!answer?.ok) { this.close(); return; }
    const had = this.box.contains(document.activeElement);
    this.box.innerHTML = await answer.text();
    this.light(code);
    this.desk.remember("talk", code);
    if (focus || had) this.box.querySelector("h2").focus({ preventScroll: !focus });
  }

  close() {
    const { code } = this;
    this.asked += 1;
    this.box.replaceChildren();
    this.light(null);
    this.desk.remember("talk", null);
    if (code) this.root.querySelector(`.board [data-code="${code}"] a, [data-side] [data-code="${code}"] a`)?.focus();
  }

  light(code) {
    for (const card of this.root.querySelectorAll("[data-code]")) card.classList.toggle("is-open", card.dataset.code === code);
  }
}
