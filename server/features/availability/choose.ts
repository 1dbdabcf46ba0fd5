import type { z } from 'zod';
import type { availabilityApi } from '../../../contract/availability/availability.ts';
import { UserError } from '../../domain/errors.ts';
import { plainName } from '../../domain/plain-text.ts';
import { putWork } from '../../store/work.ts';
import type { AvailabilityDeps } from './deps.ts';
import { evaluate } from './evaluate.ts';
import type { ChosenMeeting } from './calendar/meeting.ts';
import { findPersonState, putManual, putRiding, ridingOf } from './rows.ts';
import type { ManualChoice } from './rules/sources.ts';
import { faces, type Availability } from './rules/state.ts';

/** A person chooses by hand what they are. The phone and the panes follow at once. */
export async function chooseByHand(deps: AvailabilityDeps, tenantId: string, personId: string, body: z.output<typeof availabilityApi.choose.body>): Promise<void> {
  const now = deps.clock.now();
  const endsAt = body.until === null ? null : Date.parse(body.until);
  if (endsAt !== null && endsAt <= now) {
    throw new UserError(422, { code: 'until-passed', field: 'until', message: 'That time has passed already.', remedy: 'Choose a later time, or leave it open.' });
  }
  // Others read it in their panes and on their phones: no marks that turn the line around.
  const title = body.title === null ? null : plainName(body.title) || null;
  if (body.face === 'custom' && (title === null || body.availability === undefined)) {
    throw new UserError(422, { code: 'own-state-incomplete', field: title === null ? 'title' : 'availability', message: 'A state of your own needs a title, and what the phone does.', remedy: 'Give both.' });
  }
  const availability = body.face === 'custom' ? (body.availability ?? 'available') : faces[body.face];
  await choose(deps, tenantId, personId, { availability, face: body.face, title, chosenAt: now, endsAt });
}

/** The phone's own do-not-disturb key is a choice by hand like any other (design §8). Taken back, it ends do not disturb, and nothing else that was chosen since. */
export async function chooseOnPhone(deps: AvailabilityDeps, tenantId: string, personId: string, isOn: boolean): Promise<void> {
  if (isOn) return choose(deps, tenantId, personId, { availability: 'doNotDisturb', face: 'doNotDisturb', title: null, chosenAt: deps.clock.now(), endsAt: null });
  const manual = (await findPersonState(deps.store.db, tenantId, personId))?.manual ?? null;
  if (manual?.availability === 'doNotDisturb') await choose(deps, tenantId, personId, null);
}

/** Back to automatic. */
export function backToAutomatic(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<void> {
  return choose(deps, tenantId, personId, null);
}

/** Written first, so that nothing acknowledged is lost; then looked at here, so that the answer shows it, and again by the work that stands until then. */
async function choose(deps: AvailabilityDeps, tenantId: string, personId: string, manual: ManualChoice | null): Promise<void> {
  await deps.effect('availability.choose.write', () =>
    deps.store.transaction(async (tx) => {
      await putManual(tx, tenantId, personId, manual, deps.clock.now());
      await putWork(tx, { tenantId, kind: 'availability.person', key: personId, dueAt: deps.clock.now() });
    }),
  );
  const outcome = (await evaluate(deps, tenantId, [personId])).get(personId);
  if (outcome && 'error' in outcome) throw outcome.error;
}

/** A state for one meeting, kept by the server: Outlook's item only carries the wish until we have seen the event. */
export async function chooseForMeeting(deps: AvailabilityDeps, tenantId: string, personId: string, meeting: ChosenMeeting, availability: Availability | null): Promise<void> {
  await deps.effect('availability.choose.write', () =>
    deps.store.transaction(async (tx) => {
      await putRiding(tx, tenantId, personId, meeting, availability, deps.clock.now());
      await putWork(tx, { tenantId, kind: 'availability.person', key: personId, dueAt: deps.clock.now() });
    }),
  );
}

export async function chosenForMeeting(deps: AvailabilityDeps, tenantId: string, personId: string, { seriesKey, originalStart }: ChosenMeeting): Promise<Availability | null> {
  const all = (await ridingOf(deps.store.db, tenantId, personId)).filter((each) => each.seriesKey === seriesKey);
  return (all.find((each) => each.originalStart === originalStart) ?? all.find((each) => each.originalStart === null))?.availability ?? null;
}
