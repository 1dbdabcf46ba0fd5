import type { Header } from '../packet.ts';
import { yesNo } from '../packet.ts';
import type { Action, ActionFamily } from '../action.ts';
import type { Exchange } from '../../exchange.ts';
import type { Request } from '../request.ts';
import { type Box, boxName, readBoxName } from '../../voicemail/boxes.ts';
import type { Claim } from '../../voicemail/writes.ts';

const readers = ['call', 'reporting'];
const writers = ['user'];

/** The settings of a box. An address that is not set prints as C prints a null pointer (tried). */
function userRow({ voicemail }: Exchange, box: Box): Header[] {
  const counts = voicemail.spool.counts(box);
  return [
    ['VMContext', box.context], ['VoiceMailbox', box.mailbox], ['Fullname', box.fullname], ['Email', box.email || '(null)'], ['Pager', ''], ['ServerEmail', 'asterisk'], ['FromString', ''],
    ['MailCommand', '/usr/sbin/sendmail -t'], ['Language', ''], ['TimeZone', box.zone], ['Callback', ''], ['Dialout', ''], ['UniqueID', ''], ['ExitContext', ''], ['SayDurationMinimum', 2],
    ['SayEnvelope', 'Yes'], ['SayCID', 'No'], ['AttachMessage', yesNo(box.attach)], ['AttachmentFormat', ''], ['DeleteMessage', yesNo(box.deletes)], ['VolumeGain', '0.00'], ['CanReview', 'No'],
    ['CanMarkUrgent', 'Yes'], ['CallOperator', 'No'], ['MaxMessageCount', box.maxMessages], ['MaxMessageLength', 0], ['NewMessageCount', counts.new], ['OldMessageCount', counts.old],
  ];
}

/** The first of these that the request lacks. */
function missing(request: Request, names: readonly string[]): string | undefined {
  return names.find((name) => request.header(name) === '');
}

/** A change: what is missing is an error, what failed is a Success with a line feed too many (tried, to the byte). */
function change(name: string, synopsis: string, word: string, needs: readonly string[], run: (exchange: Exchange, request: Request) => Claim): Action {
  return {
    name, synopsis, classes: writers, fromModule: true,
    async run(exchange, request, reply) {
      const lacks = missing(request, needs);
      if (lacks !== undefined) return reply.error(`${lacks} not specified, required`);
      const { ok, tookMs } = run(exchange, request);
      if (tookMs > 0) await exchange.clock.sleep(tookMs);
      reply.ack(`Message ${word} ${ok ? 'successful' : 'failed'}\n`);
    },
  };
}

function address(request: Request): { mailbox: string; context: string; folder: string; id: string } {
  return { mailbox: request.header('Mailbox'), context: request.header('Context'), folder: request.header('Folder'), id: request.header('ID') };
}

function one(request: Request, exchange: Exchange): Box | undefined {
  return exchange.voicemail.spool.box(request.header('Mailbox'), request.header('Context'));
}

const needs = ['Mailbox', 'Context', 'Folder', 'ID'];

export const voicemailActions: ActionFamily = [
  {
    name: 'VoicemailUsersList', synopsis: 'List All Voicemail User Information.', classes: readers, fromModule: true,
    run(exchange, _, reply) {
      const boxes = exchange.voicemail.spool.boxes();
      if (boxes.length === 0) return reply.ack('There are no voicemail users currently defined.');
      reply.list({ message: 'Voicemail user list will follow', event: 'VoicemailUserEntry', rows: boxes.map((box) => userRow(exchange, box)), complete: 'VoicemailUserEntryComplete' });
    },
  },
  {
    name: 'VoicemailUserStatus', synopsis: 'Show the status of given voicemail user\'s info.', classes: readers, fromModule: true,
    run(exchange, request, reply) {
      if (missing(request, ['Context', 'Mailbox'])) return reply.error("Need 'Context' and 'Mailbox' parameters.");
      const box = one(request, exchange);
      if (!box) return reply.ack('There is no voicemail user of the given info.');
      reply.list({ message: 'Voicemail user detail will follow', event: 'VoicemailUserDetail', rows: [userRow(exchange, box)], complete: 'VoicemailUserDetailComplete' });
    },
  },
  {
    name: 'VoicemailBoxSummary', synopsis: 'Show the mailbox contents of given voicemail user.', classes: readers, fromModule: true,
    run(exchange, request, reply) {
      if (missing(request, ['Context', 'Mailbox'])) return reply.error("Need 'Context' and 'Mailbox' parameters.");
      const box = one(request, exchange);
      if (!box) return reply.ack('There is no voicemail user matching the given user.');
      const rows = exchange.voicemail.spool.summary(box).map(({ folder, callerId, date, duration, flag, id }): Header[] => [
        ['Folder', folder], ['CallerID', callerId], ['Date', date], ['Duration', duration], ['Flag', flag], ['ID', id],
      ]);
      reply.list({ message: 'Voicemail box detail will follow', event: 'VoicemailBoxDetail', rows, complete: 'VoicemailBoxDetailComplete' });
    },
  },
  change('VoicemailMove', 'Move Voicemail between mailbox folders of given user.', 'move', [...needs, 'ToFolder'], ({ voicemail }, request) => voicemail.writes.move(address(request), request.header('ToFolder'))),
  change('VoicemailRemove', 'Remove Voicemail from mailbox folder.', 'remove', needs, ({ voicemail }, request) => voicemail.writes.remove(address(request))),
  change('VoicemailForward', 'Forward Voicemail from one mailbox folder to another between given users.', 'forward', [...needs, 'ToMailbox', 'ToContext', 'ToFolder'], ({ voicemail }, request) => voicemail.writes.forward(
    address(request), { mailbox: request.header('ToMailbox'), context: request.header('ToContext'), folder: request.header('ToFolder') },
  )),
  {
    name: 'VoicemailRefresh', synopsis: 'Tell Asterisk to poll mailboxes for a change', classes: writers, fromModule: true,
    run({ voicemail }, request, reply) {
      const [mailbox, context] = [request.header('Mailbox'), request.header('Context')];
      voicemail.waiting.refresh((box) => (mailbox === '' || box.mailbox === mailbox) && (context === '' || box.context === context));
      reply.ack('Refresh sent');
    },
  },
  {
    name: 'MailboxCount', synopsis: 'Check Mailbox Message Count.', classes: readers, fromModule: false,
    run({ voicemail }, request, reply) {
      const mailbox = request.header('Mailbox');
      if (mailbox === '') return reply.error('Mailbox not specified');
      const box = voicemail.box(mailbox);
      const counts = box ? voicemail.spool.counts(box) : { urgent: 0, new: 0, old: 0 };
      reply.plain('Success', [
        ['Message', 'Mailbox Message Count'], ['Mailbox', mailbox], ['UrgMessages', counts.urgent], ['NewMessages', counts.new - counts.urgent], ['OldMessages', counts.old],
      ]);
    },
  },
  {
    name: 'MailboxStatus', synopsis: 'Check mailbox.', classes: readers, fromModule: false,
    run({ voicemail }, request, reply) {
      const mailbox = request.header('Mailbox');
      if (mailbox === '') return reply.error('Mailbox not specified');
      const { mailbox: number, context } = readBoxName(mailbox);
      const box = voicemail.spool.box(number, context);
      reply.plain('Success', [['Message', 'Mailbox Status'], ['Mailbox', box ? boxName(box) : mailbox], ['Waiting', box && voicemail.spool.counts(box).new > 0 ? 1 : 0]]);
    },
  },
];
