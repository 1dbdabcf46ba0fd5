import type { Page } from 'playwright-core';

/** What a screen reader stops at and has to call something (WAI-ARIA 1.2: roles whose name is required). */
const needName = new Set(['button', 'link', 'textbox', 'searchbox', 'combobox', 'listbox', 'checkbox', 'radio', 'switch', 'slider', 'spinbutton', 'tab', 'menuitem', 'menuitemradio', 'menuitemcheckbox', 'option', 'dialog', 'alertdialog', 'heading', 'img']);

interface Spoken {
  ignored: boolean;
  role?: { value?: string };
  name?: { value?: string };
}

/**
 * Walks the tree that Chromium hands to screen readers, which is not the page's own: what has a role that
 * needs a name and gets none. (Areas that scroll can have the focus without a name in Chromium; readers pass over them.)
 */
export async function unspoken(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: Spoken[] };
  await session.detach();
  const found: string[] = [];
  for (const node of nodes) {
    if (node.ignored) continue;
    const role = node.role?.value ?? '';
    const name = (node.name?.value ?? '').trim();
    if (needName.has(role) && name === '') found.push(`read aloud without a name: ${role}`);
  }
  return found;
}
