import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious findings of axe, as "rule: where". */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(await axeSource);
  const found: unknown = await page.evaluate(async () => {
    const result = await Reflect.get(window, 'axe').run(document, { resultTypes: ['violations'] });
    return result.violations
      .filter((each: { impact: string }) => each.impact === 'serious' || each.impact === 'critical')
      .map((each: { id: string; nodes: { html: string }[] }) => `${each.id}: ${each.nodes[0]?.html ?? ''}`);
  });
  return Array.isArray(found) ? found.map(String) : ['axe gave no result'];
}

/**
 * What does not fit: a sideways scroll, or a control beyond the edge. An address is cut on purpose, with a button
 * beside it that copies it whole; it stands in a `bdi`.
 */
export async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const element of document.querySelectorAll<HTMLElement>('.pane *, #admin *')) {
      if (element.closest('.unseen') !== null || element.closest('bdi') !== null || element.querySelector(':scope bdi') !== null) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0) continue;
      if (box.right > width + 1 || box.left < -1) found.push(`beyond the edge: ${element.outerHTML.slice(0, 120)}`);
      const isText = element.childElementCount === 0 && element.textContent !== '';
      if (isText && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline') found.push(`cut: ${element.textContent}`);
    }
    return found;
  });
}

/** Words that are broken in two without a hyphen of their own. Addresses and the preview's fixed lines may be. */
export async function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.querySelector('.pane, #admin') ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || parent.closest('bdi, pre, .unseen') !== null) continue;
      for (const word of (node.textContent ?? '').matchAll(/[^\s-]+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) found.push(`broken word: ${word[0]}`);
      }
    }
    return found;
  });
}

/** Areas that scroll and cannot be reached by the keyboard, and those that can and have no name: a reader would stop there and say nothing. */
export async function silentScrolls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const stops = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const { overflowY, overflowX } = getComputedStyle(element);
      const scrolls = (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight + 1) || (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1);
      const isStop = element.tabIndex === 0 && element.hasAttribute('tabindex');
      const where = element.outerHTML.slice(0, 120);
      if (scrolls && !isStop && !element.matches(stops) && ![...element.querySelectorAll<HTMLElement>(stops)].some((each) => each.checkVisibility())) found.push(`scrolls, and no key reaches it: ${where}`);
      const isControl = element.matches('a, button, input, select, textarea, summary, [role=tab], [role=slider]');
      const named = element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? '';
      if (isStop && !isControl && (named.trim() === '' || !element.hasAttribute('role') && element.matches('div, span'))) found.push(`takes the focus without a name: ${where}`);
    }
    return found;
  });
}

/** Targets smaller than 24 px (ux.md section 8). */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.pane button, .pane a, .pane input, #admin button, #admin a, #admin input')]
      .filter((element) => {
        const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
        const isInText = element.tagName === 'A' && getComputedStyle(element).display === 'inline';
        return width > 0 && !isInText && (width < 24 || height < 24);
      })
      .map((element) => `small target: ${element.outerHTML.slice(0, 120)}`),
  );
}
