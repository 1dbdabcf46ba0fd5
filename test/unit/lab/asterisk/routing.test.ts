import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createLabClock } from '../../../../lab/clock.ts';
import { createWorld, type World } from './support.ts';

const folder = new URL('../../../../pbx/asterisk/', import.meta.url);

/** The lines of the README that an administrator copies, from this one on. */
function copied(readme: string, from: string): string {
  const lines = readme.split('\n');
  const first = lines.findIndex((line) => line === from);
  assert.ok(first >= 0, `${from} is in the README`);
  return lines.slice(first, lines.indexOf('```', first)).join('\n');
}

/** FreePBX's own way to ring one extension, as it was read in its sources: string to dial, hook, Dial, and then the box by the outcome. */
const freepbx = `
[internal]
exten => _2XX,1,Set(DEXTEN=\${EXTEN})
 same => n,Set(DSTRING=PJSIP/\${DEXTEN})
 same => n,Gosub(macro-dialout-one-predial-hook,s,1())
 same => n,Dial(\${DSTRING},15)
 same => n,GotoIf($["\${DIALSTATUS}" = "BUSY"]?busy)
 same => n,VoiceMail(\${DEXTEN}@default,u)
 same => n,Hangup()
 same => n(busy),VoiceMail(\${DEXTEN}@default,b)
 same => n,Hangup()
`;

/** The very files and lines that an administrator lays in, run step by step. */
describe('calls by the owner’s state, through routing.conf', () => {
  let world: World | null = null;
  afterEach(() => world?.close());

  async function routed(way: string, state: string, globals: Record<string, string> = {}, { isBusy = false, missing = '' } = {}): Promise<string> {
    const [routing, readme] = await Promise.all(['routing.conf', 'README.md'].map((name) => readFile(new URL(name, folder), 'utf8')));
    const plain = `[internal]\n${copied(readme ?? '', 'exten => _2XX,hint,PJSIP/${EXTEN},CustomPresence:${EXTEN}')}`;
    const script = way === 'plain' ? plain : `${copied(readme ?? '', '[macro-dialout-one-predial-hook]')}\n${freepbx}`;
    world = await createWorld({ clock: createLabClock({ paused: true }), script: `${routing}\n${script}`, voicemail: { boxes: [{ mailbox: '201', fullname: 'Ann' }] } });
    const { pbx } = world;
    if (state !== '') pbx.exchange.presences.write('CustomPresence:201', `${state},,`);
    for (const [name, value] of Object.entries(globals)) pbx.exchange.variables.set(null, name, value);
    pbx.phone('201').setBusy(isBusy);
    if (missing !== '') pbx.faults.functionMissing(missing);
    const caller = pbx.phone('202');
    caller.dial('201');
    await pbx.until(() => pbx.phone('201').view().state === 'RINGING' || caller.view().isRecorded || undefined);
    if (pbx.phone('201').view().state === 'RINGING') return 'rings';
    assert.deepEqual(pbx.channels().map(({ application }) => application), ['VoiceMail'], 'no leg is left behind');
    return caller.view().hears.flatMap(({ kind, sound }) => (kind === 'sound' ? [sound] : [])).join(' ');
  }

  const box = 'vm-theperson vm-isunavail vm-intro beep';
  for (const way of ['plain', 'freepbx']) {
    for (const [state, globals, outcome] of [
      ['', {}, 'rings'], ['available', {}, 'rings'], ['away', {}, 'rings'], ['xa', {}, box], ['dnd', {}, box],
      ['dnd', { TIELINE_ROUTE_DND: 'ring' }, 'rings'], ['xa', { TIELINE_ROUTE_XA: 'ring' }, 'rings'], ['away', { TIELINE_ROUTE_AWAY: 'voicemail' }, box], ['available', { TIELINE_ROUTE_AWAY: 'voicemail' }, 'rings'],
    ] as const) {
      it(`${way}: ${state || 'never known'}${Object.entries(globals).map(([name, value]) => `, ${name}=${value}`).join('')}: ${outcome === 'rings' ? 'rings' : 'goes to the box'}`, async () => {
        assert.equal(await routed(way, state, globals), outcome);
      });
    }
  }

  it('rings as before where the module that keeps presence is not loaded, whatever was set', async () => {
    assert.equal(await routed('plain', 'dnd', {}, { missing: 'PRESENCE_STATE' }), 'rings');
  });

  it('freepbx: a phone that is busy is told as busy, not as away', async () => {
    assert.equal(await routed('freepbx', 'available', {}, { isBusy: true }), 'vm-theperson vm-isonphone vm-intro beep');
  });
});
