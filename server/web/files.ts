import express, { Router } from 'express';
import { nothingHere } from './problems.ts';
import type { WebSettings } from './settings.ts';

/** Files whose names carry a digest of their content never change. */
const isForEver = /\.[0-9a-f]{8,}\.\w+(\.map)?$/;
const aYear = 'public, max-age=31536000, immutable';

/** The add-in's files, its manifest, and the file by which classic Outlook lets launchevent.js call us. */
export function fileRoutes(settings: WebSettings): Router {
  const router = Router();
  router.use(
    '/addin',
    express.static(settings.addin.folder, {
      index: false,
      redirect: false,
      setHeaders(response, path) {
        response.setHeader('Cache-Control', isForEver.test(path) ? aYear : 'no-cache');
        // Outlook's event runtime loads its script from a page of Microsoft's.
        response.setHeader('Access-Control-Allow-Origin', '*');
      },
    }),
    nothingHere,
  );
  router.get('/manifest.xml', async (_request, response, next) => {
    const manifest = await settings.addin.manifest();
    if (manifest === null) return next();
    response.type('application/xml').set('Cache-Control', 'no-cache').send(manifest);
  });
  router.get('/.well-known/microsoft-officeaddins-allowed.json', (_request, response) => {
    const origin = settings.addin.origin ?? settings.publicUrl;
    response.set('Access-Control-Allow-Origin', '*').json({ allowed: [`${origin.replace(/\/$/, '')}/addin/launchevent.js`] });
  });
  return router;
}
