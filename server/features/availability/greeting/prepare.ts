import { readSound } from '../../../audio/sound.ts';
import { telephoneWav } from '../../../audio/telephone.ts';
import { UserError } from '../../../domain/errors.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { phoneZone } from '../phone/phone-zone.ts';
import { findPersonState } from '../rows.ts';
import { chosenGreeting } from './chosen.ts';

/** Greetings that nobody can hear any more go after this long. */
export const greetingsKept = 14 * 24 * 60 * 60_000;

/**
 * Work `availability.greeting`: the text of what somebody is now is spoken in each language before anybody calls, because speaking takes longer than a caller may be kept waiting.
 * What lies there already is not spoken again.
 */
export async function prepareGreetings(deps: AvailabilityDeps, tenantId: string, personId: string): Promise<void> {
  const now = deps.clock.now();
  const [standing, policy, name, lines] = await Promise.all([
    findPersonState(deps.store.db, tenantId, personId), deps.policyOf(tenantId, personId), deps.people.nameOf(tenantId, personId), deps.people.linesOf(tenantId, personId),
  ]);
  if (!standing || name === null) return;
  for (const store of deps.greetings) {
    if (!store.hasVoice || !lines.some((line) => line.pbx === store.instance)) continue;
    for (const language of store.languages) {
      const chosen = chosenGreeting({ ...standing, timeZone: phoneZone(standing, policy, store.instance, deps.targets) }, name, policy, language, store, now);
      if (chosen.kind !== 'spoken' || chosen.language !== language || (await store.has(chosen.name))) continue;
      try {
        const wav = telephoneWav(readSound({ bytes: Buffer.from(await store.speak(chosen.text, language)), contentType: 'audio/wav' }));
        await deps.effect('availability.greeting', () => store.put(chosen.name, wav));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        // A voice that gives no sound gives none the next time either; the own recording plays.
        deps.log.warn({ instance: store.instance, language, code: error.problem.code }, 'the voice gave no sound that can be played');
      }
    }
  }
}
