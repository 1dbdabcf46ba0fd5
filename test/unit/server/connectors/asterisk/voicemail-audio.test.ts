import assert from 'node:assert/strict';
import type { AudioSource } from '../../../../../server/connectors/asterisk/voicemail/audio.ts';
import { fetchAudio } from '../../../../../server/connectors/asterisk/voicemail/audio.ts';
import type { Lists } from '../../../../../server/connectors/asterisk/voicemail/lists.ts';
import type { SummaryRow } from '../../../../../server/connectors/asterisk/voicemail/rows.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';

const wanted = '1795243740-00000001';

/** A folder whose messages are renumbered when somebody says so: ids in the order of their numbers. */
function folder(ids: string[]): { ids: string[]; source: AudioSource; lists: Lists; onRead: (() => void) | null } {
  const box = {
    ids,
    /** Happens once, between the look at the id and the sound. */
    onRead: null as (() => void) | null,
    source: {
      idAt: async (_box: string, _folder: string, number: number) => box.ids[number] ?? '',
      async soundAt(_box: string, _folder: string, number: number) {
        const happens = box.onRead;
        box.onRead = null;
        happens?.();
        const id = box.ids[number];
        return id === undefined ? null : { contentType: 'audio/wav', bytes: new TextEncoder().encode(id) };
      },
    },
    lists: {
      summary: async () => box.ids.map((id, number): SummaryRow => ({ folder: 'INBOX', callerid: '', date: '', duration: 1, flag: '', id, number })),
    } as unknown as Lists,
  };
  return box;
}

async function fetched(box: ReturnType<typeof folder>): Promise<string> {
  return new TextDecoder().decode((await fetchAudio({ ...box, instance: 'pbx' }, '201@default', wanted)).bytes);
}

describe('the sound of a voicemail message while others come and go', () => {
  it('is never that of the message which took its number', async () => {
    const box = folder(['1795243740-00000000', wanted, '1795243740-00000002']);
    box.onRead = () => box.ids.shift();
    assert.equal(await fetched(box), wanted);
  });

  it('is said to be gone when it was deleted meanwhile', async () => {
    const box = folder(['1795243740-00000000', wanted]);
    box.onRead = () => box.ids.pop();
    await assert.rejects(fetched(box), (error: unknown) => error instanceof TheirError && error.fault === 'gone');
  });

  it('gives up with a passing error when the box never stands still', async () => {
    const box = folder([wanted, '1795243740-00000002']);
    const churn = (): void => {
      box.ids.reverse();
      box.onRead = churn;
    };
    box.onRead = churn;
    await assert.rejects(fetched(box), (error: unknown) => error instanceof TheirError && error.passing);
  });
});
