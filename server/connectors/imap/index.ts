import { readFile } from 'node:fs/promises';
import { TheirError } from '../../domain/errors.ts';
import { keepStatus } from '../../outbound/connector-status.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Connector, ConnectorStatus, Gap } from '../../ports/connector.ts';
import type { Log } from '../../ports/log.ts';
import type { MailStore } from '../../ports/mail-store.ts';
import type { Wake } from '../../ports/wake.ts';
import { createFormPost } from './client/http.ts';
import { createTokens } from './client/tokens.ts';
import type { ImapConfig } from './config.ts';
import { createMailStore } from './mail-store.ts';
import { createSignIn } from './sign-in.ts';

export { imapConfig } from './config.ts';
export type { ImapConfig, ImapConfigInput } from './config.ts';

export interface ImapConnector extends Connector {
  readonly mailStore: MailStore;
  /** Mailboxes that the server pushes, and that we look at from time to time. */
  watched(): { standing: number; polled: number };
}

export interface ImapOptions {
  config: ImapConfig;
  clock: Clock;
  log: Log;
  wake: Wake;
  /** Certificate authorities to trust besides the public ones, PEM. */
  ca?: string | undefined;
  env?: Readonly<Record<string, string | undefined>>;
  /** Gives [0, 1); spreads repetitions. */
  random?: () => number;
}

/** One IMAP server. Nothing is connected before a mailbox is asked for. */
export function createImap({ config, clock, log: parentLog, wake, ca, env = process.env, random = Math.random }: ImapOptions): ImapConnector {
  const { instance, deadlines } = config;
  const log = parentLog.child({ connector: instance });
  let contact: null | 'reached' | TheirError = null;

  async function trusted(): Promise<string | undefined> {
    const more = config.caFile === undefined ? undefined : await readFile(config.caFile, 'utf8').catch((cause: unknown) => {
      throw new TheirError(instance, 'unavailable', 'the file of the certificate authority cannot be read', { cause, remedy: 'Correct caFile, or give the server\'s user the right to read it.' });
    });
    const all = [ca, more].filter((each) => each !== undefined);
    return all.length === 0 ? undefined : all.join('\n');
  }

  const form = createFormPost({ connector: instance, clock, ms: deadlines.connectMs, ca: trusted });
  const tokens = createTokens({ config, env, post: form.post, clock, random });
  const signIn = createSignIn({
    config, env, ca: trusted, tokens, clock,
    onContact(trouble) {
      // One mailbox that refuses us says nothing about the server when others let us in.
      contact = trouble === null ? 'reached' : trouble.fault === 'denied' && contact === 'reached' ? contact : trouble;
      kept.refresh();
    },
  });
  const store = createMailStore({ config, clock, random, wake, signIn, onRefusedFolder: (mailbox, error) => log.warn({ mailbox, err: error.message }, 'the folder for voicemail cannot be made: its mails go to the inbox'), onLostWake: (error) => log.error({ err: error }, 'a change in a mailbox could not be kept') });

  function look(since: number): ConnectorStatus {
    const gaps: Gap[] = contact === null || contact === 'reached' ? [] : [{ capability: 'mail', reason: contact.message, remedy: contact.remedy ?? 'We keep trying; see the mail server\'s own log if it stays.' }];
    const state = contact === null ? 'starting' : contact === 'reached' ? 'ready' : contact.fault === 'denied' ? 'refused' : 'down';
    return { instance, type: config.type, since, state, capabilities: state === 'ready' ? ['mail', 'notifications'] : [], gaps };
  }

  const kept = keepStatus({ look, clock, log });

  return {
    instance,
    type: config.type,
    mailStore: store.port,
    doors: [],
    watched: store.watched,
    status: kept.status,
    onStatus: kept.onStatus,
    async start() {
      if (config.auth.masterUser) log.warn({}, 'a master user opens the mailboxes: prefer OAuth 2 where the server has it');
    },
    async stop() {
      store.close();
      await form.close();
    },
  };
}
