import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * The secret that Graph sends back with each notice of a subscription (`clientState`, 128 characters at most): `<key>.<mailbox>.<proof>`, the proof an
 * HMAC-SHA256 of the mailbox id. The key is derived from the app's own secret or certificate key, so that every process knows it, nothing is stored, and no two
 * mailboxes share one. The mailbox stands in it because the address of a changed thing ("Users/…@…/Events/…") has several spellings.
 */
export interface ClientStates {
  /** Names the key; tells subscriptions that were made before the secret was changed. */
  keyId(): Promise<string>;
  of(mailboxId: string): Promise<string>;
  /** The mailbox that a notice is about; null when it was not made by us for it. */
  mailboxOf(clientState: string): Promise<string | null>;
}

/** Entra object ids have 36 characters; with key and proof 52 more, below Graph's 128. */
const longestMailboxId = 64;

export function createClientStates(instance: string, keyMaterial: () => Promise<string>): ClientStates {
  let made: Promise<{ key: Buffer; id: string }> | undefined;

  async function make(): Promise<{ key: Buffer; id: string }> {
    const key = Buffer.from(hkdfSync('sha256', await keyMaterial(), '', `tieline graph clientState ${instance}`, 32));
    return { key, id: createHash('sha256').update(key).digest('base64url').slice(0, 8) };
  }

  async function current(): Promise<{ key: Buffer; id: string }> {
    made ??= make();
    try {
      return await made;
    } catch (error) {
      made = undefined;
      throw error;
    }
  }

  async function of(mailboxId: string): Promise<string> {
    const { key, id } = await current();
    const proof = createHmac('sha256', key).update(mailboxId).digest('base64url');
    return `${id}.${mailboxId}.${proof}`;
  }

  return {
    keyId: async () => (await current()).id,
    of,
    async mailboxOf(clientState) {
      const [, mailboxId = ''] = clientState.split('.');
      if (mailboxId === '' || mailboxId.length > longestMailboxId) return null;
      return isSame(clientState, await of(mailboxId)) ? mailboxId : null;
    },
  };
}

/** Compares in a time that tells nothing: both are hashed first, so that lengths do not show either. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
