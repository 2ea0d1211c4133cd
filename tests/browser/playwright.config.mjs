// The tests of the built site, in the machine's own Chromium. `make test-browser` builds dist/ first.
//
// Every test runs on the site at the top of a host; those that are tagged @sub-path run in a folder of one too.
// Specs go to addresses relative to the base: page.goto('./#/…').
import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM } from './chromium.mjs';

export default defineConfig({
  testDir: '.',
  globalSetup: './setup.mjs',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  // Ample: what waits in a test waits for something, and a machine may have other work.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'only-on-failure',
    // Tests that change what the server answers must be answered by it; those of the worker itself let it in.
    serviceWorkers: 'block',
    launchOptions: CHROMIUM,
  },
  projects: [
    { name: 'top', use: { served: 'TOP' } },
    { name: 'sub-path', grep: /@sub-path/, use: { served: 'SUB_PATH' } },
  ],
});
