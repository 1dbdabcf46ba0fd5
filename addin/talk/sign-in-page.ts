import { answerOpener } from '../office/dialog.ts';
import { whenReady } from '../office/events.ts';
import { signInRoutes } from '../../contract/account/sign-in-routes.ts';
import { loadMsal } from './load-msal.ts';
import type { Registration } from './msal.ts';
import { serverOrigin } from './origin.ts';

/** The page in the sign-in window: goes to Entra, comes back, hands the token to the pane and says nothing else to anybody. */

function isRegistration(value: unknown): value is { entra: Registration } {
  if (typeof value !== 'object' || value === null || !('entra' in value)) return false;
  return typeof value.entra === 'object' && value.entra !== null && 'clientId' in value.entra;
}

async function registration(): Promise<Registration> {
  const response = await fetch(serverOrigin() + signInRoutes.settings.path, { cache: 'no-store' });
  const answer: unknown = await response.json();
  if (!isRegistration(answer)) throw new Error('the server names no Entra registration');
  return answer.entra;
}

async function run(): Promise<void> {
  await whenReady();
  try {
    const [msal, entra] = await Promise.all([loadMsal(), registration()]);
    const token = await msal.byRedirect(entra, location.origin + location.pathname);
    answerOpener(JSON.stringify({ token }));
  } catch (fault) {
    answerOpener(JSON.stringify({ error: fault instanceof Error ? fault.message : String(fault) }));
  }
}

void run();
