// The service worker of the door. The server writes SHELL, FILES and VERSION above this: the page,
// all it needs, and a digest that changes with any of it. Answers about tickets are never kept.
const KEPT = `door-${VERSION}`;
const PATIENCE = 3000;

addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(KEPT)
      .then((cache) => cache.addAll([SHELL, ...FILES].map((url) => new Request(url, { cache: "reload" }))))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((n) => n.startsWith("door-") && n !== KEPT).map((n) => caches.delete(n))))
      .then(() => clients.claim()),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === SHELL) event.respondWith(page(request));
  else if (FILES.includes(url.pathname)) event.respondWith(file(request, url.pathname));
});

// The newest page when the net is quick, else the one kept here.
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return answer;
  } catch { /* no net */ }
  return (await caches.match(SHELL)) ?? Response.error();
}

async function file(request, path) {
  const kept = await (await caches.open(KEPT)).match(path);
  return kept ?? fetch(request);
}
