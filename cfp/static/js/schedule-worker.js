// Keeps a copy of the schedule for where there is no network. It always asks the network first, and
// keeps only what any stranger sees: its own requests carry no cookies.
const KEPT = "schedule-1";
const SLOW = 4000; // milliseconds; a hall with 500 phones in it
const scope = new URL(self.registration.scope);
const language = new URL(self.location).searchParams.get("lang") ?? "en";
const page = (path) => `${scope.href}${path}`;
const COPIES = ["schedule/", "schedule/booklet/", "speakers/"];

async function keep(address, path = address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok || answer.redirected) return null;
  const files = await caches.open(KEPT);
  await files.put(path, answer.clone());
  return answer;
}

const keepAll = () => Promise.allSettled(COPIES.map((path) => keep(`${page(path)}?lang=${language}`, page(path))));

addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAll());
});

addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("schedule-") && name !== KEPT) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(old());
});

addEventListener("message", (event) => {
  const files = (event.data?.keep ?? []).filter((name) => new URL(name).origin === scope.origin);
  event.waitUntil(Promise.allSettled([...files.slice(0, 80).map((name) => keep(name)), keepAll()]));
});

// A session's own page is not kept; its text stands on the page of all sessions.
async function copyOf(url) {
  const files = await caches.open(KEPT);
  const path = url.pathname.slice(scope.pathname.length);
  const talk = /^talk\/([^/]+)\/$/.exec(path)?.[1];
  if (talk && await files.match(page("schedule/booklet/"))) {
    return Response.redirect(`${page("schedule/booklet/")}#${talk}`, 302);
  }
  return files.match(url.origin + url.pathname, { ignoreVary: true });
}

async function answer(request, url) {
  const slow = new Promise((_, fail) => { setTimeout(fail, SLOW); });
  try {
    return await Promise.race([fetch(request), slow]);
  } catch {
    return await copyOf(url) ?? fetch(request);
  }
}

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === scope.origin;
  const isPage = event.request.mode === "navigate" && /^(schedule\/|speakers\/$|talk\/|$)/.test(url.pathname.slice(scope.pathname.length));
  if (event.request.method !== "GET" || !ours) return;
  if ((isPage && url.pathname.startsWith(scope.pathname)) || url.pathname.includes("/static/")) {
    event.respondWith(answer(event.request, url));
  }
});
