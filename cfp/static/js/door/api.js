// The server, asked with this phone's token. Away: no answer in time, or none that is one of ours.
export class Away extends Error {}
export class Revoked extends Error {}

const PATIENCE = 4000;

export class Api {
  constructor(base, token) {
    this.base = base;
    this.token = token;
    this.ahead = 0; // by how many milliseconds the server's clock is ahead of ours
    this.tag = null;
  }

  async ask(path, options = {}) {
    let answer;
    try {
      answer = await fetch(this.base + path, {
        ...options,
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(PATIENCE),
        headers: { Authorization: `Device ${this.token}`, ...options.headers },
      });
    } catch { throw new Away(); }
    if (answer.status === 401) throw new Revoked();
    if (answer.status === 304) return null;
    if (answer.status >= 500 || !answer.headers.get("Content-Type")?.includes("json")) throw new Away();
    let said;
    try { said = await answer.json(); } catch { throw new Away(); }
    if (said.now) this.ahead = Date.parse(said.now) - Date.now();
    if (path.startsWith("tickets")) this.tag = answer.headers.get("ETag");
    return { ...said, refused: answer.status >= 400 };
  }

  now() { return new Date(Date.now() + this.ahead).toISOString(); }
  me() { return this.ask("me"); }
  search(text, door) { return this.ask(`search?${new URLSearchParams({ q: text, door })}`); }
  tickets(door) {
    return this.ask(`tickets?${new URLSearchParams({ door })}`, this.tag ? { headers: { "If-None-Match": this.tag } } : {});
  }
  redeem(scan) {
    return this.ask("redeem", {
      method: "POST", body: JSON.stringify(scan), headers: { "Content-Type": "application/json" },
    });
  }
}
