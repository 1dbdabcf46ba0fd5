import type { Insertable, Selectable } from 'kysely';
import type { VoicemailBoxRow, VoicemailPairRow } from '../../store/tables/voicemail.ts';
import type { BoxState } from './journal.ts';
import type { MailSide, Pair, Settled } from './rules/pair.ts';

/** Rows to nouns and back. Our own rows are trusted: their texts were checked when they were written. */

const ms = (date: Date | null): number | null => date?.getTime() ?? null;
const at = (instant: number | null): Date | null => (instant === null ? null : new Date(instant));

function mailbox(row: { mailbox_instance: string | null; mailbox_id: string | null }): { instance: string; id: string } | null {
  return row.mailbox_instance !== null && row.mailbox_id !== null ? { instance: row.mailbox_instance, id: row.mailbox_id } : null;
}

export function boxFrom(row: Selectable<VoicemailBoxRow>): BoxState {
  return {
    tenantId: row.tenant_id, instance: row.instance, box: row.box, personId: row.person_id, version: row.version, name: row.name, address: row.address, isFull: row.is_full, handsOff: row.hands_off,
    mailbox: mailbox(row), knownSince: ms(row.known_since), cutOverAt: ms(row.cut_over_at), lookedAt: ms(row.looked_at), mailLookedAt: ms(row.mail_looked_at), cursor: row.cursor, watchExpiresAt: ms(row.watch_expires_at), watchFolder: row.watch_folder,
    phoneSeenAt: ms(row.phone_seen_at), brake: row.brake as BoxState['brake'], brakeSince: ms(row.brake_since), brakeReleasedAt: ms(row.brake_released_at), parked: row.parked,
  };
}

/** What a round writes. Whose the box is, its settings and what an administrator says of it are written by others. */
export function boxRound(state: BoxState) {
  return {
    mailbox_instance: state.mailbox?.instance ?? null, mailbox_id: state.mailbox?.id ?? null, cut_over_at: at(state.cutOverAt), looked_at: at(state.lookedAt), mail_looked_at: at(state.mailLookedAt),
    cursor: state.cursor, watch_expires_at: at(state.watchExpiresAt), watch_folder: state.watchFolder, brake: state.brake, brake_since: at(state.brakeSince), parked: state.parked,
  };
}

export function pairFrom(row: Selectable<VoicemailPairRow>): Pair {
  return {
    tenantId: row.tenant_id, id: row.id, personId: row.person_id, instance: row.instance, box: row.box, voicemailId: row.voicemail_id, state: row.state as Pair['state'],
    call: { name: row.caller_name, number: row.caller_number, durationSeconds: row.duration_seconds, isUrgent: row.is_urgent },
    leftAt: row.left_at.getTime(), firstSeenAt: row.first_seen_at.getTime(), voicemail: row.voicemail as Pair['voicemail'], mailbox: mailbox(row), messageId: row.message_id, mailId: row.mail_id,
    mail: mailFrom(row), settled: settledFrom(row), wish: row.wish as Pair['wish'], begun: row.begun as unknown as Pair['begun'], deliveryBeganAt: ms(row.delivery_began_at), missingSince: ms(row.missing_since), hasAudio: row.has_audio,
    binnedAt: ms(row.binned_at), removedByUs: row.removed_by_us, trouble: row.trouble,
  };
}

function mailFrom({ mail_place: place, mail_is_read: isRead }: Selectable<VoicemailPairRow>): MailSide | null {
  if (place === null) return null;
  return place === 'missing' ? 'missing' : { isRead: isRead === true, place: place as Exclude<MailSide, 'missing'>['place'] };
}

function settledFrom(row: Selectable<VoicemailPairRow>): Settled | null {
  if (row.settled_voicemail === null) return null;
  return { voicemail: row.settled_voicemail as Settled['voicemail'], isRead: row.settled_is_read === true, isTrash: row.settled_is_trash === true };
}

export function pairTo(pair: Pair): Insertable<VoicemailPairRow> {
  const { call, mail, settled } = pair;
  return {
    tenant_id: pair.tenantId, id: pair.id, person_id: pair.personId, instance: pair.instance, box: pair.box, voicemail_id: pair.voicemailId, state: pair.state, caller_name: call.name,
    caller_number: call.number, duration_seconds: call.durationSeconds, is_urgent: call.isUrgent, left_at: new Date(pair.leftAt), first_seen_at: new Date(pair.firstSeenAt), voicemail: pair.voicemail,
    mailbox_instance: pair.mailbox?.instance ?? null, mailbox_id: pair.mailbox?.id ?? null, message_id: pair.messageId, mail_id: pair.mailId,
    mail_place: mail === null || mail === 'missing' ? mail : mail.place, mail_is_read: mail === null || mail === 'missing' ? null : mail.isRead,
    settled_voicemail: settled?.voicemail ?? null, settled_is_read: settled?.isRead ?? null, settled_is_trash: settled?.isTrash ?? null, wish: pair.wish,
    begun: pair.begun === null ? null : JSON.stringify(pair.begun),
    delivery_began_at: at(pair.deliveryBeganAt), missing_since: at(pair.missingSince), has_audio: pair.hasAudio, binned_at: at(pair.binnedAt), removed_by_us: pair.removedByUs, trouble: pair.trouble,
  };
}
