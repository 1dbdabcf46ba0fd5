import assert from 'node:assert/strict';
import { app, ada } from '../../../../../support/lab-mail.ts';
import { startGraphLab, type GraphLab } from '../../../../../contract/graph-calendar.ts';
import { TheirError } from '../../../../../../server/domain/errors.ts';
import type { CallDots } from '../../../../../../server/ports/call-dots.ts';

const minute = 60_000;

/** Calls as dots over the stand-in of Graph, whose presence service refuses, is busy, and forgets. */
describe('graph: a call as a dot', () => {
  let world: GraphLab;
  let dots: CallDots;
  let person: { instance: string; id: string };
  beforeEach(async () => {
    world = await startGraphLab({ more: { apps: [{ ...app, roles: [...(app.roles ?? []), 'Presence.Read.All', 'Presence.ReadWrite.All'] }] } });
    dots = world.graph.callDots ?? assert.fail('no dots');
    person = { instance: 'm365', id: world.lab.exchange.people.find((each) => each.address === ada)?.id ?? '' };
  });
  afterEach(() => world.stop());

  const seen = () => world.lab.graph.presences.now(person.id);
  async function faultOf(run: Promise<unknown>): Promise<string> {
    const error = await run.then(() => assert.fail('no error'), (cause: unknown) => cause);
    assert.ok(error instanceof TheirError, String(error));
    return error.fault;
  }

  it('stands beside what Teams says, ends by itself, and is cleared once however often that is asked', async () => {
    world.lab.graph.presences.teams(person.id, { availability: 'Available', activity: 'Available' });
    assert.equal(await dots.isSeen(person), true);
    await dots.inCall(person, 60 * minute);
    assert.equal(seen().activity, 'InACall');
    await dots.callOver(person, false);
    await dots.callOver(person, false);
    assert.equal(seen().availability, 'Available');
    await dots.inCall(person, 60 * minute);
    world.lab.clock.advance(60 * minute);
    assert.equal(seen().availability, 'Available', 'if we die, it ends by itself');
  });

  it('somebody without Teams was never seen: left alone', async () => {
    assert.equal(await dots.isSeen(person), false);
  });

  it('many who want to know at once are two requests: the first, and all who came meanwhile; somebody whom nobody knows costs nobody else the answer', async () => {
    const people = world.lab.exchange.people.slice(0, 3).map(({ id }) => ({ instance: 'm365', id }));
    for (const { id } of people.slice(0, 2)) world.lab.graph.presences.teams(id, { availability: 'Away', activity: 'Away' });
    world.lab.graph.log.clear();
    const [first, ...others] = people;
    assert.ok(first);
    const answers = [dots.isSeen(first)];
    await Promise.resolve();
    answers.push(...others.map((each) => dots.isSeen(each)), dots.isSeen({ instance: 'm365', id: '99999999-9999-4999-8999-000000000001' }));
    assert.deepEqual(await Promise.all(answers), [true, true, false, false]);
    assert.deepEqual(world.lab.graph.log.entries.map(({ path }) => path.split('/').at(-1)), ['presence', 'getPresencesByUserId']);
  });

  it('throttled: waited out as long as Graph asks, and told once', async () => {
    world.lab.graph.faults.throttle('2', {}, 1);
    const telling = dots.inCall(person, 60 * minute);
    while (!world.logged.includes('Graph is asked again')) await new Promise(setImmediate);
    world.lab.clock.advance(5_000);
    await telling;
    assert.equal(seen().activity, 'InACall');
  });

  it('refused, because there is no such user in the service: nobody repeats it', async () => {
    assert.equal(await faultOf(dots.isSeen({ instance: 'm365', id: '99999999-9999-4999-8999-000000000001' })), 'gone');
  });

  it('refused, because the right is missing: nobody repeats it', async () => {
    await world.stop();
    world = await startGraphLab();
    assert.equal(await faultOf((world.graph.callDots ?? assert.fail('no dots')).inCall(person, minute)), 'denied');
  });
});
