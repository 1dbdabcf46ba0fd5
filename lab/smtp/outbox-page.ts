import { escapeHtml } from '../http.ts';
import type { Route } from '../gateway.ts';
import type { LabSmtp } from './index.ts';

/** `/lab/outbox`: what the lab's mail server was given, for everybody to see. */
export function createOutboxRoute(smtp: LabSmtp): Route {
  return (req, res) => {
    if ((req.url ?? '').split('?')[0] !== '/lab/outbox') return false;
    const rows = smtp.outbox.toReversed().map(({ at, to, subject, text, calendar }) => `<article><h2>${escapeHtml(subject)}</h2><p>To ${escapeHtml(to.join(', '))} at ${new Date(at).toISOString()}</p><pre>${escapeHtml(text)}</pre>${
      calendar === null ? '' : `<details><summary>Calendar part</summary><pre>${escapeHtml(calendar)}</pre></details>`}</article>`);
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" });
    res.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Outbox of the lab</title><style>:root{color-scheme:light dark}body{font:16px/1.45 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}article{border-top:1px solid #8a8886}</style></head><body><h1>Mails that left Tieline</h1><p>This mail server is a stand-in: nothing goes further than here.</p>${rows.join('') || '<p>None yet.</p>'}</body></html>`);
    return true;
  };
}
