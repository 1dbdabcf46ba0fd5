import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLabClock } from '../../lab/clock.ts';
import { createSmtp as createSmtpLab } from '../../lab/smtp/index.ts';
import { localCertificate } from '../../certs/make.ts';
import { createMemoryMailNotifier } from '../../server/connectors/memory/index.ts';
import { smtpConfig } from '../../server/connectors/smtp/config.ts';
import { createSmtp } from '../../server/connectors/smtp/index.ts';
import { ada, bob } from '../support/lab-mail.ts';
import { startGraphLab } from './graph-calendar.ts';
import { mailNotifierContract, type NotifierWorld } from './mail-notifier.ts';

function memoryWorld(): NotifierWorld {
  const memory = createMemoryMailNotifier({ instance: 'memory' });
  return {
    notifier: memory.port, address: ada, behave: memory.behave, stop: async () => undefined,
    arrived: () => memory.outbox.map(({ to, draft: { messageId, subject, key, isUrgent, audio } }) => ({ to, messageId, subject, key, isUrgent, attachments: audio ? [{ name: audio.fileName, size: audio.bytes.length }] : [] })),
  };
}

async function smtpWorld(): Promise<NotifierWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'tieline-notifier-'));
  const { key, cert, ca } = await localCertificate(folder);
  const clock = createLabClock({ startAt: Date.UTC(2026, 10, 21, 9), paused: true });
  const lab = await createSmtpLab({ clock, key, cert });
  const env: Record<string, string> = { SMTP_PASSWORD: lab.password };
  const config = smtpConfig.parse({ type: 'smtp', instance: 'mail', host: 'localhost', port: lab.port, from: 'tieline@example.com', username: lab.user, passwordEnv: 'SMTP_PASSWORD' });
  return {
    notifier: createSmtp({ config, clock, env, ca }).mailNotifier, address: ada,
    arrived: () => lab.outbox.map(({ to, messageId, subject, headers, attachments }) => ({
      to: to.join(), messageId: messageId.replaceAll(/[<>]/g, ''), subject, key: headers['x-tieline-voicemail'] ?? '', isUrgent: headers['importance'] === 'high', attachments: [...attachments],
    })),
    behave(how) {
      lab.fault = ({ away: 'later', silent: 'lost', refuses: 'no', denies: 'none' } as const)[how];
      if (how === 'denies') env['SMTP_PASSWORD'] = 'of last year';
    },
    async stop() {
      await lab.close();
      clock.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function graphWorld(): Promise<NotifierWorld> {
  const { lab, graph, stop } = await startGraphLab({ config: { sendFrom: bob } });
  if (!graph.mailNotifier) throw new Error('a graph connector with sendFrom sends');
  const faults = { away: () => lab.graph.faults.status(503), silent: () => lab.graph.faults.loseReply(0, { method: 'POST' }, 1), refuses: () => lab.graph.faults.status(400), denies: () => lab.graph.faults.status(403) };
  return {
    notifier: graph.mailNotifier, address: ada, stop,
    arrived: () => lab.exchange.mail.list(ada).map(({ internetMessageId, subject, importance, headers, attachments }) => ({
      to: ada, messageId: internetMessageId.replaceAll(/[<>]/g, ''), subject, key: headers.find(({ name }) => name === 'X-Tieline-Voicemail')?.value ?? '', isUrgent: importance === 'high',
      attachments: attachments.map(({ name, content }) => ({ name, size: content.length })),
    })),
    behave(how) {
      lab.graph.faults.mend();
      faults[how]();
    },
  };
}

mailNotifierContract('memory, the reference', async () => memoryWorld());
mailNotifierContract('SMTP, over the stand-in', smtpWorld);
mailNotifierContract('Graph sendMail, over the stand-in', graphWorld);
