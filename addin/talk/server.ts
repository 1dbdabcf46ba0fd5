import { signInRoutes } from '../../contract/account/sign-in-routes.ts';
import type { SignInSettingsView } from '../../contract/account/sign-in.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { TalkFault } from './fault.ts';
import { ask } from './http.ts';
import type { Transport } from './http.ts';
import { serverOrigin } from './origin.ts';
import type { ReadEntra } from './rungs.ts';
import { createSignIn } from './sign-in.ts';
import type { Rung, SignIn } from './sign-in.ts';

/** One attempt may take this long; the server answers in well under a second, a mobile network in a few. */
const DEADLINE_MS = 8000;

/** Our server and the way to be known there. */
export interface Server {
  origin: string;
  client: Client;
  signIn: SignIn;
  transport: Transport;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function hasEntra(value: unknown): value is SignInSettingsView {
  return typeof value === 'object' && value !== null && 'entra' in value;
}

/** The server's registration; null when it has none, or is too old to say. */
async function readSettings(transport: Transport): Promise<SignInSettingsView['entra']> {
  try {
    const answer = await ask(transport, signInRoutes.settings);
    return hasEntra(answer) ? answer.entra : null;
  } catch (fault) {
    if (fault instanceof TalkFault && fault.kind === 'not-found') return null;
    throw fault;
  }
}

/**
 * Everything a page needs to talk to our server. Nothing is asked before the first request.
 *
 * @param rungs the ways to sign in that this page has.
 */
export function connect(language: string, rungs: (settings: ReadEntra) => Rung[]): Server {
  const origin = serverOrigin();
  const transport: Transport = {
    origin,
    language,
    token: (renew) => signIn.token(renew),
    fetch: (input, init) => fetch(input, init),
    deadlineMs: DEADLINE_MS,
    wait,
  };
  let settings: Promise<SignInSettingsView['entra']> | undefined;
  async function entra(): Promise<SignInSettingsView['entra']> {
    settings ??= readSettings(transport);
    settings.catch(() => {
      settings = undefined;
    });
    return settings;
  }
  const signIn = createSignIn(rungs(entra));
  return { origin, client: createClient(transport), signIn, transport };
}
