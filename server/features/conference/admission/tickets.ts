import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { ConferenceDeps } from '../deps.ts';

/**
 * Send tickets: what the send handler shows instead of a sign-in (design §6, §9). A ticket is good for one conference, to say what its invite says, and for nothing else.
 * Form: `1.<key id>.<conference id>.<person id>.<expiry, epoch s>.<HMAC-SHA256, base64url>`. The key is made at first use and kept in our database.
 */
export interface Ticket {
  tenantId: string;
  conferenceId: string;
  personId: string;
  expiresAt: number;
}

interface TicketKey {
  tenantId: string;
  id: string;
  key: Buffer;
}

export interface Tickets {
  issue(tenantId: string, conferenceId: string, personId: string): Promise<{ value: string; expiresAt: number }>;
  /** The ticket's content, or null when it is forged, foreign, or too old. */
  verify(value: string): Promise<Ticket | null>;
}

export function createTickets(deps: Pick<ConferenceDeps, 'clock' | 'store' | 'policy'>): Tickets {
  const known = new Map<string, TicketKey>();

  async function keyOf(tenantId: string): Promise<TicketKey> {
    const found = [...known.values()].find((each) => each.tenantId === tenantId) ?? (await readKeys({ tenantId })) ?? (await makeKey(tenantId));
    known.set(found.id, found);
    return found;
  }

  async function readKeys(where: { tenantId?: string; id?: string }): Promise<TicketKey | null> {
    let query = deps.store.db.selectFrom('conference_ticket_key').selectAll().orderBy('created_at').orderBy('id');
    if (where.tenantId !== undefined) query = query.where('tenant_id', '=', where.tenantId);
    if (where.id !== undefined) query = query.where('id', '=', where.id);
    const row = await query.executeTakeFirst();
    return row ? { tenantId: row.tenant_id, id: row.id, key: row.key } : null;
  }

  async function makeKey(tenantId: string): Promise<TicketKey> {
    await deps.store.db
      .insertInto('conference_ticket_key')
      .values({ tenant_id: tenantId, id: randomUUID().slice(0, 8), key: randomBytes(32), created_at: new Date(deps.clock.now()) })
      .execute();
    // Two processes may make one each at the same instant: the oldest is the one that both use.
    const key = await readKeys({ tenantId });
    if (!key) throw new Error('the ticket key just made is gone');
    return key;
  }

  async function issue(tenantId: string, conferenceId: string, personId: string): Promise<{ value: string; expiresAt: number }> {
    const { id, key } = await keyOf(tenantId);
    const expires = Math.floor((deps.clock.now() + deps.policy.ticketMs) / 1000);
    const content = `1.${id}.${conferenceId}.${personId}.${expires}`;
    return { value: `${content}.${sign(key, content)}`, expiresAt: expires * 1000 };
  }

  async function verify(value: string): Promise<Ticket | null> {
    const parts = /^1\.([0-9a-f]{8})\.([a-z2-7]{26})\.([\w-]{1,64})\.(\d{1,12})\.([\w-]{43})$/.exec(value);
    if (!parts) return null;
    const [, id = '', conferenceId = '', personId = '', expires = '', signature = ''] = parts;
    const found = known.get(id) ?? (await readKeys({ id }));
    if (!found) return null;
    known.set(found.id, found);
    const expected = Buffer.from(sign(found.key, value.slice(0, value.lastIndexOf('.'))));
    if (!timingSafeEqual(expected, Buffer.from(signature))) return null;
    const expiresAt = Number(expires) * 1000;
    return expiresAt > deps.clock.now() ? { tenantId: found.tenantId, conferenceId, personId, expiresAt } : null;
  }

  return { issue, verify };
}

function sign(key: Buffer, content: string): string {
  return createHmac('sha256', key).update(content).digest('base64url');
}
