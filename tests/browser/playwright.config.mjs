// The tests of the built site, in the machine's own Chromium. `make test-browser` builds dist/ first.
//
// Every test runs on the site at the top of a host; those that have @sub-path in their title run in a folder of one too.
// Specs go to addresses relative to the base: page.goto('./#/…').
import { defineConfig, devices } from '@playwright/test';
import { SUB_PATH, TOP } from './sites.mjs';

const served = ({ port, base, url }) => ({
  command: `node server.mjs ../../dist --port ${port} --base ${base}`,
  url,
  // Another server on this port would be another build.
  reuseExistingServer: false,
  timeout: 30_000,
});

export default defineConfig({
  testDir: '.',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 30_000,
  reporter: 'list',
  outputDir: 'test-results',
  webServer: [served(TOP), served(SUB_PATH)],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'top', use: { baseURL: TOP.url } },
    { name: 'sub-path', grep: /@sub-path/, use: { baseURL: SUB_PATH.url } },
  ],
});
