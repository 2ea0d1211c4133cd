// Nothing leaves the device: every request of a whole journey, and what the page's policy refuses.

import { COUNT, COURSE } from './bank.mjs';
import { MOUSE, answerAll, begin, handIn, plans } from './sitting.mjs';
import { arrived, expect, opened, test } from './test.mjs';

test('a journey through every kind of page asks for files of the site, and for nothing else', async ({ page, context, baseURL }) => {
  const requests = [];
  context.on('request', (request) => requests.push(request));
  context.on('websocket', (socket) => requests.push({ url: () => socket.url(), method: () => 'WEBSOCKET', postData: () => null }));
  // What is sent when a page goes away is no request to Playwright everywhere.
  await page.addInitScript(() => {
    window.sent = [];
    for (const [of, name] of [[navigator, 'sendBeacon'], [window, 'WebSocket'], [window, 'EventSource'], [window, 'RTCPeerConnection']]) {
      of[name] = (...all) => window.sent.push([name, ...all.map(String)]);
    }
  });
  await page.goto('./');
  await opened(page, 'Know what moves the images');
  await begin(page, { practice: { number: 5 } });
  await begin(page);
  await answerAll(page, MOUSE, COUNT, (question, n) => [plans.right, plans.wrong, plans.partly][n % 3](question));
  await handIn(page, MOUSE);
  await arrived(page, /Your result$/);
  await page.getByRole('link', { name: 'Review every question' }).click();
  await arrived(page, /Review$/);
  for (const address of ['data', 'about', 'try/questions/level-2/dicom.md', 'nope', COURSE]) {
    await page.goto(`./#/${address}`);
    await arrived(page, /^(?!Loading)./);
  }
  await page.goto('./#/data');
  await arrived(page, 'Your data');
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export everything' }).click();
  await downloaded;
  expect(await page.evaluate(() => window.sent)).toEqual([]);

  expect(requests.length).toBeGreaterThan(5);
  const odd = requests.filter((request) => !request.url().startsWith(baseURL) && !request.url().startsWith('blob:'));
  expect(odd.map((request) => request.url())).toEqual([]);
  const told = requests.filter((request) => request.method() !== 'GET' || request.postData() !== null);
  expect(told.map((request) => `${request.method()} ${request.url()}`)).toEqual([]);
  // No answer, id or seed is in an address that was asked for.
  const extra = requests.filter((request) => new URL(request.url()).search !== '');
  expect(extra.map((request) => request.url())).toEqual([]);
});

test('the policy of the page refuses what is not its own', async ({ page, watch, baseURL }) => {
  watch.allow(/./);
  await page.goto('./');
  await opened(page, 'Know what moves the images');
  const refused = await page.evaluate(async () => {
    const seen = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => seen.push(effectiveDirective));
    const add = (tag, attributes) => document.body.append(Object.assign(document.createElement(tag), attributes));
    const attempt = (act) => {
      try {
        act();
      } catch {
        // Trusted Types throw.
      }
    };
    await fetch('https://example.com/').catch(() => {});
    add('img', { src: 'https://example.com/x.png' });
    add('style', { textContent: 'body { color: red }' });
    add('iframe', { src: 'https://example.com/' });
    attempt(() => {
      document.body.lastChild.outerHTML = '<b>x</b>';
    });
    attempt(() => add('script', { text: 'window.ran = 1' }));
    attempt(() => document.body.setAttribute('onclick', 'window.ran = 1'));
    document.body.click();
    attempt(() => trustedTypes.createPolicy('other', {}));
    // Not at once: what a test evaluates may do so itself.
    setTimeout(() => attempt(() => new Function('window.ran = 1')()));
    const form = document.createElement('form');
    form.action = 'https://example.com/';
    document.body.append(form);
    form.submit();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { seen: [...new Set(seen)].sort(), ran: window.ran };
  });
  expect(refused.ran).toBeUndefined();
  const directives = ['connect-src', 'form-action', 'frame-src', 'img-src', 'require-trusted-types-for', 'style-src-elem', 'trusted-types'];
  for (const directive of directives) expect(refused.seen).toContain(directive);
  expect(page.url()).toBe(baseURL);
});
