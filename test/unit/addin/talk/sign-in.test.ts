import assert from 'node:assert/strict';
import { reasonOf } from '../../../../addin/talk/rungs.ts';
import { SignInFault, createSignIn } from '../../../../addin/talk/sign-in.ts';
import type { Rung } from '../../../../addin/talk/sign-in.ts';

interface TestRung extends Rung {
  calls: string[];
}

function rung(name: string, behaviour: { here?: boolean; silent?: string | Error; ask?: string | Error }): TestRung {
  const calls: string[] = [];
  const give = (what: string | Error | undefined): Promise<string> => (typeof what === 'string' ? Promise.resolve(what) : Promise.reject(what ?? new Error('no')));
  const made: TestRung = {
    name,
    calls,
    isHere: () => behaviour.here ?? true,
    silent(renew) {
      calls.push(renew ? 'renew' : 'silent');
      return give(behaviour.silent);
    },
    reasonOf,
  };
  if (behaviour.ask !== undefined) {
    made.ask = () => {
      calls.push('ask');
      return give(behaviour.ask);
    };
  }
  return made;
}

async function faultOf(work: Promise<string>): Promise<SignInFault> {
  const fault: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(fault instanceof SignInFault);
  return fault;
}

describe('sign-in ladder', () => {
  it('takes the first rung that this Outlook has and that works', async () => {
    const nested = rung('nested', { here: false });
    const office = rung('office', { silent: new Error('13012') });
    const exchange = rung('exchange', { silent: 'token' });
    assert.equal(await createSignIn([nested, office, exchange]).token(false), 'token');
    assert.deepEqual([nested.calls, office.calls, exchange.calls], [[], ['silent'], ['silent']]);
  });

  it('begins with the rung that worked before', async () => {
    const nested = rung('nested', { silent: new Error('x') });
    const office = rung('office', { silent: 'token' });
    const signIn = createSignIn([nested, office]);
    await signIn.token(false);
    await signIn.token(true);
    assert.deepEqual(nested.calls, ['silent']);
    assert.deepEqual(office.calls, ['silent', 'renew']);
  });

  it('gives one token to all who ask at the same time', async () => {
    const office = rung('office', { silent: 'token' });
    const signIn = createSignIn([office]);
    await Promise.all([signIn.token(false), signIn.token(false), signIn.token(false)]);
    assert.deepEqual(office.calls, ['silent']);
    await signIn.token(false);
    assert.equal(office.calls.length, 2);
  });

  it('opens no window before a person asks for one', async () => {
    const dialog = rung('dialog', { silent: new Error('a window is needed'), ask: 'token' });
    const signIn = createSignIn([dialog]);
    assert.equal((await faultOf(signIn.token(false))).reason, 'signed-out');
    assert.ok(!dialog.calls.includes('ask'));
    assert.equal(await signIn.ask(), 'token');
  });

  it('goes on to the next window when the first is refused', async () => {
    const nested = rung('nested', { ask: new Error('popup blocked') });
    const dialog = rung('dialog', { ask: 'token' });
    assert.equal(await createSignIn([nested, dialog]).ask(), 'token');
  });

  it('tells a missing consent from a missing sign-in and from a service that is away', async () => {
    const consent = Object.assign(new Error('13005'), { code: 13005 });
    const cases: [Error[], string][] = [
      [[new Error('interaction_required'), consent], 'not-allowed'],
      [[new Error('AADSTS65001: the user or administrator has not consented')], 'not-allowed'],
      [[new Error('network request failed'), new Error('the library could not be loaded')], 'unreachable'],
      [[new Error('network request failed'), new Error('interaction_required')], 'signed-out'],
      [[], 'signed-out'],
    ];
    for (const [faults, reason] of cases) {
      const signIn = createSignIn(faults.map((silent, index) => rung(`r${index}`, { silent })));
      const fault = await faultOf(signIn.token(false));
      assert.equal(fault.reason, reason, fault.message);
    }
  });

  it('keeps what every rung said, for Details', async () => {
    const fault = await faultOf(createSignIn([rung('nested', { silent: new Error('one') }), rung('office', { silent: new Error('two') })]).token(false));
    assert.deepEqual(fault.rungs, ['nested: one', 'office: two']);
  });
});
