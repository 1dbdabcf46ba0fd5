import type { ImapFlow } from 'imapflow';
import PostalMime from 'postal-mime';
import { openMailProgram } from '../support/dovecot-mail.ts';
import type { DovecotLab } from '../support/dovecot-mail.ts';
import type { MailWorld } from './mail-store.ts';

/** Where the program sees a mail; null when it sees none. */
async function seek(program: ImapFlow, messageId: string): Promise<{ path: string; uid: number } | null> {
  for (const { path, flags } of await program.list()) {
    // What is there only because something lies below it.
    if (flags.has('\\Noselect') || flags.has('\\NonExistent')) continue;
    await program.mailboxOpen(path);
    const found = await program.search({ header: { 'message-id': `<${messageId}>` } }, { uid: true });
    const uid = Array.isArray(found) ? found[0] : undefined;
    if (uid !== undefined) return { path, uid };
  }
  return null;
}

/** Somebody with a fresh mailbox at a real Dovecot, which several worlds share: starting one takes a second. */
export async function dovecotMailWorld({ dovecot, connector, marked }: DovecotLab, login: string): Promise<MailWorld> {
  let program = await openMailProgram(dovecot, login);
  marked.length = 0;

  async function at<T>(messageId: string, run: (place: { path: string; uid: number }) => Promise<T>): Promise<T> {
    const place = await seek(program, messageId);
    if (!place) throw new Error(`there is no mail ${messageId}`);
    await program.mailboxOpen(place.path);
    return run(place);
  }

  return {
    store: connector.mailStore,
    address: login,
    read: (messageId, isRead) => at(messageId, async ({ uid }) => void (isRead ? await program.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true }) : await program.messageFlagsRemove(String(uid), ['\\Seen'], { uid: true }))),
    move: (messageId, place) => at(messageId, async ({ uid }) => void (await program.messageMove(String(uid), place === 'trash' ? 'Trash' : place === 'inbox' ? 'INBOX' : 'Archive', { uid: true }))),
    destroy: (messageId) => at(messageId, async ({ uid }) => void (await program.messageDelete(String(uid), { uid: true }))),
    async notice(voicemailId) {
      const messageId = `asterisk-${voicemailId}@pbx.test`;
      await program.append('INBOX', `From: pbx@contoso.test\r\nTo: ${login}\r\nSubject: New message\r\nMessage-ID: <${messageId}>\r\nX-Asterisk-VM-Message-ID: ${voicemailId}\r\n\r\nHello\r\n`);
      return messageId;
    },
    look: (messageId) => at(messageId, async ({ uid }) => {
      const message = await program.fetchOne(String(uid), { source: true }, { uid: true });
      if (!message || !message.source) return null;
      const { subject = '', from, headers, attachments } = await PostalMime.parse(message.source);
      return {
        subject, from: from?.name ?? '', isUrgent: headers.some(({ key, value }) => key === 'importance' && value.toLowerCase() === 'high'),
        attachments: attachments.map(({ filename, content }) => ({ name: filename ?? '', size: typeof content === 'string' ? content.length : content.byteLength })),
      };
    }),
    async folderOf(messageId) {
      const place = await seek(program, messageId);
      if (!place) throw new Error(`there is no mail ${messageId}`);
      return place.path;
    },
    renameFolder: async (from, to) => void (await program.mailboxRename(from, to)),
    fill: async () => null,
    loseAnswer: async () => null,
    forget: async () => null,
    async cut() {
      program.close();
      await dovecot.stop();
      return async () => {
        await dovecot.start();
        program = await openMailProgram(dovecot, login);
      };
    },
    async told() {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return marked.splice(0);
    },
    through: (outcome) => outcome,
    async until(what, holds) {
      const deadline = Date.now() + 20_000;
      while (!(await holds())) {
        if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await connector.mailStore.unwatch({ instance: connector.instance, id: login }, 'watch');
      program.close();
    },
  };
}
