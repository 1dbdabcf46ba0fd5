import { TheirError } from '../../../domain/errors.ts';
import { withDeadline } from '../../../outbound/deadline.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Greetings } from '../../../ports/greeting-store.ts';
import type { Log } from '../../../ports/log.ts';
import { createCall } from '../client/agi/commands.ts';
import type { AgiSession } from '../client/agi/session.ts';

export interface GreetingOptions {
  instance: string;
  clock: Clock;
  log: Log;
  greetings: Greetings;
  /** How long the caller waits for our word, and how long one greeting may last, ms. */
  answerMs: number;
  stepMs: number;
}

const extensionShape = /^[\w*#.-]{1,40}$/;

/**
 * Somebody is about to be led to a voicemail box: plays the greeting that the owner's state asks for and says so to the dialplan, which then leaves out the person's own recording.
 * Whatever goes wrong here (nothing chosen, no answer in time, no such file) leaves `TIELINE_GREETED` unset, and the own recording plays.
 */
export function createGreetingConversation({ instance, clock, log: parentLog, greetings, answerMs, stepMs }: GreetingOptions): (session: AgiSession) => Promise<void> {
  return async function greet(session): Promise<void> {
    const { uniqueId, language, argument } = session.environment;
    const log = parentLog.child({ callId: uniqueId });
    if (!extensionShape.test(argument)) return log.warn({}, 'greeting: the dialplan named no extension');
    try {
      const sound = await withDeadline({ clock, connector: instance, what: 'our word on a greeting', ms: answerMs }, () => greetings.greetingFor({ instance, extension: argument, language: language.slice(0, 2).toLowerCase() }));
      if (sound === null) return;
      const call = createCall(session, { connector: instance, stepMs });
      if (await call.play(sound)) await call.set('TIELINE_GREETED', '1');
      else log.warn({ sound }, 'greeting: the PBX does not find the sound; the own recording plays');
    } catch (error) {
      if (error instanceof TheirError && error.fault === 'gone') return log.debug({}, 'greeting: the caller hung up');
      log.warn({ err: error }, 'greeting: no word in time; the own recording plays');
    }
  };
}
