// The rules of sending, and nothing else: what is kept, sent, tried again, or handed back to its author.
// Store, door, clock, chance, digest and lock are passed in. Times are milliseconds.
//
//   draft → queued → sending (leased) → acknowledged → removed          or → attention
//
// Nothing is removed before the server echoes the same identifier and the same digest.

export const LEASE = 90_000;
export const LONGEST_WAIT = 5 * 60_000;
const FIRST_WAIT = 2_000;
// After so many refusals in a row that nobody explains, the server is the matter, not the observation.
const ENOUGH = 3;

/** What an answer of the server means for one row: "stored", "gone", "look", "sign-in", "token", "wait", "retry". */
export function meaning(row, { status, json }) {
  if (status === 201 || status === 200) {
    // A captive portal answers 200 too.
    return json?.id === row.id && json?.digest === row.digest ? "stored" : "retry";
  }
  // The door answers in JSON; a page in its place is Django refusing a token, or somebody else's network.
  const ours = typeof json?.errors === "object";
  if (status === 410 && ours) return "gone";
  if ((status === 409 || status === 422) && ours) return "look";
  if (status === 401 || (status === 403 && ours)) return "sign-in";
  if (status === 403) return "token";
  if (status === 0 || status === 429 || status === 503) return "wait";
  return "retry";
}

export class Queue {
  #failures = 0;
  #pausedUntil = 0;

  /**
   * `store`   as store.js
   * `door`    { session(): {status, token, user}, put(row, token), patch(row, token): {status, json, retryAfter} }; status 0 is no answer
   * `digest`  bytes to SHA-256 in base 64
   * `alone`   runs a function if no other page of this browser is sending, else resolves to null
   * `locks`   whether `alone` is certain (Web Locks): then a lease still standing is a dead page's
   * `changed` called after each row that moved
   */
  constructor({ store, door, digest, alone, locks = false, clock = Date.now, random = Math.random, changed = () => {} }) {
    Object.assign(this, { store, door, digest, alone, locks, clock, random, changed });
  }

  /** Keeps an observation to be sent: its bytes are written here, once, for every try. Rejects when the phone refuses. */
  async save(observation) {
    return this.store.put(await this.row(observation));
  }

  /** The row of `{ id, user, fields, payload, … }`, its payload turned into bytes. */
  async row({ payload, ...kept }) {
    const now = this.clock();
    const body = new TextEncoder().encode(JSON.stringify(payload));
    return { ...kept, body, digest: await this.digest(body), state: "queued", saved_at: now, due: now, tries: 0 };
  }

  /** For a phone that keeps nothing: one try, from memory. Resolves to whether the server stored it, and its refusal. */
  async sendUnkept(row) {
    const session = await this.door.session();
    const closed = this.#closed(session, row.user);
    if (closed) return { means: closed };
    const answer = await this.door.put(row, session.token);
    return { means: meaning(row, answer), errors: answer.json?.errors };
  }

  /** Sends what is due, one row after the other. Resolves to what stopped it: null (nothing left), "sign-in", "wait" or "busy". */
  async send(user, { now = false } = {}) {
    if (now) {
      this.#pausedUntil = this.#failures = 0;
      await this.store.hasten(user, this.clock(), (row) => row.state === "queued");
    }
    if (this.#pauseLeft() > 0) return "wait";
    return (await this.alone(() => this.#round(user))) ?? "busy";
  }

  /** When to call `send` again, in milliseconds from now; null when nothing waits. */
  async delay(user) {
    const due = await this.store.nextDue(user);
    return due === null ? null : Math.max(due - this.clock(), this.#pauseLeft());
  }

  /** Takes a waiting row back into its form, as a draft; null when it is leaving at this moment, or has left. */
  async take(id) {
    const now = this.clock();
    return this.store.change(id, (row) => {
      if (row.state === "sending" && row.due > now) return undefined;
      const { body: _, digest: __, due: ___, ...kept } = row;
      return { ...kept, state: "draft" };
    });
  }

  async #round(user) {
    const start = this.clock();
    // A lease of a dead page, or a clock that jumped: whatever waits longer than any rule says waits no more.
    const dead = (row) => row.due > start + LONGEST_WAIT || (this.locks && row.state === "sending");
    await this.store.hasten(user, start, dead);
    const due = await this.store.nextDue(user);
    if (due === null || due > start) return "done";
    const session = await this.door.session();
    const closed = this.#closed(session, user);
    if (closed) return closed;
    return this.#drain(user, session.token);
  }

  #closed(session, user) {
    if (session.status === 401 || session.status === 403) return "sign-in";
    if (session.status !== 200) return this.#pause(session.retryAfter);
    // Somebody else signed in on this phone: what waits is not theirs to send.
    return session.user.key === user ? null : "sign-in";
  }

  async #drain(user, token) {
    let refused = 0;
    let renewed = false;
    for (;;) {
      const row = await this.store.claim(user, this.clock(), this.clock() + LEASE);
      if (!row) return "done";
      const answer = await this.door.put(row, token);
      const means = meaning(row, answer);
      await this.#settle(row, means, answer);
      this.changed();
      if (means === "sign-in" || (means === "token" && renewed)) return "sign-in";
      if (means === "wait") return this.#pause(answer.retryAfter);
      if (means === "token") {
        renewed = true;
        const session = await this.door.session();
        const closed = this.#closed(session, user);
        if (closed) return closed;
        token = session.token;
      }
      refused = means === "retry" ? refused + 1 : 0;
      if (refused >= ENOUGH) return this.#pause();
      if (means === "stored") this.#failures = 0;
    }
  }

  /** What becomes of the row; untouched if its words changed since they left. */
  #settle(row, means, { status, json }) {
    const edit = {
      stored: () => null,
      gone: ({ id, user, saved_at }) => ({ id, user, saved_at, state: "gone", fields: [] }),
      look: ({ due: _, ...kept }) => ({ ...kept, state: "attention", problem: { status, errors: json?.errors } }),
      retry: (kept) => ({ ...kept, state: "queued", tries: kept.tries + 1, due: this.clock() + this.#wait(kept.tries) }),
    }[means] ?? ((kept) => ({ ...kept, state: "queued", due: row.saved_at }));
    return this.store.change(row.id, (kept) => (kept.digest === row.digest && kept.state === "sending" ? edit(kept) : undefined));
  }

  /** Milliseconds; a clock that went back years does not make it longer. */
  #pauseLeft() {
    const left = this.#pausedUntil - this.clock();
    return left > LONGEST_WAIT ? 0 : Math.max(left, 0);
  }

  /** The whole queue waits: longer each time, never over five minutes, never all phones at once. */
  #pause(seconds = 0) {
    const wait = Math.max(this.#wait(this.#failures), Math.min(seconds * 1000, LONGEST_WAIT));
    this.#failures += 1;
    this.#pausedUntil = this.clock() + wait;
    return "wait";
  }

  #wait(tries) {
    return Math.min(FIRST_WAIT * 2 ** Math.min(tries, 20), LONGEST_WAIT) * (0.5 + this.random() / 2);
  }

  /** After a 409: the same words sent as a correction of what already stands. Resolves to what the answer means. */
  async correct(id) {
    const row = await this.store.get(id);
    const session = await this.door.session();
    const closed = this.#closed(session, row.user);
    if (closed) return closed;
    const answer = await this.door.patch(row, session.token);
    const means = meaning(row, answer);
    if (means === "stored") await this.store.remove(id);
    this.changed();
    return means;
  }

  /** After a 409: the same words as a new observation, under a new identifier. */
  async renew(id, fresh) {
    const row = await this.store.get(id);
    const { problem: _, ...kept } = row;
    await this.store.put({ ...kept, id: fresh, state: "queued", due: this.clock(), tries: 0 }, id);
    this.changed();
  }
}
