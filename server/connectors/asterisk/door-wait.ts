import { TheirError } from '../../domain/errors.ts';
import { withDeadline } from '../../outbound/deadline.ts';
import type { Admission, Knocker, Verdict } from '../../ports/admission.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Call } from './client/agi/commands.ts';
import type { PromptsConfig } from './prompts-config.ts';
import type { Speaker } from './speaker.ts';

/** Between two questions whether somebody may come in, ms: what a host sees as "at once", and half a minute's patience for 15 questions. */
const askEveryMs = 2_000;

export interface DoorOptions {
  admission: Admission;
  clock: Clock;
  log: Log;
  instance: string;
  prompts: PromptsConfig;
  /** Deadline of one question, ms. */
  admissionMs: number;
}

/**
 * A caller whom nobody knows waits outside the room, with music, until a host lets them in. ConfBridge has no lobby, so they are not in the room and hear nothing of it.
 * Null when we cannot decide: then nobody is let in. Throws TheirError 'gone' when they hang up.
 */
export async function waitAtDoor({ admission, clock, log, instance, prompts, admissionMs }: DoorOptions, room: string, knocker: Knocker, call: Call, speaker: Speaker): Promise<Verdict | null> {
  const ask = (): Promise<Verdict | null> =>
    withDeadline({ clock, connector: instance, what: 'our own decision about a caller at the door', ms: admissionMs }, () => admission.atDoor(room, knocker));
  let isPlaying = false;
  try {
    // Asked before anything is said: the host sees them while they still hear that they have to wait.
    let verdict = await ask();
    if (verdict === null) {
      await speaker.say(prompts.atDoor);
      isPlaying = await call.run('StartMusicOnHold', '', admissionMs);
    }
    while (verdict === null) {
      await call.pause(askEveryMs);
      verdict = await ask();
    }
    if (isPlaying) await call.run('StopMusicOnHold', '', admissionMs);
    return verdict;
  } catch (error) {
    const isThere = !(error instanceof TheirError && error.fault === 'gone');
    // What is said next would be said into the music.
    if (isPlaying && isThere) await call.run('StopMusicOnHold', '', admissionMs);
    await admission.leftDoor(room, knocker).catch((cause: unknown) => log.warn({ err: cause }, 'dial-in: who left the door is shown a little longer'));
    throw error;
  }
}
