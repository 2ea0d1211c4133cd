// The service worker of the release site: it keeps the app and all banks on the device, so that a paper can be begun and handed in without a network.
//
// scripts/seal.mjs puts two constants in front of this text: VERSION, which names the site as it was built, and FILES, the SHA-256 of each of its files by
// its path. './' is index.html.
//
// One cache holds, under addresses that no site has:
//   .offline/content/SHA256   a file's content, once, however many versions of the site have it
//   .offline/list/VERSION     the FILES of a version that is kept whole
//   .offline/now              the version that is served
//   .offline/before           the one that was served before it: pages that are open may still be of that
//   .offline/hold             since when a sitting is known to be open, in milliseconds since 1970
//
// So which version is served is one value, and does not depend on which worker runs. A new version is fetched beside the one that is served, and is served
// when the page says so ("take"), or when it is opened anew with no sitting open.

const SCOPE = new URL(self.registration.scope);
/** Other folders of the same host may have a site of ours too. */
const CACHE = `tierwise ${SCOPE.pathname}`;
/** A sitting that the page has not spoken of for so long, in milliseconds, holds nothing up. */
const HOLD = 14 * 24 * 3600 * 1000;

const at = (path) => new URL(path, SCOPE).href;
const kept = (path) => at(`.offline/${path}`);
// Reading makes no cache where there is none: everything may have been erased (src/pages/data.rs) while a page was open.
const look = (path) => caches.match(kept(path), { cacheName: CACHE });
const read = async (path) => (await look(path))?.text();
const write = async (path, text) => (await caches.open(CACHE)).put(kept(path), new Response(text));
const listOf = async (version) => JSON.parse((await read(`list/${version}`)) ?? '{}');

async function sha256(bytes) {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Fetches what is not here yet, one file after the other, so that it is in nobody's way. It fails when a file is not the one that was built. */
async function install() {
  const cache = await caches.open(CACHE);
  const missing = async () => {
    const here = new Set((await cache.keys()).map(({ url }) => url));
    return Object.entries(FILES).filter(([, digest]) => !here.has(kept(`content/${digest}`)));
  };
  // Again while another version clears up behind itself.
  for (let rest = await missing(); rest.length > 0; rest = await missing()) {
    for (const [path, digest] of rest) {
      const response = await fetch(at(path), { cache: 'no-cache', credentials: 'same-origin', priority: 'low' });
      const bytes = await response.arrayBuffer();
      if (!response.ok || (await sha256(bytes)) !== digest) throw new Error(`${path} is not the file that this site was built with`);
      const headers = { 'content-type': response.headers.get('content-type') ?? 'application/octet-stream' };
      await cache.put(kept(`content/${digest}`), new Response(bytes, { headers }));
    }
  }
  await cache.put(kept(`list/${VERSION}`), new Response(JSON.stringify(FILES)));
}

/** Serves this version from now on, and forgets those before the last. */
async function take() {
  if (!(await caches.has(CACHE))) return;
  const before = await read('now');
  if (before && before !== VERSION) await write('before', before);
  await write('now', VERSION);
  const versions = [VERSION, await read('before')];
  const wanted = new Set(['now', 'before', 'hold', ...versions.map((version) => `list/${version}`)].map(kept));
  for (const list of await Promise.all(versions.map(listOf))) {
    for (const digest of Object.values(list)) wanted.add(kept(`content/${digest}`));
  }
  const cache = await caches.open(CACHE);
  await Promise.all((await cache.keys()).filter(({ url }) => !wanted.has(url)).map((request) => cache.delete(request)));
}

/** Whether another version must go on being served, for the sake of a sitting that began with it. */
async function isHeld() {
  const list = await listOf(await read('now'));
  return './' in list && Date.now() - Number((await read('hold')) ?? 0) < HOLD;
}

/** The content of `path`, in the version that is served or the one before; undefined when it is not here. */
async function find(path) {
  for (const name of ['now', 'before']) {
    const digest = (await listOf(await read(name)))[path];
    const found = digest && (await look(`content/${digest}`));
    if (found) return found;
  }
  return undefined;
}

async function answer(request, path) {
  // The page asks past all copies when one was not what it should be; and for the newest there is, when a tutor tries a bank.
  const wantsNewest = request.mode !== 'navigate' && ['reload', 'no-cache', 'no-store'].includes(request.cache);
  const found = await find(path);
  if (found && !wantsNewest) return found;
  try {
    return await fetch(request);
  } catch (error) {
    const instead = found ?? (request.mode === 'navigate' ? await find('./') : undefined);
    if (instead) return instead;
    throw error;
  }
}

self.addEventListener('install', (event) => event.waitUntil(install()));

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      if (!(await isHeld())) await take();
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return;
  const path = decodeURIComponent(url.pathname.slice(SCOPE.pathname.length));
  event.respondWith(answer(request, path === '' || path === 'index.html' ? './' : path));
});

// What the page says, and is told: see page.js.
self.addEventListener('message', (event) => {
  const say = (text) => event.source.postMessage(text);
  const hold = async (since) => (await caches.has(CACHE)) && write('hold', since);
  const acts = {
    hold: () => hold(String(Date.now())),
    free: () => hold('0'),
    'which?': async () => say((await read('now')) === VERSION ? 'current' : 'ready'),
    take: async () => {
      await take();
      await self.skipWaiting();
      say('taken');
    },
  };
  event.waitUntil(acts[event.data]?.());
});
