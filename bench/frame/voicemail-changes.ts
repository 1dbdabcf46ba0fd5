import type { GraphMailWorld } from './graph-mail-world.ts';
import type { Engine } from './voicemail-engine.ts';

/** Lags, ms of the world's clock. */
export interface Lags { toMail: number[]; toPhone: number[] }

/** Longest that anything may take, ms of the machine. */
const patienceMs = 120_000;

/** What `ask` finds, now or after one of the changes that `listen` tells: nobody asks again and again, because hundreds who do would be most of what is measured. */
function seen<T>(what: string, listen: (fn: () => void) => () => void, ask: () => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`not within ${patienceMs / 1_000} s: ${what}`));
    }, patienceMs);
    const stop = listen(check);
    function check(): void {
      const answer = ask();
      if (answer === undefined) return;
      clearTimeout(timer);
      stop();
      resolve(answer);
    }
    check();
  });
}

/** All at once: a new message for each of these people, and each is read in Outlook as soon as it is there. Throws when one does not arrive, or on the wrong side. */
export async function leaveAndRead(engine: Engine, { clock, exchange, mailboxOf }: Pick<GraphMailWorld, 'clock' | 'exchange' | 'mailboxOf'>, logins: readonly string[], caller: string): Promise<Lags> {
  const lags: Lags = { toMail: [], toPhone: [] };
  await Promise.all(logins.map(async (login) => {
    const [mailbox, box] = [mailboxOf(login), engine.boxOf(login)];
    let from = clock.now();
    const message = engine.pbx.boxes.leave(box, { callerName: caller });
    if (!message) throw new Error(`${login}: the box is full`);
    const mail = await seen('the mail is there', (fn) => exchange.mail.onChange((change) => void (change.change === 'created' && change.mailboxId === mailbox && fn())), () => exchange.mail.list(login).find(({ subject }) => subject.includes(caller)));
    lags.toMail.push(clock.now() - from);
    from = clock.now();
    exchange.mail.update(login, mail.id, { isRead: true });
    await seen('the voicemail is heard', (fn) => engine.pbx.port.onEvent((event) => void ('box' in event && event.box === box && fn())), () => (engine.pbx.boxes.find(box, message.copy)?.folder === 'Old' ? true : undefined));
    lags.toPhone.push(clock.now() - from);
  }));
  return lags;
}
