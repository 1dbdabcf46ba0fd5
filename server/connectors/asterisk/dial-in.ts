import { OurError, TheirError } from '../../domain/errors.ts';
import { withDeadline } from '../../outbound/deadline.ts';
import type { Admission, Verdict } from '../../ports/admission.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DialOut } from '../../ports/conference-bridge.ts';
import type { Log } from '../../ports/log.ts';
import { createCall } from './client/agi/commands.ts';
import type { Call } from './client/agi/commands.ts';
import type { AgiSession } from './client/agi/session.ts';
import type { AsteriskConfig } from './config.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import type { PromptsConfig } from './prompts-config.ts';
import { waitAtDoor } from './door-wait.ts';
import { cleanText } from './schema.ts';
import { createSpeaker } from './speaker.ts';
import type { Speaker } from './speaker.ts';
import { spokenTime } from './spoken-time.ts';

type Admitted = Extract<Verdict, { admit: true }>;
type Refused = Extract<Verdict, { admit: false }>;
/** How somebody comes in, whoever decided that they may. */
type Entrance = Omit<Admitted, 'admit' | 'conferenceId' | 'until'>;

export interface DialInOptions {
  config: AsteriskConfig;
  clock: Clock;
  log: Log;
  admission: Admission;
  doorkeeper: Doorkeeper;
  /** The call that we began ourselves and that was answered, by its channel's id; null for everybody who dials in. */
  answered: (uniqueId: string) => DialOut | null;
  onMissingSound: (sound: string) => void;
}

/** Entries in one call. Guesses over many calls are counted by Admission. */
const mostTries = 3;

/** Longer than any code we give out; more digits are noise. */
const mostDigits = 20;

/** What is said for each refusal. */
const promptFor: Record<Refused['refusal'], Exclude<keyof PromptsConfig, 'askCode' | 'atDoor' | 'missing' | 'times'>> = {
  'unknown-code': 'unknownCode',
  // Asked by the join page only.
  'passcode-needed': 'unknownCode',
  'wrong-passcode': 'unknownCode',
  'locked-out': 'lockedOut',
  'too-early': 'tooEarly',
  ended: 'ended',
  cancelled: 'cancelled',
  'not-sent': 'notSent',
  full: 'full',
  'lobby-closed': 'lobbyClosed',
};

/** Digits of an entry. A star begins anew, so that a slip of the finger needs no second call. */
export function codeOf(typed: string): string {
  return typed.slice(typed.lastIndexOf('*') + 1).replaceAll(/\D/g, '');
}

/** The conversation with everybody who dials in: ask for the code, let Admission decide, lead into the room or say why not. Codes are never logged. */
export function createDialIn(options: DialInOptions): (session: AgiSession) => Promise<void> {
  const { config, clock, admission, doorkeeper } = options;
  const { instance, prompts, deadlines, profiles } = config;

  return async function converse(session): Promise<void> {
    const log = options.log.child({ callId: session.environment.uniqueId });
    const call = createCall(session, { connector: instance, stepMs: deadlines.stepMs });
    const speaker = createSpeaker(call, { prompts, log, onMissing: options.onMissingSound });
    try {
      await call.answer();
      const called = options.answered(session.environment.uniqueId);
      if (called) await lead(called, call, speaker, session, log);
      else await serve(call, speaker, session, log);
      await call.hangUp();
    } catch (error) {
      // Somebody who hangs up is the usual end of a call.
      if (error instanceof TheirError && error.fault === 'gone') return log.debug({}, 'dial-in: the caller hung up');
      log.warn({ err: error }, 'dial-in: the call was given up');
    }
  };

  async function serve(call: Call, speaker: Speaker, session: AgiSession, log: Log): Promise<void> {
    for (let attempt = 1; attempt <= mostTries; attempt++) {
      const code = codeOf(await speaker.ask(prompts.askCode, deadlines.entryMs, mostDigits));
      if (code === '') continue;
      const verdict = await decide(code, session, log);
      if (verdict === null) return speaker.say([...prompts.serviceAway, ...prompts.goodbye]);
      if (verdict.admit) return admit(verdict, call, speaker, session, log.child({ conferenceId: verdict.conferenceId }));
      log.info({ refusal: verdict.refusal, attempt }, 'dial-in: refused');
      await refuse(verdict, call, speaker);
      if (!verdict.mayRetry) break;
    }
    await speaker.say(prompts.goodbye);
  }

  /** Somebody whom we called: they were let in before it rang. The others see whom we called, not who the trunk says they are. */
  async function lead(called: DialOut, call: Call, speaker: Speaker, session: AgiSession, log: Log): Promise<void> {
    await call.set('CALLERID(num)', called.number);
    // Asterisk shows quotes and backslashes in names escaped.
    await call.set('CALLERID(name)', cleanText(called.name.replaceAll(/["\\]/g, '')));
    await admit({ ...called, endsWithHost: false }, call, speaker, session, log, called);
  }

  /** Null when we cannot decide: then nobody is let in. */
  async function decide(code: string, { environment }: AgiSession, log: Log): Promise<Verdict | null> {
    const caller = { instance, number: cleanText(environment.callerNumber), callId: cleanText(environment.uniqueId) };
    try {
      const deadline = { clock, connector: instance, what: 'our own decision about a caller', ms: deadlines.admissionMs };
      return await withDeadline(deadline, () => admission.decideByCode(code, caller));
    } catch (error) {
      log.error({ err: error }, 'dial-in: no decision, so nobody is let in');
      return null;
    }
  }

  async function refuse(verdict: Refused, call: Call, speaker: Speaker): Promise<void> {
    await speak(verdict.language, call);
    await speaker.say(prompts[promptFor[verdict.refusal]]);
    if (verdict.opensAt === undefined) return;
    const time = spokenTime(verdict.opensAt, clock.now(), verdict.timeZone, verdict.language, prompts.times);
    await call.sayTime(verdict.opensAt, time.format, time.zone);
  }

  /** At the door first, where somebody has to say yes. Null: they were sent away, or nobody could decide. */
  async function pastDoor(entrance: Entrance, call: Call, speaker: Speaker, { environment }: AgiSession, log: Log, called?: DialOut): Promise<Entrance | null> {
    if (!entrance.asksToBeLetIn) return entrance;
    await speak(entrance.language, call);
    const knocker = {
      instance, callId: cleanText(environment.uniqueId), number: called?.number ?? cleanText(environment.callerNumber), name: called?.name ?? cleanText(environment.callerName),
    };
    log.info({}, 'dial-in: waits to be let in');
    const verdict = await waitAtDoor({ admission, clock, log, instance, prompts, admissionMs: deadlines.admissionMs }, entrance.room, knocker, call, speaker).catch((error: unknown) => {
      if (error instanceof TheirError && error.fault === 'gone') throw error;
      log.error({ err: error }, 'dial-in: no decision, so nobody is let in');
      return null;
    });
    if (verdict?.admit) return verdict;
    if (verdict === null) await speaker.say(prompts.serviceAway);
    else await refuse(verdict, call, speaker);
    await speaker.say(prompts.goodbye);
    return null;
  }

  async function admit(entrance: Entrance, call: Call, speaker: Speaker, session: AgiSession, log: Log, called?: DialOut): Promise<void> {
    const verdict = await pastDoor(entrance, call, speaker, session, log, called);
    if (!verdict) return;
    if (!/^[a-z0-9]+$/.test(verdict.room)) throw new OurError('a room with a strange name');
    const leave = doorkeeper.enter(verdict.room);
    if (!leave) {
      log.info({}, 'dial-in: the room was closed in this moment');
      return speaker.say([...prompts.cancelled, ...prompts.goodbye]);
    }
    try {
      await speak(verdict.language, call);
      await prepare(verdict, call);
      log.info({ role: verdict.role }, 'dial-in: let in');
      const isThere = await call.run('ConfBridge', verdict.room, deadlines.callMs);
      if (!isThere) {
        log.error({}, 'dial-in: Asterisk has no application ConfBridge');
        await speaker.say([...prompts.serviceAway, ...prompts.goodbye]);
      }
    } finally {
      leave();
    }
  }

  /** Each must be set before anybody is in: a guest without wait_marked would stand in the room before the host. */
  async function prepare(verdict: Entrance, call: Call): Promise<void> {
    const isHost = verdict.role === 'host';
    if (profiles.user !== undefined) await call.set('CONFBRIDGE(user,template)', profiles.user);
    if (profiles.bridge !== undefined) await call.set('CONFBRIDGE(bridge,template)', profiles.bridge);
    await call.set('CONFBRIDGE(user,admin)', yesNo(isHost));
    await call.set('CONFBRIDGE(user,marked)', yesNo(isHost));
    await call.set('CONFBRIDGE(user,wait_marked)', yesNo(verdict.waitsForHost));
    await call.set('CONFBRIDGE(user,end_marked)', yesNo(verdict.endsWithHost));
    await call.set('CONFBRIDGE(bridge,max_members)', String(verdict.maxMembers));
    // Tells the dialplan that we were here: should we be away when the conference ends, the caller need not hear of it (pbx/asterisk/).
    await call.set('TIELINE_DONE', '1');
  }
}

async function speak(language: string, call: Call): Promise<void> {
  if (/^[a-z]{2}$/.test(language)) await call.set('CHANNEL(language)', language);
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}
