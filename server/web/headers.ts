import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { WebSettings } from './settings.ts';

/** Where Outlook on the web and its previews show add-ins (reference of Microsoft, "Requirements for running Office Add-ins"). */
const microsoftHosts = ['https://outlook.office.com', 'https://outlook.office365.com', 'https://outlook.live.com', 'https://outlook.cloud.microsoft', 'https://outlook-sdf.office.com'];
const officeScripts = ['https://appsforoffice.microsoft.com'];

/** What every answer says to browsers: one set for the add-in's files, one for the administrator's page, another for everything else. */
export function headers(settings: WebSettings): RequestHandler {
  const common = commonHeaders(settings);
  const addin = addinHeaders(settings);
  const admin = adminHeaders(settings);
  return (request, response, next) => {
    if (request.path.startsWith('/addin/')) return addin(request, response, next);
    return (request.path.startsWith('/admin/') ? admin : common)(request, response, next);
  };
}

/** Nothing is loaded from elsewhere, forms go nowhere else, and nobody may frame it. */
function commonHeaders({ publicUrl }: WebSettings): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ["'none'"], 'script-src': ["'self'"], 'style-src': ["'unsafe-inline'"], 'media-src': ["'self'"], 'img-src': ["'self'"], 'connect-src': ["'self'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'self'"] } },
    frameguard: { action: 'deny' },
    // Browsers keep it for a name with all its ports: on a developer's machine it would close other servers.
    strictTransportSecurity: publicUrl.startsWith('https://') && new URL(publicUrl).hostname !== 'localhost',
  });
}

/** For the add-in's files: Outlook may frame them, its dialogs may talk to their opener, and office.js comes from Microsoft or from ourselves. */
function addinHeaders({ addin, publicUrl }: WebSettings): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", ...officeScripts],
        // Fluent UI writes its styles into the page.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'media-src': ["'self'", 'blob:'],
        'connect-src': ["'self'", new URL(publicUrl).origin, ...addin.authorities, ...officeScripts],
        'frame-src': ["'self'", ...addin.authorities],
        'frame-ancestors': ["'self'", ...microsoftHosts, ...addin.officeHosts],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
      },
    },
    frameguard: false,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    originAgentCluster: false,
    strictTransportSecurity: false,
  });
}

/** For the administrator's page: its own scripts alone; pictures from anywhere, because the preview of an invite shows the organisation's logo. Nobody may frame it. */
function adminHeaders({ publicUrl }: WebSettings): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'https:', 'data:'],
        'connect-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: publicUrl.startsWith('https://') && new URL(publicUrl).hostname !== 'localhost',
  });
}
