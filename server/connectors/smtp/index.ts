import { readFile } from 'node:fs/promises';
import type { SecureContext } from 'node:tls';
import { TheirError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Connector, ConnectorStatus } from '../../ports/connector.ts';
import type { MailNotifier } from '../../ports/mail-notifier.ts';
import type { MailSender } from '../../ports/mail-sender.ts';
import { trusting } from '../../outbound/trusted.ts';
import { createSmtpTokens } from './client/tokens.ts';
import type { SessionOptions } from './client/session.ts';
import type { SmtpConfig } from './config.ts';
import type { SmtpOptions } from './hand-over.ts';
import { createSmtpNotifier } from './mail-notifier.ts';
import { createSmtpSender } from './mail-sender.ts';

export { smtpConfig } from './config.ts';

export interface SmtpConnector extends Connector {
  readonly mailSender: MailSender;
  readonly mailNotifier: MailNotifier;
}

/** A mail server for what we send. It is first spoken to with the first mail. */
export function createSmtp({ config, clock, env, ca }: { config: SmtpConfig; clock: Clock; env: Readonly<Record<string, string | undefined>>; ca: string | undefined }): SmtpConnector {
  const { instance, type, host, port, security, username, passwordEnv, oauth, from, caFile, deadlineMs, maxAudioBytes } = config;
  const watchers = new Set<(status: ConnectorStatus) => void>();
  let current: ConnectorStatus = { instance, type, state: 'ready', since: clock.now(), capabilities: ['mail'], gaps: [] };
  const tokens = oauth && createSmtpTokens({ instance, tokenUrl: oauth.tokenUrl, clientId: oauth.clientId, secret: secretOf(oauth.clientSecretEnv), clock });

  function secretOf(name: string): string {
    return env[name] ?? '';
  }

  async function authOf(): Promise<SessionOptions['auth']> {
    if (username === undefined) return null;
    if (tokens && oauth) return { user: username, token: await tokens.get(oauth.scope) };
    return { user: username, password: secretOf(passwordEnv ?? '') };
  }

  async function trusted(): Promise<SecureContext | undefined> {
    const own = caFile === undefined ? undefined : await readFile(caFile, 'utf8').catch((cause: unknown) => {
      throw new TheirError(instance, 'unavailable', 'the file of the certificate authority cannot be read', { cause, remedy: 'Correct caFile, or give the server\'s user the right to read it.' });
    });
    return trusting([ca, own]);
  }

  function refresh(trouble: TheirError | null): void {
    const state = trouble === null ? 'ready' : trouble.fault === 'denied' ? 'refused' : 'down';
    const gaps = trouble === null ? [] : [{ capability: 'mail', reason: trouble.message, remedy: trouble.remedy ?? 'See that this server reaches the mail server, and what its log says.' }];
    current = { ...current, state, gaps, since: state === current.state ? current.since : clock.now() };
    for (const fn of watchers) fn(current);
  }

  const options: SmtpOptions = { instance, from, deadlineMs, clock, onOutcome: refresh, session: async () => ({ instance, host, port, security, secureContext: await trusted(), auth: await authOf() }) };

  return {
    instance,
    type,
    doors: [],
    mailSender: createSmtpSender(options),
    mailNotifier: createSmtpNotifier({ ...options, maxAudioBytes }),
    status: () => current,
    onStatus(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    async start() {
      // Nothing to keep: each mail has a connection of its own.
    },
    async stop() {
      // As above.
    },
  };
}
