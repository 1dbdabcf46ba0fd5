/**
 * Draws the icons of the manifest from their SVG sources: `npx tsx addin/icons/draw.ts`. The PNGs are committed, so only who changes a drawing needs this.
 * Sizes: office-addin.md §1.6 (6): 16, 32, 80 for buttons, 64 and 128 for the add-in, 25, 32, 48 on phones in #919191.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { launchBrowser } from '../../test/support/browser.ts';

const sizes: Record<string, readonly number[]> = {
  tieline: [16, 32, 64, 80, 128], camera: [16, 32, 80], availability: [16, 32, 80], tape: [16, 32, 80], people: [16, 32, 80], new: [16, 32, 80],
  'mobile-conference': [25, 32, 48], 'mobile-voicemail': [25, 32, 48],
};

const browser = await launchBrowser();
const page = await browser.newPage();
for (const [name, all] of Object.entries(sizes)) {
  const svg = await readFile(new URL(`${name}.svg`, import.meta.url), 'utf8');
  for (const size of all) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await writeFile(new URL(`${name}-${size}.png`, import.meta.url), await page.screenshot({ omitBackground: true }));
  }
}
await browser.close();
