import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { trustingFetch } from './trusting-fetch.ts';

/** A signing certificate that an Exchange server publishes. */
export interface ExchangeKey {
  publicKey: KeyObject;
  /** Last instant of the certificate, epoch ms, UTC. */
  endsAt: number;
}

export interface ExchangeKeys {
  /**
   * The key with this thumbprint in the document at `url`, read again when it is not there; null when the server does not publish it.
   * @throws TheirError while the document cannot be had and none is known.
   */
  find(url: string, thumbprint: string): Promise<ExchangeKey | null>;
}

/** Only what is used of an authentication metadata document (learn.microsoft.com: "Validate an Exchange identity token"). */
const metadata = z.object({
  keys: z.array(z.object({ usage: z.string().optional(), keyinfo: z.object({ x5t: z.string() }), keyvalue: z.object({ type: z.string(), value: z.string() }) })),
});

interface Known {
  readAt: number;
  keys: ReadonlyMap<string, ExchangeKey>;
}

const deadlineMs = 5_000;
/** A new certificate is published long before it signs ("Next certificate" in Exchange); an hour notices one that is taken away. */
const freshMs = 60 * 60_000;
/** While Exchange restarts nobody who is at work shall be signed out. */
const usableMs = 24 * 60 * 60_000;
/** A stranger may send any thumbprint: the server is asked at most so often for their sake. */
const pauseMs = 60_000;
/** NIST SP 800-131A: less is no signature any more. Exchange makes 2048. */
const leastBits = 2048;

/** Keys of the Exchange servers that the configuration lists. Nothing else is ever fetched. */
export function createExchangeKeys({ ca, clock }: { ca: string | undefined; clock: Clock }): ExchangeKeys {
  const ask = trustingFetch(ca);
  const known = new Map<string, Known>();
  const running = new Map<string, Promise<Known>>();
  const askedAt = new Map<string, number>();

  async function read(url: string): Promise<Known> {
    askedAt.set(url, clock.now());
    const limit = new AbortController();
    const stop = clock.at(clock.now() + deadlineMs, () => limit.abort(new Error(`no answer within ${deadlineMs} ms`)));
    try {
      // Redirects are not followed: only the listed address is trusted.
      const answer = await ask(url, { headers: { accept: 'application/json' }, signal: limit.signal });
      if (answer.status !== 200) throw away(`answers ${answer.status}`);
      const fresh = { readAt: clock.now(), keys: keysIn(await answer.json()) };
      known.set(url, fresh);
      return fresh;
    } catch (error) {
      throw error instanceof TheirError ? error : away('cannot be had', error);
    } finally {
      stop();
    }
  }

  /** Requests that come meanwhile share one question. */
  function readOnce(url: string): Promise<Known> {
    const under = running.get(url) ?? read(url).finally(() => running.delete(url));
    running.set(url, under);
    return under;
  }

  async function current(url: string): Promise<Known> {
    const last = known.get(url);
    const now = clock.now();
    if (last && now - last.readAt < freshMs) return last;
    const isUsable = last !== undefined && now - last.readAt < usableMs;
    if (isUsable && now - (askedAt.get(url) ?? 0) < pauseMs) return last;
    return readOnce(url).catch((error: unknown) => {
      if (isUsable) return last;
      throw error;
    });
  }

  return {
    async find(url, thumbprint) {
      const { keys } = await current(url);
      const key = keys.get(thumbprint);
      if (key || clock.now() - (askedAt.get(url) ?? 0) < pauseMs) return key ?? null;
      return (await readOnce(url)).keys.get(thumbprint) ?? null;
    },
  };
}

/** By the thumbprint that we compute ourselves, whatever the document calls them. What is no certificate, or too weak, is left out. */
function keysIn(document: unknown): ReadonlyMap<string, ExchangeKey> {
  const parsed = metadata.safeParse(document);
  if (!parsed.success) throw new TheirError('exchange', 'unreadable', 'the authentication metadata is no such document', { cause: parsed.error, remedy });
  const keys = new Map<string, ExchangeKey>();
  for (const { usage = 'signing', keyvalue } of parsed.data.keys) {
    const certificate = usage === 'signing' && keyvalue.type === 'x509Certificate' ? certificateIn(keyvalue.value) : null;
    if (!certificate) continue;
    const { publicKey } = certificate;
    if (publicKey.asymmetricKeyType !== 'rsa' || (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits) continue;
    keys.set(createHash('sha1').update(certificate.raw).digest('base64url'), { publicKey, endsAt: Date.parse(certificate.validTo) });
  }
  return keys;
}

function certificateIn(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    // Not a certificate: nobody's signature will be found with it.
    return null;
  }
}

const remedy = 'Check that this server reaches signIn.exchange[].metadataUrl, and that caFile holds the authority of its certificate.';

function away(message: string, cause?: unknown): TheirError {
  return new TheirError('exchange', 'no-answer', `the authentication metadata ${message}`, { cause, remedy });
}
