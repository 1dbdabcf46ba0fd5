import assert from 'node:assert/strict';
import { changeConference, stillFits, type Change } from '../../../../addin/invite/change.ts';
import { TalkFault } from '../../../../addin/talk/fault.ts';
import type { ChangeRequest, ConferenceView } from '../../../../contract/conference/conference.ts';
import { block, conference } from '../../../screens/sample.ts';

const meanwhile = new TalkFault('conflict', 'changed', { problem: { type: 'urn:tieline:problem:changed-meanwhile', title: '', status: 409, code: 'changed-meanwhile', detail: '', correlationId: 'r' } });

/** A server on which the calendar changes the conference `moves` times while it is asked. */
function server(seen: ConferenceView, others: Partial<ConferenceView>[]) {
  let now = seen;
  const asked: ChangeRequest[] = [];
  const moves = [...others];
  return {
    asked,
    read: async () => ({ conference: now, block: block() }),
    async change(_id: string, request: ChangeRequest) {
      asked.push(request);
      const move = moves.shift();
      if (move) now = { ...now, ...move, version: now.version + 1 };
      if (request.version !== now.version) throw meanwhile;
      now = { ...now, ...(request.lobby === undefined ? {} : { lobby: request.lobby }), ...(request.language === undefined ? {} : { language: request.language }), version: now.version + 1 };
      return { conference: now, block: block() };
    },
  };
}

describe('changing a conference from the pane', () => {
  const seen = conference({ lobby: true, language: 'en' });

  it('a change of the calendar in between costs no second press: the wish is asked of the newest state', async () => {
    const moved = server(seen, [{ startsAt: '2026-11-24T10:00:00Z' }]);
    const { invite, trouble } = await changeConference(moved, seen, { lobby: false });
    assert.deepEqual([invite.conference.lobby, invite.conference.startsAt, trouble], [false, '2026-11-24T10:00:00Z', undefined]);
    assert.deepEqual(moved.asked.map(({ version, lobby }) => [version - seen.version, lobby]), [[0, false], [1, false]]);
  });

  it('what somebody else changed meanwhile is not overwritten unseen: their state is shown, and that the wish is not in it', async () => {
    const moved = server(seen, [{ language: 'de' }]);
    const { invite, trouble } = await changeConference(moved, seen, { language: 'fr' });
    assert.deepEqual([invite.conference.language, trouble, moved.asked.length], ['de', { kind: 'changed-elsewhere' }, 1]);
  });

  it('a conference that never holds still is not asked again and again', async () => {
    const moved = server(seen, [{ startsAt: null }, { startsAt: '2026-11-24T10:00:00Z' }, { startsAt: null }]);
    assert.deepEqual([(await changeConference(moved, seen, { lobby: false })).trouble, moved.asked.length], [{ kind: 'changed-elsewhere' }, 2]);
  });

  it('any other refusal is handed on', async () => {
    const away = { read: async () => assert.fail('nobody should ask'), change: () => Promise.reject(new TalkFault('offline', 'away')) };
    await assert.rejects(changeConference(away, seen, { lobby: false }), TalkFault);
  });

  const wishes: [Change, Partial<ConferenceView>][] = [
    [{ language: 'fr' }, { language: 'de' }], [{ lobby: false }, { lobby: false }], [{ bridge: 'meet' }, { bridge: { ...seen.bridge, instance: 'other' } }],
    [{ roles: [] }, { roles: [{ address: 'a@example.com', name: 'A', role: 'host' }] }], [{ countries: ['DE'] }, { countries: ['FR'] }], [{ template: null }, { template: 'legal' }],
    [{ newPasscode: true }, { passcode: '0000' }], [{ newHostCode: true }, { hostCode: '000000000' }],
  ];
  for (const [wish, other] of wishes) {
    it(`${Object.keys(wish).join()}: fits when anything else was changed, and not when it was`, () => {
      assert.equal(stillFits(wish, seen, { ...seen, subject: 'Another one', startsAt: null, version: 99 }), true);
      assert.equal(stillFits(wish, seen, { ...seen, ...other }), false);
      for (const [others, change] of wishes) if (others !== wish) assert.equal(stillFits(wish, seen, { ...seen, ...change }), true, Object.keys(others).join());
    });
  }
});
