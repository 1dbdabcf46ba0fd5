import { TheirError } from '../../domain/errors.ts';
import type { CallControl, CallProgress } from '../../ports/call-control.ts';
import type { CallsDeps } from './deps.ts';
import { findCall, moveCall, openCalls, type PhoneCall } from './rows.ts';

/** Whoever pressed the button no longer waits for their phone after this long, ms: rung later, it would only surprise them. */
const patienceMs = 30_000;

/** States in the order in which a call goes through them. */
const order = ['waiting', 'ringing', 'answered', 'connected', 'ended'] as const;

async function move(deps: CallsDeps, call: PhoneCall, from: readonly PhoneCall['state'][], to: PhoneCall['state'], outcome: PhoneCall['outcome'] = null): Promise<boolean> {
  return deps.effect('calls.state.write', () =>
    deps.store.transaction(async (tx) => {
      const isMoved = await moveCall(tx, call, from, to, outcome);
      if (isMoved) deps.live.announce(tx, call.tenantId, `calls:${call.personId}`);
      return isMoved;
    }),
  );
}

/** Work `phone.call`: rings the phone, at most once. That it rings is written before it does: a process that dies in between leaves doubt, and never a second ringing. */
export async function performCall(deps: CallsDeps, tenantId: string, id: string): Promise<void> {
  const call = await findCall(deps.store.db, tenantId, id);
  if (call?.state !== 'waiting') return;
  const control = deps.controls.find((each) => each.instance === call.pbx);
  if (!control) return void (await move(deps, call, ['waiting'], 'ended', 'away'));
  if (deps.clock.now() > call.askedAt + patienceMs) return void (await move(deps, call, ['waiting'], 'ended', 'away'));
  if (!(await move(deps, call, ['waiting'], 'ringing'))) return;
  try {
    await deps.effect('calls.begin', () => ring(control, call));
  } catch (error) {
    if (!(error instanceof TheirError)) throw error;
    deps.log.warn({ instance: call.pbx, err: error.message }, 'a phone system did not begin a call');
    // The phone may ring all the same; what becomes of it is told.
    if (error.fault === 'no-answer') return;
    await move(deps, call, ['ringing'], 'ended', outcomeOf(error));
  }
}

function ring(control: CallControl, { id: key, phone, number, message }: PhoneCall): Promise<void> {
  return message ? control.playMessage({ key, phone, box: message.box, id: message.messageId }) : control.call({ key, phone, number });
}

function outcomeOf({ fault }: TheirError): PhoneCall['outcome'] {
  if (fault === 'gone') return 'gone';
  if (fault === 'busy') return 'box-taken';
  return fault === 'refused' || fault === 'denied' ? 'refused' : 'away';
}

/** Work `phone.hang-up`. */
export async function performHangUp(deps: CallsDeps, tenantId: string, id: string): Promise<void> {
  const call = await findCall(deps.store.db, tenantId, id);
  if (!call || call.state === 'ended') return;
  // Not begun yet: then it never is.
  if (call.state === 'waiting' && (await move(deps, call, ['waiting'], 'ended', 'interrupted'))) return;
  await deps.effect('calls.hang-up', async () => deps.controls.find((each) => each.instance === call.pbx)?.hangUp(id));
}

/** What the phone system tells of a call; of calls that are not ours nothing is known here. */
export async function heardProgress(deps: CallsDeps, tenantId: string, progress: CallProgress): Promise<void> {
  const call = await findCall(deps.store.db, tenantId, progress.key);
  if (!call) return;
  const from = order.slice(0, order.indexOf(progress.phase));
  await move(deps, call, from, progress.phase, progress.phase === 'ended' ? (progress.outcome ?? 'unknown') : null);
}

/** Work `phone.settle`, after a start: of calls that nobody follows any more the end is not known. */
export async function settleCalls(deps: CallsDeps, tenantId: string): Promise<void> {
  for (const call of await openCalls(deps.store.db, tenantId)) {
    if (call.state === 'waiting') continue;
    const progress = deps.controls.find((each) => each.instance === call.pbx)?.progress(call.id) ?? null;
    if (progress) await heardProgress(deps, tenantId, progress);
    else await move(deps, call, order.slice(1, 4), 'ended', 'unknown');
  }
}
