import assert from 'node:assert/strict';
import type { RoomView } from '../../../../contract/conference/room.ts';
import { dialled } from '../../../../addin/taskpane/panels/meeting/room/dialled.ts';
import { lineOf, nameOf, newsOf, outcomeSaid } from '../../../../addin/taskpane/panels/meeting/room/room-said.ts';
import { roomWords } from '../../../../words/room.ts';

const words = roomWords('en');
const now = Date.parse('2026-11-21T10:05:00Z');
const ann = { bridge: 'pbx', leg: 'a', name: 'Ann', number: '201', isHost: true, isMuted: false, joinedAt: null };
const nobody = { ...ann, leg: 'b', name: '', number: '+49301', isHost: false, isMuted: true };

function told(command: Partial<RoomView['commands'][number]>): ReturnType<typeof outcomeSaid> {
  return outcomeSaid({ commands: [{ id: 'x', bridge: 'pbx', what: 'kick', leg: null, state: 'failed', problem: 'gone', askedAt: '2026-11-21T10:04:30Z', ...command }] }, words, now);
}

describe('in the room, in the pane', () => {
  it('names people by what their phone says, else by number, and says what is special', () => {
    assert.deepEqual([nameOf(ann, words), lineOf(ann, words)], ['Ann', '201 · Host']);
    assert.deepEqual([nameOf(nobody, words), lineOf(nobody, words)], ['+49301', 'muted']);
    assert.deepEqual([nameOf({ name: '', number: '' }, words), lineOf({ ...ann, number: '', isHost: false }, words)], ['No name', undefined]);
  });
  it('says what failed and why, that doubt is doubt, and how a call goes; nothing of what is old or done', () => {
    assert.deepEqual(told({}), { weight: 'amber', lead: 'Nobody was put out.', text: 'They have left already.' });
    assert.equal(told({ what: 'call', state: 'doubt', problem: 'no-answer' })?.lead, words.doubt);
    assert.deepEqual([told({ what: 'call', state: 'waiting' })?.lead, told({ what: 'call', state: 'ringing' })?.lead], [words.call.begun, words.call.ringing]);
    assert.deepEqual([told({ state: 'done' }), told({ state: 'waiting' }), told({ askedAt: '2026-11-21T10:03:00Z' }), outcomeSaid({ commands: [] }, words, now)], [undefined, undefined, undefined, undefined]);
  });
  it('has words for every deed and every reason', () => {
    for (const language of ['en', 'de']) {
      const { failed, problems } = roomWords(language);
      assert.ok([...Object.values(failed), ...Object.values(problems)].every((text) => text.length > 5), language);
    }
  });
  it('tells who came and who went in one sentence, and nothing at the first look', () => {
    const crowd = (...people: RoomView['people']): Pick<RoomView, 'people' | 'knocks'> => ({ people });
    assert.equal(newsOf(undefined, crowd(ann), words), undefined);
    assert.equal(newsOf(crowd(ann), crowd(ann, nobody), words), '+49301 is in.');
    assert.equal(newsOf(crowd(ann, nobody), crowd(ann), words), '+49301 has left.');
    assert.equal(newsOf(crowd(ann), crowd({ ...ann, isMuted: true }), words), undefined);
    assert.equal(newsOf(crowd(ann), crowd({ ...ann, bridge: 'meet' }), words), 'Ann is in.');
  });
  it('tells of whoever knocks, once, even at the first look: somebody has to let them in', () => {
    const knock = { id: 'k1', bridge: 'pbx', name: '', number: '+49301', askedAt: '2026-11-21T10:00:00Z' };
    const before = { people: [ann], knocks: [] };
    assert.equal(newsOf(undefined, { people: [], knocks: [knock] }, words), '+49301 waits to be let in.');
    assert.equal(newsOf(before, { people: [ann, nobody], knocks: [knock] }, words), '+49301 waits to be let in.');
    assert.equal(newsOf({ ...before, knocks: [knock] }, { people: [ann], knocks: [knock] }, words), undefined);
  });
  it('takes a number as people write it', () => {
    assert.deepEqual(['+49 (30) 23125-400', '00 49 30', '201', 'call Bob', '+49+30'].map(dialled), ['+493023125400', '004930', '201', '', '+4930']);
  });
});
