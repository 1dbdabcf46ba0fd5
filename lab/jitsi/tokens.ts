import { createPublicKey } from 'node:crypto';
import { createHash } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { LabClock } from '../clock.ts';

/** Who a token says somebody is, as Prosody keeps it with their session. */
export interface TokenUser {
  /** The only room it is good for; `*` for all. */
  room: string;
  name: string;
  isModerator: boolean;
  /** Passes the lobby (jitsi-contrib's token_lobby_bypass). */
  bypassesLobby: boolean;
}

export interface TokenChecks {
  appId: string;
  secret: string;
  clock: LabClock;
}

/** As Prosody's token plugin checks it: signature, times, issuer, audience and room must be there. Null when it is not believed. */
export async function checkToken(token: string, { appId, secret, clock }: TokenChecks): Promise<TokenUser | null> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'], issuer: appId, requiredClaims: ['aud', 'room', 'exp'], currentDate: new Date(clock.now()) });
    const user = (payload['context'] as { user?: { name?: string; affiliation?: string; lobby_bypass?: boolean } } | undefined)?.user ?? {};
    return { room: String(payload['room']).toLowerCase(), name: user.name ?? '', isModerator: user.affiliation === 'owner', bypassesLobby: user.affiliation === 'owner' || user.lobby_bypass === true };
  } catch {
    // Whatever is wrong with it, Prosody says the same: not allowed.
    return null;
  }
}

/** A system token: another key, fetched by the name of its `kid` from the address that Prosody is configured with. */
export async function checkSystemToken(token: string, { appId, clock, keysUrl, fetchKey }: Omit<TokenChecks, 'secret'> & { keysUrl: string; fetchKey: (url: string) => Promise<string | null> }): Promise<boolean> {
  try {
    const { kid } = decodeProtectedHeader(token);
    const pem = kid === undefined ? null : await fetchKey(`${keysUrl}/${createHash('sha256').update(kid).digest('hex')}.pem`);
    if (pem === null) return false;
    await jwtVerify(token, createPublicKey(pem), { algorithms: ['RS256'], issuer: appId, requiredClaims: ['aud', 'room', 'exp'], currentDate: new Date(clock.now()) });
    return true;
  } catch {
    return false;
  }
}
