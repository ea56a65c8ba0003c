/** Makes the README's pictures, docs/panel-light.webp and panel-dark.webp: `node docs/picture.mjs` after `npm run build`. */
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../tests/web/chromium.mjs';
import { serveSite } from '../tests/web/site.mjs';

const server = await serveSite();
const chromium = await openBrowser();
for (const value of ['light', 'dark']) {
  const page = await chromium.browser.newPage();
  await page.setViewport({ width: 1180, height: 760, deviceScaleFactor: 2 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
  await page.goto(`${server.url}/#sine_forecast`);
  await page.waitForFunction(() => document.querySelector('unroll-panel')?.code?.includes('Forecaster'));
  const panel = await page.$('unroll-panel');
  await panel.evaluate((element) => element.run());
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const path = fileURLToPath(new URL(`panel-${value}.webp`, import.meta.url));
  await panel.screenshot({ path, type: 'webp', quality: 80 });
  await page.close();
}
await chromium.close();
await server.close();
