import type { VoicemailAudio } from '../../server/domain/voicemail.ts';
import { Overtaken, type BoxState, type TrailLine, type VoicemailJournal } from '../../server/features/voicemail/journal.ts';
import type { Pair } from '../../server/features/voicemail/rules/pair.ts';

/** A box as it is before anybody looked at it. */
export function newBox(fields: Pick<BoxState, 'instance' | 'box' | 'personId'> & Partial<BoxState>): BoxState {
  return {
    tenantId: 'default', version: 1, name: '', address: '', isFull: false, handsOff: null, mailbox: null, knownSince: null, cutOverAt: null, lookedAt: null, mailLookedAt: null, cursor: null,
    watchExpiresAt: null, watchFolder: '', phoneSeenAt: null, brake: null, brakeSince: null, brakeReleasedAt: null, parked: null, ...fields,
  };
}

/** The journal's promises over maps: what thousands of histories write into. Survives the engine, as a database does. */
export interface MemoryJournal extends VoicemailJournal {
  readonly boxes: Map<string, BoxState>;
  readonly pairs: Map<string, Pair>;
  readonly lines: TrailLine[];
  readonly sounds: Map<string, VoicemailAudio>;
  put(state: BoxState): void;
}

export function createMemoryJournal(): MemoryJournal {
  const boxes = new Map<string, BoxState>();
  const pairs = new Map<string, Pair>();
  const lines: TrailLine[] = [];
  const sounds = new Map<string, VoicemailAudio>();

  function keyOf(instance: string, box: string): string {
    return `${instance}/${box}`;
  }

  /** The row, still as it was loaded. */
  function unchanged(state: BoxState): BoxState {
    const known = boxes.get(keyOf(state.instance, state.box));
    if (!known || known.version !== state.version) throw new Overtaken('this box was saved by somebody else');
    return known;
  }

  function put(state: BoxState): void {
    boxes.set(keyOf(state.instance, state.box), state);
  }

  return {
    boxes, pairs, lines, sounds, put,
    async load(_tenantId, instance, box) {
      const state = boxes.get(keyOf(instance, box));
      return state ? { state: { ...state }, pairs: [...pairs.values()].filter((pair) => pair.instance === instance && pair.box === box).map((pair) => ({ ...pair })) } : null;
    },
    boxesOf: async (_tenantId, personId) => [...boxes.values()].filter((state) => state.personId === personId).map((state) => ({ ...state })),
    async save(state, changed, more, copied = []) {
      const known = unchanged(state);
      const version = state.version + 1;
      const phoneSeenAt = Math.max(state.phoneSeenAt ?? 0, known.phoneSeenAt ?? 0);
      put({ ...state, version, phoneSeenAt: phoneSeenAt === 0 ? null : phoneSeenAt, brakeReleasedAt: known.brakeReleasedAt, personId: known.personId });
      for (const pair of changed) pairs.set(pair.id, { ...pair });
      lines.push(...more);
      for (const { pairId, audio } of copied) sounds.set(pairId, audio);
      return version;
    },
    async end(state, pairId) {
      unchanged(state);
      put({ ...state, version: state.version + 1 });
      pairs.delete(pairId);
      sounds.delete(pairId);
      return state.version + 1;
    },
    async phoneSeen(_tenantId, instance, box, at) {
      const known = boxes.get(keyOf(instance, box));
      if (known) put({ ...known, phoneSeenAt: Math.max(at, known.phoneSeenAt ?? 0) });
    },
    async witnesses(_tenantId, instance, exceptBox, limit) {
      return [...pairs.values()]
        .filter((pair) => pair.instance === instance && pair.box !== exceptBox && (pair.voicemail === 'unheard' || pair.voicemail === 'heard'))
        .slice(0, limit)
        .map(({ box, voicemailId }) => ({ box, voicemailId }));
    },
    audio: async (_tenantId, pairId) => sounds.get(pairId) ?? null,
  };
}
