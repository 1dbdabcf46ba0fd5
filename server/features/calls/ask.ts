import type { Caller } from '../../../contract/endpoint.ts';
import { UserError } from '../../domain/errors.ts';
import { putWork } from '../../store/work.ts';
import type { CallsDeps, RingablePhone } from './deps.ts';
import { dialable } from './dialable.ts';
import { countCalls, findCall, insertCall, type PhoneCall } from './rows.ts';

/** So many may one person begin within `periodMs`: a press too many costs money, a stolen session much more. */
export const callLimits = { periodMs: 10 * 60_000, most: 20 } as const;

export interface CallAsk {
  id: string;
  number?: string | undefined;
  voicemailId?: string | undefined;
  phone?: { pbx: string; extension: string } | undefined;
}

/** Phones of this person that can be rung from here: their own lines on systems that let us. */
export async function phonesOf({ controls, linesOf }: CallsDeps, tenantId: string, personId: string): Promise<RingablePhone[]> {
  const able = new Set(controls.map((each) => each.instance));
  return (await linesOf(tenantId, personId)).filter((line) => able.has(line.pbx));
}

/**
 * Writes down that somebody wants to be called, as work for the process that has the connection to the phone system. Asked again under the same id it is asked once.
 * @throws UserError 404 for a voicemail of others, 409 without a phone and for a deleted voicemail, 422 for what cannot be dialled or another's phone, 429.
 */
export async function askCall(deps: CallsDeps, caller: Caller & { personId: string }, ask: CallAsk): Promise<PhoneCall> {
  const { tenantId, personId } = caller;
  const known = await findCall(deps.store.db, tenantId, ask.id);
  if (known) return own(known, personId);
  const message = ask.voicemailId === undefined ? null : { voicemailId: ask.voicemailId, ...(await deps.messageFor(caller, ask.voicemailId)) };
  const number = message ? '' : dialable(ask.number ?? '');
  if (number === null) throw new UserError(422, { code: 'number-wrong', field: 'number', message: 'This is no number that can be dialled.', remedy: 'Write an extension, or a number with + and country code.' });
  // A message is played by the phone system that has it.
  const phones = (await phonesOf(deps, tenantId, personId)).filter(({ pbx }) => message === null || pbx === message.pbx);
  const wanted = ask.phone;
  const phone = wanted ? phones.find((each) => each.pbx === wanted.pbx && each.extension === wanted.extension) : phones[0];
  if (!phone && phones.length > 0) throw new UserError(422, { code: 'phone-not-yours', field: 'phone', message: 'This is not a phone of yours.', remedy: 'Choose one of your own.' });
  if (!phone) throw new UserError(409, { code: 'no-phone', message: 'You have no phone that can be rung from here.', remedy: 'Ask your administrator to give you a line; you can dial the number yourself meanwhile.' });
  const now = deps.clock.now();
  const call: PhoneCall = { tenantId, id: ask.id, personId, pbx: phone.pbx, phone: phone.extension, number, message, state: 'waiting', outcome: null, askedAt: now };
  return deps.effect('calls.asked.write', () =>
    deps.store.transaction(async (tx) => {
      if (!(await insertCall(tx, call))) return own((await findCall(tx, tenantId, ask.id)) ?? call, personId);
      if ((await countCalls(tx, tenantId, personId, now - callLimits.periodMs)) > callLimits.most) {
        throw new UserError(429, { code: 'too-many-calls', message: 'Too many calls were begun.', remedy: 'Wait ten minutes, or dial on the phone.' });
      }
      await putWork(tx, { tenantId, kind: 'phone.call', key: call.id, dueAt: now });
      deps.live.announce(tx, tenantId, `calls:${personId}`);
      return call;
    }),
  );
}

/** A call of this person, to be ended. */
export async function askHangUp(deps: CallsDeps, tenantId: string, personId: string, id: string): Promise<PhoneCall> {
  const call = await findCall(deps.store.db, tenantId, id);
  if (!call) throw unknown();
  own(call, personId);
  if (call.state !== 'ended') await putWork(deps.store.db, { tenantId, kind: 'phone.hang-up', key: id, dueAt: deps.clock.now() });
  return call;
}

function own(call: PhoneCall, personId: string): PhoneCall {
  if (call.personId !== personId) throw unknown();
  return call;
}

function unknown(): UserError {
  return new UserError(404, { code: 'call-unknown', message: 'There is no such call among yours.' });
}
