// Keeps the shell of the form for a phone without network: documents and files that are the same for everybody.
// No observation, name or token enters this cache; what the page writes waits in the page's own store.

const KEPT = {{ config|safe }};
const OUTLINES_WAIT = 3000; // milliseconds

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
// A new worker waits until a page says that no form is being written (updates.js).
self.addEventListener("message", ({ data }) => data === "take-over" && self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(open(request, pathname, searchParams.has("ici")));
  else if (pathname === KEPT.neighbourhoods) event.respondWith(outlines(request));
  else if (pathname.startsWith(KEPT.static)) event.respondWith(kept(request, request));
});

/** All or nothing. Hashed files never change: the browser's own copies will do. */
async function fill() {
  const documents = [KEPT.shell, KEPT.offline, KEPT.outlines, KEPT.kept_cards, KEPT.kept_course];
  const anonymous = documents.map((url) => new Request(url, { cache: "reload", credentials: "omit" }));
  const cache = await caches.open(KEPT.cache);
  await cache.addAll([...anonymous, ...KEPT.files]);
}

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name.startsWith("accords-") && name !== KEPT.cache);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(what, request) {
  return (await caches.match(what, { cacheName: KEPT.cache })) ?? fetch(request);
}

/**
 * The form and what waits are here already, and no network is waited for: but for « une autre ici », whose place the
 * server knows.
 */
function open(request, pathname, here) {
  const form = pathname === KEPT.form;
  if (form && !here) return kept(KEPT.shell, request);
  if (pathname === KEPT.offline) return kept(KEPT.offline, request);
  const instead = { [KEPT.form]: KEPT.shell, [KEPT.cards]: KEPT.kept_cards, [KEPT.course]: KEPT.kept_course };
  return fetch(request).catch(() => kept(instead[pathname] ?? KEPT.offline, request));
}

/** Those of the account when the network brings them in time, else the territory's. */
function outlines(request) {
  const late = new Promise((_, reject) => setTimeout(reject, OUTLINES_WAIT));
  return Promise.race([fetch(request).then(json), late]).catch(() => kept(KEPT.outlines, request));
}

/** A captive portal answers anything with its own page. */
function json(response) {
  if (response.ok && response.headers.get("Content-Type")?.includes("json")) return response;
  throw new TypeError("not JSON");
}
