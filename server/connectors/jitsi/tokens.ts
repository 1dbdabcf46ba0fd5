import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { JoinPass } from '../../ports/conference-bridge.ts';
import { domainOf, type JitsiConfig } from './config.ts';
import { cleanText } from './schema.ts';

/** Tokens that Prosody believes: one for each person who joins, and system tokens for what we ask of Prosody itself. */
export interface Tokens {
  /** For one person and one room. Knows no passcode. Throws TheirError 'refused' without a secret. */
  forPerson(pass: JoinPass): Promise<string>;
  /** Null without a key. */
  forSystem(): Promise<string | null>;
  /** The public half of the system key, PEM, and the name under which Prosody asks for it; null without a key. */
  publicKey(): { file: string; pem: string } | null;
}

/** A browser's or Prosody's clock may be behind ours by so much, seconds. */
const skewSeconds = 60;
/** A system token is used at once. */
const systemSeconds = 120;

export function createTokens({ config, clock, secret, key }: { config: JitsiConfig; clock: Clock; secret: string; key: KeyObject | null }): Tokens {
  const { instance, appId } = config;
  const domain = domainOf(config);
  const now = (): number => Math.floor(clock.now() / 1000);

  return {
    async forPerson({ room, role, name, from, until, asksToBeLetIn }) {
      if (secret === '') throw new TheirError(instance, 'refused', 'the secret of the token authentication is empty', { remedy: `Set ${config.secretEnv} to app_secret of Prosody.` });
      const isHost = role === 'host';
      return new SignJWT({
        room,
        moderator: isHost,
        context: {
          user: { name: cleanText(name), moderator: isHost, affiliation: isHost ? 'owner' : 'member', lobby_bypass: !asksToBeLetIn },
        },
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(appId).setAudience('jitsi').setSubject(domain)
        .setIssuedAt(now()).setNotBefore(Math.floor(from / 1000) - skewSeconds).setExpirationTime(Math.floor(until / 1000))
        .sign(new TextEncoder().encode(secret));
    },
    async forSystem() {
      if (!key || !config.prosody) return null;
      return new SignJWT({ room: '*' })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: config.prosody.keyId })
        .setIssuer(appId).setAudience('jitsi').setSubject(domain)
        .setIssuedAt(now()).setNotBefore(now() - skewSeconds).setExpirationTime(now() + systemSeconds)
        .sign(key);
    },
    publicKey() {
      if (!key || !config.prosody) return null;
      // Prosody asks for the SHA-256 of the key's name (token/util.lib.lua).
      const file = `${createHash('sha256').update(config.prosody.keyId).digest('hex')}.pem`;
      return { file, pem: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString() };
    },
  };
}

/** Reads the key; null for what is no RSA private key. */
export function readKey(pem: string | undefined): KeyObject | null {
  if (pem === undefined || pem === '') return null;
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    // What is wrong with it is said as a gap; the key itself is in no message.
    return null;
  }
}
