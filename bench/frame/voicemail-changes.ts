import type { GraphMailWorld } from './graph-mail-world.ts';
import type { Engine } from './voicemail-engine.ts';
import { until } from './wait.ts';

/** Lags, ms of the world's clock. */
export interface Lags { toMail: number[]; toPhone: number[] }

/** All at once: a new message for each of these people, and each is read in Outlook as soon as it is there. Throws when one does not arrive, or on the wrong side. */
export async function leaveAndRead(engine: Engine, { clock, exchange }: Pick<GraphMailWorld, 'clock' | 'exchange'>, logins: readonly string[], caller: string): Promise<Lags> {
  const lags: Lags = { toMail: [], toPhone: [] };
  const options = { everyMs: 20, patienceMs: 120_000 };
  const mailOf = (login: string) => exchange.mail.list(login).find(({ subject }) => subject.includes(caller));
  await Promise.all(logins.map(async (login) => {
    let from = clock.now();
    const message = engine.pbx.boxes.leave(engine.boxOf(login), { callerName: caller });
    if (!message) throw new Error(`${login}: the box is full`);
    const mail = await until('the mail is there', async () => mailOf(login), options);
    lags.toMail.push(clock.now() - from);
    from = clock.now();
    exchange.mail.update(login, mail.id, { isRead: true });
    await until('the voicemail is heard', async () => (engine.pbx.boxes.find(engine.boxOf(login), message.copy)?.folder === 'Old' ? true : undefined), options);
    lags.toPhone.push(clock.now() - from);
  }));
  return lags;
}
