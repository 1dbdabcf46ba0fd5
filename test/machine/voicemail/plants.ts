import type { VoicemailJournal } from '../../../server/features/voicemail/journal.ts';
import type { VoicemailStore } from '../../../server/ports/voicemail-store.ts';
import type { VoicemailWorldOptions } from '../../support/voicemail-world.ts';

/** Mistakes that an engine like this could have, put in its way. Each must be found by the histories, or the histories prove nothing. */
export const plants: Record<string, (options: VoicemailWorldOptions) => VoicemailWorldOptions> = {
  'the brake is off': (options) => ({ ...options, withJournal: withoutBrake }),
  'a file number is trusted as identity': (options) => ({ ...options, throughVoicemail: byNumber }),
  'the agreed state is dropped': (options) => ({ ...options, withJournal: withoutPast }),
  'it writes while a phone has the box': ({ voicemailCan, ...options }) => ({
    ...options, voicemailCan: { ...voicemailCan, seesPhones: false }, throughVoicemail: (port) => ({ ...port, capabilities: { ...port.capabilities, seesPhones: true } }),
  }),
};

/** Whatever vanished, somebody has said that it is meant. */
function withoutBrake(journal: VoicemailJournal): VoicemailJournal {
  return {
    ...journal,
    async load(...box) {
      const loaded = await journal.load(...box);
      return loaded && { ...loaded, state: { ...loaded.state, brakeSince: 0, brakeReleasedAt: Number.MAX_SAFE_INTEGER } };
    },
  };
}

function withoutPast(journal: VoicemailJournal): VoicemailJournal {
  return {
    ...journal,
    async load(...box) {
      const loaded = await journal.load(...box);
      return loaded && { ...loaded, pairs: loaded.pairs.map((pair) => ({ ...pair, settled: null })) };
    },
  };
}

/** A connector that says "message 2" where it should name the message: true until the numbers change. */
function byNumber(port: VoicemailStore): VoicemailStore {
  const numbered = async (box: string) => (await port.messages(box)).map((message, number) => ({ number: `number-${number}`, message }));
  const idOf = async (box: string, number: string): Promise<string> => (await numbered(box)).find((each) => each.number === number)?.message.id ?? number;
  return {
    ...port,
    messages: async (box) => (await numbered(box)).map(({ number, message }) => ({ ...message, id: number })),
    setHeard: async (box, number, isHeard) => port.setHeard(box, await idOf(box, number), isHeard),
    remove: async (box, number) => port.remove(box, await idOf(box, number)),
    restore: async (box, number, as) => port.restore(box, await idOf(box, number), as),
    purge: async (box, number) => port.purge(box, await idOf(box, number)),
    audio: async (box, number) => port.audio(box, await idOf(box, number)),
  };
}
