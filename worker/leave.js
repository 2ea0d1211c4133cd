// Stands in the place of the service worker where the site is being worked on (`make dev`, `tierwise try`): it takes a worker away that a release site has
// left at the same address, with all that it kept, and loads the page anew.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => {
  const leave = async () => {
    await caches.delete(`tierwise ${new URL(self.registration.scope).pathname}`);
    await self.registration.unregister();
    for (const client of await self.clients.matchAll({ type: 'window' })) await client.navigate(client.url).catch(() => {});
  };
  event.waitUntil(leave());
});
