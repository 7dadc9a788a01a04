// What this phone keeps, in IndexedDB and nowhere else: one row per observation, and who writes on it.
// Every function rejects where the browser keeps nothing (private window, full disk).
//
// A row: { id, user, state, fields, saved_at, correcting?, body?, digest?, due?, tries?, problem?, captured_at? }
//   state   "draft", "queued", "sending", "attention" (its author must look), "gone" (deleted on purpose, no words left)
//   fields  the form's [name, value] pairs, to show or to edit
//   body    the bytes to send, a Uint8Array written once when the observation is saved; digest is their SHA-256
//   due     milliseconds: when to send a queued row, when the lease of one being sent ends; absent otherwise

const DATABASE = "accords";
const ROWS = "observations";
const MEMORY = "memory";
const ALWAYS = [];  // an array sorts after every number

let opening = null;

/** Writes a row, in place of the one called `instead` if there is one; resolves once it is on the disk. */
export function put(row, instead = row.id) {
  const write = (rows) => {
    if (instead !== row.id) rows.delete(instead);
    rows.put(row);
  };
  // "strict": not in a cache that a flat battery empties. The other changes may be lost with it: they would be made again.
  return run("readwrite", ROWS, write, "strict").then(() => row);
}

export const get = (id) => run("readonly", ROWS, (rows) => rows.get(id)).then((row) => row ?? null);

export const remove = (id) => run("readwrite", ROWS, (rows) => rows.delete(id));

/** Reads, changes and writes one row in one transaction. `edit` returns the new row, null to remove it, undefined to leave it. */
export function change(id, edit) {
  return run("readwrite", ROWS, (rows, give) => {
    rows.get(id).onsuccess = ({ target }) => {
      const row = target.result && edit(target.result);
      if (row === null) rows.delete(id);
      else if (row) rows.put(row);
      give(row ?? null);
    };
  });
}

/** Takes the row that was due first, leased until `until`; null when none is due. */
export function claim(user, now, until) {
  const due = IDBKeyRange.bound([user, -Infinity], [user, now]);
  return run("readwrite", ROWS, (rows, give) => {
    give(null);
    rows.index("due").openCursor(due).onsuccess = ({ target }) => {
      if (!target.result) return;
      const row = { ...target.result.value, state: "sending", due: until };
      target.result.update(row);
      give(row);
    };
  });
}

/** Makes rows due now: those `when` says yes to. */
export function hasten(user, now, when = () => true) {
  const waiting = IDBKeyRange.bound([user, now], [user, Infinity], true);
  return run("readwrite", ROWS, (rows) => {
    rows.index("due").openCursor(waiting).onsuccess = ({ target }) => {
      if (!target.result) return;
      const row = target.result.value;
      if (when(row)) target.result.update({ ...row, state: "queued", due: now });
      target.result.continue();
    };
  });
}

/** When the next row of `user` is due, in milliseconds; null when none waits. */
export function nextDue(user) {
  const waiting = IDBKeyRange.bound([user, -Infinity], [user, ALWAYS]);
  return run("readonly", ROWS, (rows, give) => {
    give(null);
    rows.index("due").openKeyCursor(waiting).onsuccess = ({ target }) => target.result && give(target.result.key[1]);
  });
}

/** How many rows of `user` are in each state, and when the oldest that waits was saved. */
export function tally(user) {
  return run("readonly", ROWS, (rows, give) => {
    const found = { queued: 0, sending: 0, attention: 0, draft: 0, gone: 0, oldest: null };
    give(found);
    for (const state of ["queued", "sending", "attention", "draft", "gone"]) {
      const range = IDBKeyRange.bound([user, state], [user, state, ALWAYS]);
      rows.index("state").count(range).onsuccess = ({ target }) => (found[state] = target.result);
      if (state !== "queued" && state !== "sending") continue;
      rows.index("state").openKeyCursor(range).onsuccess = ({ target }) => {
        if (target.result) found.oldest = Math.min(found.oldest ?? Infinity, target.result.key[2]);
      };
    }
  });
}

/** At most `limit` rows of `user` in a state, the newest first. */
export function list(user, state, limit = Infinity) {
  const range = IDBKeyRange.bound([user, state], [user, state, ALWAYS]);
  return run("readonly", ROWS, (rows, give) => {
    const found = [];
    give(found);
    rows.index("state").openCursor(range, "prev").onsuccess = ({ target }) => {
      if (!target.result || found.length >= limit) return;
      found.push(target.result.value);
      target.result.continue();
    };
  });
}

/** Destroys every row of `user`. */
export function destroy(user) {
  const range = IDBKeyRange.bound([user], [user, ALWAYS]);
  return run("readwrite", ROWS, (rows) => {
    rows.index("state").openCursor(range).onsuccess = ({ target }) => {
      if (!target.result) return;
      target.result.delete();
      target.result.continue();
    };
  });
}

/** What this phone remembers beside observations: who writes on it, whether it is shared, whether it is locked. */
export const recall = (key) => run("readonly", MEMORY, (memory) => memory.get(key)).then((value) => value ?? null);

export const remember = (key, value) => run("readwrite", MEMORY, (memory) => memory.put(value, key));

export const forget = (key) => run("readwrite", MEMORY, (memory) => memory.delete(key));

/** One transaction: `action(store, give)` asks, `give(value)` says what it resolves to, else the result of the request it returns. */
async function run(mode, name, action, durability = "default") {
  const database = await (opening ??= open());
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability });
    let given;
    const asked = action(transaction.objectStore(name), (value) => (given = value));
    transaction.oncomplete = () => resolve(given === undefined ? asked?.result : given);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
}

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => {
      const rows = asked.result.createObjectStore(ROWS, { keyPath: "id" });
      // A row without `due` is not in this index: only what waits is.
      rows.createIndex("due", ["user", "due"]);
      rows.createIndex("state", ["user", "state", "saved_at"]);
      asked.result.createObjectStore(MEMORY);
    };
    asked.onsuccess = () => {
      const close = () => (opening = null);
      asked.result.onclose = close;
      asked.result.onversionchange = () => {
        asked.result.close();
        close();
      };
      resolve(asked.result);
    };
    asked.onerror = asked.onblocked = () => reject(asked.error ?? new DOMException("blocked", "AbortError"));
  }).catch((error) => {
    opening = null;
    throw error;
  });
}
