import type { PhoneSystemSounds } from '../../../../contract/availability/admin.ts';
import { TheirError } from '../../../domain/errors.ts';
import type { GreetingStore } from '../../../ports/greeting-store.ts';
import type { Log } from '../../../ports/log.ts';

const waysToTell = 'Configure `ari` for this phone system, or mount its folder of sounds and name it in greetings.soundsFolder. Names can be typed until then.';

/** Which sounds each phone system has that plays greetings. One that fails says why and hides no other. */
export function soundsOfAll(stores: readonly GreetingStore[], log: Log): Promise<PhoneSystemSounds[]> {
  return Promise.all(stores.map(async (store) => {
    const { instance } = store;
    try {
      const sounds = await store.recorded();
      return sounds === null ? { instance, sounds, trouble: { kind: 'cannot-tell' as const, message: `${instance} has no way to list its sounds.`, remedy: waysToTell } } : { instance, sounds: [...sounds], trouble: null };
    } catch (error) {
      if (!(error instanceof TheirError)) throw error;
      log.warn({ err: error, instance }, 'a phone system does not list its sounds');
      return { instance, sounds: null, trouble: { kind: 'failed' as const, message: error.message, remedy: error.remedy ?? 'See Status.' } };
    }
  }));
}
