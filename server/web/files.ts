import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { Router, type RequestHandler } from 'express';
import { fillManifest } from './manifest.ts';
import { nothingHere } from './problems.ts';
import type { WebSettings } from './settings.ts';

/** Files whose names carry a digest of their content never change. */
const isForEver = /\.[0-9a-f]{8,}\.\w+(\.map)?$/;
const aYear = 'public, max-age=31536000, immutable';

/** Where launchevent.js, which in classic Outlook has no page to know its server by, has our address written in. */
const serverPlaceholder = '@tieline-api@';

/** The add-in's files, the administrator's page, the manifest, and the file by which classic Outlook lets launchevent.js call us. */
export function fileRoutes(settings: WebSettings): Router {
  const router = Router();
  const events: RequestHandler = async (_request, response, next) => {
    const script = await readFile(join(settings.addin.folder, 'launchevent.js'), 'utf8').catch(() => null);
    if (script === null) return next();
    response.type('text/javascript').set({ 'Cache-Control': 'no-cache', 'Access-Control-Allow-Origin': '*' }).send(script.replaceAll(serverPlaceholder, settings.publicUrl));
  };
  router.get('/addin/launchevent.js', events);
  router.use(
    '/addin',
    express.static(settings.addin.folder, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders(response, path) {
        // Outlook shows a default icon where one may not be kept (office-addin.md §1.6, 6): they get no such header at all.
        if (!path.endsWith('.png')) response.setHeader('Cache-Control', isForEver.test(path) ? aYear : 'no-cache');
        // Outlook's event runtime loads its script from a page of Microsoft's.
        response.setHeader('Access-Control-Allow-Origin', '*');
      },
    }),
    nothingHere,
  );
  router.use(
    '/admin',
    express.static(join(settings.addin.folder, 'admin'), {
      cacheControl: false,
      setHeaders: (response, path) => void response.setHeader('Cache-Control', isForEver.test(path) ? aYear : 'no-cache'),
    }),
  );
  const origin = settings.addin.origin ?? settings.publicUrl;
  const manifest: RequestHandler = async (_request, response, next) => {
    const xml = await readFile(join(settings.addin.folder, 'manifest.xml'), 'utf8').catch(() => null);
    if (xml === null) return next();
    response.type('application/xml').set('Cache-Control', 'no-cache').send(fillManifest(xml, { origin, clientId: settings.addin.clientId }));
  };
  router.get('/manifest.xml', manifest);
  router.get('/.well-known/microsoft-officeaddins-allowed.json', (_request, response) => {
    response.set('Access-Control-Allow-Origin', '*').json({ allowed: [`${origin.replace(/\/$/, '')}/addin/launchevent.js`] });
  });
  return router;
}
