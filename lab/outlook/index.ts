/** The server side of the lab's Outlook. The page itself is `mountOutlook` in `/lab/outlook/outlook.js`. */
export type { OutlookRoutesOptions, Routes } from './routes.ts';
export { createOutlookRoutes } from './routes.ts';
export { exchangeMailbox } from './exchange-mailbox.ts';
export { officePath, rewriteAddinPage, rewriteManifest } from './rewrite.ts';
export type * from './mailbox.ts';
