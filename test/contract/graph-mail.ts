import type { MailMessage } from '../../lab/exchange/index.ts';
import type { GraphConfigInput } from '../../server/connectors/graph/index.ts';
import { ada } from '../support/lab-mail.ts';
import type { MailWorld } from './mail-store.ts';
import { startGraphLab } from './graph-calendar.ts';
import type { GraphLab } from './graph-calendar.ts';

const folders = { inbox: 'inbox', elsewhere: 'archive', trash: 'deleteditems' } as const;

export interface GraphMailWorld extends MailWorld { graphLab: GraphLab; mail(messageId: string): MailMessage }

/** Microsoft 365 as the stand-in plays it, with Ada at her mailbox. */
export async function graphMailWorld(config: Partial<GraphConfigInput> = {}): Promise<GraphMailWorld> {
  const graphLab = await startGraphLab({ more: { startAt: '2026-11-21T09:00:00Z' }, config });
  const { lab, graph, marked } = graphLab;
  const { mail: room } = lab.exchange;

  function mail(messageId: string): MailMessage {
    const found = room.list(ada).find(({ internetMessageId }) => internetMessageId === `<${messageId}>`);
    if (!found) throw new Error(`there is no mail ${messageId}`);
    return found;
  }

  async function settle(): Promise<void> {
    // Graph gathers for a moment of its clock; the posts themselves take real time.
    lab.clock.advance(200);
    while (lab.graph.pendingNotifications() > 0) await new Promise(setImmediate);
  }

  return {
    graphLab,
    mail,
    store: graph.mailStore,
    address: ada,
    read: async (messageId, isRead) => void room.update(ada, mail(messageId).id, { isRead }),
    move: async (messageId, place) => void room.move(ada, mail(messageId).id, folders[place]),
    destroy: async (messageId) => room.destroy(ada, mail(messageId).id),
    async notice(voicemailId) {
      const messageId = `asterisk-${voicemailId}@pbx.test`;
      room.arrive(ada, { subject: 'New message', internetMessageId: `<${messageId}>`, headers: [{ name: 'X-Asterisk-VM-Message-ID', value: voicemailId }] });
      return messageId;
    },
    async look(messageId) {
      const { subject, from, importance, attachments } = mail(messageId);
      return { subject, from: from.name, isUrgent: importance === 'high', attachments: attachments.map(({ name, content }) => ({ name, size: content.length })) };
    },
    async fill() {
      room.quota(ada, 0);
      return async () => room.quota(ada, null);
    },
    async loseAnswer() {
      lab.graph.faults.loseReply(0, { method: 'POST' }, 1);
      return true;
    },
    async forget() {
      lab.graph.expireDeltaTokens();
      return true;
    },
    async cut() {
      lab.graph.faults.status(503);
      return async () => lab.graph.faults.mend();
    },
    async folderOf(messageId) {
      const all = room.folders(ada);
      const names: string[] = [];
      for (let at = all.find(({ id }) => id === mail(messageId).folderId); at; at = all.find(({ key }) => key === at?.parentKey)) names.unshift(at.wellKnownName === 'inbox' ? 'INBOX' : at.displayName);
      return names.join('/');
    },
    async renameFolder(from, to) {
      const folder = room.folders(ada).find(({ displayName }) => displayName === from);
      if (!folder) throw new Error(`there is no folder ${from}`);
      room.renameFolder(ada, folder.id, to);
    },
    async told() {
      await settle();
      return marked.splice(0);
    },
    // Nothing that is asked waits for the lab's clock: repetitions come at once. But a second passes with each, or many cases would use up what their mailbox may be asked at one instant.
    through(outcome) {
      lab.clock.advance(1_000);
      return outcome;
    },
    async until(what, holds) {
      for (let left = 20; left > 0; left--) {
        if (await holds()) return;
        await settle();
      }
      throw new Error(`never happened: ${what}`);
    },
    stop: graphLab.stop,
  };
}
