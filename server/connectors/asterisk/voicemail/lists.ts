import { TheirError } from '../../../domain/errors.ts';
import { header } from '../client/ami/packet.ts';
import type { AmiFields } from '../client/ami/encode.ts';
import type { AmiReply } from '../client/ami/reply.ts';
import type { Hub } from '../hub.ts';
import { readSummary, readUser, type SummaryRow, type UserRow } from './rows.ts';

/** Fresh lists of voicemail. */
export interface Lists {
  boxes(): Promise<UserRow[]>;
  /** Throws 'gone' for a box that is not there. */
  box(box: string): Promise<UserRow>;
  summary(box: string): Promise<SummaryRow[]>;
  /** Unheard, with the urgent ones, as they lie on disk. */
  unheard(box: string): Promise<number>;
}

/** A box as Asterisk writes it, `1001@default`. Anything else never goes over the wire. */
const boxPattern = /^[\w.+*#-]{1,79}@[\w.+-]{1,79}$/;

/** Ids are epoch seconds and a counter (app_voicemail.c). */
const idPattern = /^\d{1,12}-[0-9a-f]{8}$/;

/** The two halves of a box's name. Throws 'gone' for what cannot be one. */
export function addressOf(instance: string, box: string): { Mailbox: string; Context: string } {
  if (!boxPattern.test(box)) throw new TheirError(instance, 'gone', 'there is no such box');
  const [mailbox = '', context = ''] = box.split('@');
  return { Mailbox: mailbox, Context: context };
}

/** Throws 'gone' for what cannot be an id, so that it never goes over the wire. */
export function checkId(instance: string, id: string): void {
  if (!idPattern.test(id)) throw new TheirError(instance, 'gone', 'there is no such message');
}

export function createLists(hub: Hub, instance: string): Lists {
  async function ask(action: string, fields: AmiFields = {}): Promise<AmiReply> {
    const reply = await hub.call(action, fields);
    if (!reply.isSuccess) throw new TheirError(instance, 'refused', `${action} failed: ${reply.message}`);
    return reply;
  }

  /** Asterisk answers Success without a list for a box that it does not know (tried). */
  async function listed(action: string, box: string): Promise<AmiReply> {
    const reply = await ask(action, addressOf(instance, box));
    if (header(reply.head, 'EventList') === '') throw new TheirError(instance, 'gone', `there is no box ${box}`);
    return reply;
  }

  function unreadable(action: string): TheirError {
    return new TheirError(instance, 'unreadable', `a row of ${action} lacks what it must have`);
  }

  function users(action: string, reply: AmiReply): UserRow[] {
    return reply.rows.map((row) => {
      const user = readUser(instance, row);
      if (!user) throw unreadable(action);
      return user;
    });
  }

  return {
    async boxes() {
      const reply = await ask('VoicemailUsersList');
      if (header(reply.head, 'EventList') !== '') return users('VoicemailUsersList', reply);
      throw new TheirError(instance, 'unavailable', 'Asterisk has no voicemail boxes, or has not loaded them yet', { remedy: 'Look at "voicemail show users" in the Asterisk console.' });
    },
    async box(box) {
      const [user] = users('VoicemailUserStatus', await listed('VoicemailUserStatus', box));
      if (!user) throw unreadable('VoicemailUserStatus');
      return user;
    },
    async summary(box) {
      const rows = readSummary((await listed('VoicemailBoxSummary', box)).rows);
      if (!rows) throw unreadable('VoicemailBoxSummary');
      return rows;
    },
    async unheard(box) {
      addressOf(instance, box);
      const reply = await ask('MailboxCount', { Mailbox: box });
      const sum = Number(header(reply.head, 'NewMessages')) + Number(header(reply.head, 'UrgMessages'));
      if (!Number.isInteger(sum)) throw unreadable('MailboxCount');
      return sum;
    },
  };
}
