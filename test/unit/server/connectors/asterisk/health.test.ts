import assert from 'node:assert/strict';
import { health } from '../../../../../server/connectors/asterisk/health.ts';
import type { HealthFacts } from '../../../../../server/connectors/asterisk/health.ts';
import { cannotListen, missingClass, missingModule, missingSecret, missingSound } from '../../../../../server/connectors/asterisk/remedies.ts';
import { TheirError } from '../../../../../server/domain/errors.ts';

const up = { isEventsUp: true, isActionsUp: true, probe: { version: '22.10.1', isLoading: false, gaps: [] }, trouble: null };
const whole: HealthFacts = { hub: up, secretGap: null, dialInGap: null, silenceGap: null, soundGaps: [], features: [] };
const lost = new TheirError('pbx', 'no-answer', 'the connection broke');
const denied = new TheirError('pbx', 'denied', 'refused the login', { remedy: 'compare the secret' });
const everything = ['conference', 'dialIn', 'participants', 'events', 'mute', 'kick', 'lock'];

describe('health of an Asterisk', () => {
  const cases: [string, Partial<HealthFacts>, string, string[]][] = [
    ['everything works', {}, 'ready', everything],
    ['first contact', { hub: { isEventsUp: false, isActionsUp: false, probe: null, trouble: null } }, 'starting', []],
    ['modules are loading', { hub: { ...up, probe: null } }, 'starting', []],
    ['it does not answer', { hub: { isEventsUp: false, isActionsUp: false, probe: null, trouble: lost } }, 'down', []],
    ['only events are cut', { hub: { ...up, isEventsUp: false, trouble: lost } }, 'limited', everything.filter((each) => each !== 'events')],
    ['the login is refused', { hub: { isEventsUp: false, isActionsUp: false, probe: null, trouble: denied } }, 'refused', []],
    ['the secret is not set', { secretGap: missingSecret('X'), hub: { isEventsUp: false, isActionsUp: false, probe: null, trouble: null } }, 'refused', []],
    ['may not list', { hub: { ...up, probe: { ...up.probe, gaps: [missingClass('participants', 'tieline', 'write', 'reporting')] } } }, 'refused', ['dialIn', 'events']],
    ['may not kick', { hub: { ...up, probe: { ...up.probe, gaps: [missingClass('kick', 'tieline', 'write', 'call')] } } }, 'refused', ['dialIn', 'participants', 'events']],
    ['has no ConfBridge', { hub: { ...up, probe: { ...up.probe, isLoading: true, gaps: [missingModule()] } } }, 'limited', []],
    ['nobody can dial in', { dialInGap: cannotListen('127.0.0.1', 4573, 'EADDRINUSE') }, 'limited', ['participants', 'events', 'mute', 'kick', 'lock']],
    ['events are hidden', { silenceGap: missingClass('events', 'tieline', 'read', 'call') }, 'limited', everything.filter((each) => each !== 'events')],
    ['a sound is missing', { soundGaps: [missingSound('conf-invalid')] }, 'limited', everything],
  ];
  for (const [what, facts, state, capabilities] of cases) {
    it(`is ${state} when ${what}`, () => {
      const seen = health({ ...whole, ...facts });
      assert.deepEqual([seen.state, seen.capabilities], [state, capabilities]);
      assert.equal(seen.gaps.length > 0, state !== 'ready' && state !== 'starting');
      for (const gap of seen.gaps) assert.ok(gap.reason.length > 10 && gap.remedy.length > 10);
    });
  }

  it('forgets an old trouble once it works', () => {
    assert.deepEqual(health({ ...whole, hub: { ...up, trouble: lost } }).gaps, []);
  });

  it('hands on the remedy that came with a refusal, and the version', () => {
    const seen = health({ ...whole, hub: { isEventsUp: false, isActionsUp: false, probe: null, trouble: denied } });
    assert.equal(seen.gaps[0]?.remedy, 'compare the secret');
    assert.equal(health(whole).version, 'Asterisk 22.10.1');
  });
});
