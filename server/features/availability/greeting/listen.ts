import type { GreetingView } from '../../../../contract/availability/greeting.ts';
import { UserError } from '../../../domain/errors.ts';
import type { ByteAnswer } from '../../../ports/byte-answer.ts';
import type { GreetingStore } from '../../../ports/greeting-store.ts';
import type { AvailabilityDeps } from '../deps.ts';
import { phoneZone } from '../phone/phone-zone.ts';
import { findPersonState } from '../rows.ts';
import { chosenGreeting, type ChosenGreeting } from './chosen.ts';

interface Heard {
  chosen: ChosenGreeting;
  store: GreetingStore | null;
}

async function heardNow(deps: AvailabilityDeps, tenantId: string, personId: string, language: string): Promise<Heard> {
  const [standing, policy, name, lines] = await Promise.all([
    findPersonState(deps.store.db, tenantId, personId), deps.policyOf(tenantId, personId), deps.people.nameOf(tenantId, personId), deps.people.linesOf(tenantId, personId),
  ]);
  const store = deps.greetings.find((each) => lines.some((line) => line.pbx === each.instance)) ?? null;
  if (!standing || name === null || !store) return { chosen: { kind: 'own' }, store };
  return { chosen: chosenGreeting({ ...standing, timeZone: phoneZone(standing, policy, store.instance, deps.targets) }, name, policy, language, store, deps.clock.now()), store };
}

/** What callers of this language hear at this moment, and what is missing for it. */
export async function greetingView(deps: AvailabilityDeps, tenantId: string, personId: string, language: string): Promise<GreetingView> {
  const { chosen, store } = await heardNow(deps, tenantId, personId, language);
  const isSpoken = chosen.kind === 'spoken';
  const isReady = chosen.kind !== 'spoken' || (store !== null && (await store.has(chosen.name)));
  return {
    kind: chosen.kind, text: isSpoken ? chosen.text : null, language: isSpoken ? chosen.language : null, sound: chosen.kind === 'prompt' ? chosen.sound : null, isReady,
    // Whatever is missing, the own recording plays.
    missing: store === null ? 'phone-system' : isSpoken && (!store.hasVoice || (!isReady && store.voiceFails())) ? 'voice' : isReady ? null : 'not-made-yet',
  };
}

/** *Listen*: the spoken greeting as callers hear it. Throws UserError 404 where there is none to be heard from here. */
export async function greetingSound(deps: AvailabilityDeps, tenantId: string, personId: string, language: string): Promise<ByteAnswer> {
  const { chosen, store } = await heardNow(deps, tenantId, personId, language);
  const wav = chosen.kind === 'spoken' ? await store?.read(chosen.name) : null;
  if (chosen.kind !== 'spoken' || !wav) {
    throw new UserError(404, { code: 'greeting-silent', message: 'There is no spoken greeting to be heard here.', remedy: 'Recordings of your own, and prompts of the phone system, can be heard on the phone.' });
  }
  return { contentType: 'audio/wav', length: wav.length, version: chosen.name, fileName: 'greeting.wav', isDownload: false, read: (from, to) => [wav.subarray(from, to)] };
}
