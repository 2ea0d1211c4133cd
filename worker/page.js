// In the page of the release site, once all of the app is there: has the service worker (worker.js) keep the site on this device, and says when a
// new version is ready. That waits for as long as a sitting is open, since a paper can be finished and marked only with the banks that it was drawn from.

const container = navigator.serviceWorker;

// Absent without a secure connection, and in some private windows. A tutor who tries a bank out wants what is on the disk.
if (container && !location.hash.startsWith('#/try')) {
  const begin = () => (globalThis.requestIdleCallback ?? setTimeout)(() => keep().catch(() => {}), { timeout: 5000 });
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin);
}

/** The records of open sittings in this device's store. */
function openSittings() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith('tierwise.open.'));
  } catch {
    return [];
  }
}

const inSitting = () => /^#\/[^/]+\/(sit|check)\b/.test(location.hash);

async function keep() {
  // The one address of a script that this page ever hands on.
  const policy = globalThis.trustedTypes?.createPolicy('tierwise-worker', { createScriptURL: () => 'sw.js' });
  // Everything was just erased (src/platform/offline.rs).
  if ('erased' in document.documentElement.dataset) return;
  const registration = await container.register(policy?.createScriptURL('') ?? 'sw.js', { updateViaCache: 'none' });
  // Absent where something else has put itself in the place of `register`.
  if (!registration) return;

  const region = document.createElement('div');
  region.className = 'tw-width';
  region.setAttribute('role', 'status');
  document.body.insertBefore(region, document.getElementById('app'));

  /** The worker that has the new version, once there is one. */
  let ready = null;
  let told = '';

  const show = () => {
    const held = openSittings().length > 0;
    const hold = held ? 'hold' : 'free';
    if (container.controller && told !== hold) container.controller.postMessage((told = hold));
    const wanted = !ready || inSitting() ? '' : held ? 'held' : 'offered';
    if (region.dataset.shown === wanted) return;
    region.dataset.shown = wanted;
    region.replaceChildren(...(wanted ? [notice(held)] : []));
  };

  const notice = (held) => {
    const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });
    const box = make('div', 'tw-notice tw-flow tw-update', '');
    box.append(make('h2', 'tw-notice__title', 'A new version is ready'));
    if (held) {
      box.append(make('p', '', 'It waits until the sitting that you have open is over.'));
      return box;
    }
    const button = make('button', 'tw-button', 'Update now');
    button.type = 'button';
    button.addEventListener('click', () => {
      // One may have been opened in another tab meanwhile.
      if (openSittings().length > 0) show();
      else ready.postMessage('take');
    });
    box.append(make('p', '', 'It takes a moment. Your results stay as they are.'), button);
    return box;
  };

  const watch = (worker) => {
    const look = () => {
      // The first of all is nothing new.
      if (worker.state !== 'installed' || !registration.active) return;
      ready = worker;
      show();
    };
    worker.addEventListener('statechange', look);
    look();
  };

  container.addEventListener('message', ({ data, source }) => {
    if (data === 'taken') location.reload();
    if (data === 'ready') ready = source;
    if (data === 'ready') show();
  });
  registration.addEventListener('updatefound', () => watch(registration.installing));
  for (const worker of [registration.installing, registration.waiting]) if (worker) watch(worker);
  // One that took over while a sitting was open serves the version of that still.
  registration.active?.postMessage('which?');
  // The app tells of each of its pages so; the store, of what other tabs do.
  for (const event of ['hashchange', 'storage']) addEventListener(event, show);
  // The app says where it is once it has painted that, and then it titles the page.
  new MutationObserver(show).observe(document.querySelector('title'), { childList: true });
  container.addEventListener('controllerchange', show);
  show();
  // A page may stay open for days.
  setInterval(() => registration.update().catch(() => {}), 3600 * 1000);
}
