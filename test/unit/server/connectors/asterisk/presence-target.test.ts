import assert from 'node:assert/strict';
import { presenceValue } from '../../../../../server/connectors/asterisk/presence-target.ts';

function parts(value: string): string[] {
  const [state = '', subtype = '', message = '', options = ''] = value.split(',');
  return [state, Buffer.from(subtype, 'base64').toString('utf8'), Buffer.from(message, 'base64').toString('utf8'), options];
}

describe('a state in Asterisk’s words', () => {
  const rows: [Parameters<typeof presenceValue>[0], string, string][] = [
    [{ availability: 'available', face: 'available', text: 'Available' }, 'available', 'available'],
    [{ availability: 'busy', face: 'meeting', text: 'In a meeting' }, 'away', 'meeting'],
    [{ availability: 'busy', face: 'busy', text: 'Busy' }, 'away', 'busy'],
    [{ availability: 'away', face: 'away', text: 'Away' }, 'away', 'away'],
    [{ availability: 'away', face: 'outOfOffice', text: 'Out' }, 'xa', 'outOfOffice'],
    [{ availability: 'away', face: 'vacation', text: 'Sun' }, 'xa', 'vacation'],
    [{ availability: 'doNotDisturb', face: 'doNotDisturb', text: 'No' }, 'dnd', 'doNotDisturb'],
  ];
  for (const [shown, state, subtype] of rows) it(`${shown.face}: ${state}`, () => assert.deepEqual(parts(presenceValue(shown)).slice(0, 2), [state, subtype]));

  it('carries hostile text as text: no comma, no line break can end the value or the action', () => {
    const text = 'lunch, see you\r\nAction: Originate\r\n\r\n\0 \u202E evil 😀 ü';
    const value = presenceValue({ availability: 'away', face: 'away', text });
    assert.match(value, /^away,[A-Za-z0-9+/=]+,[A-Za-z0-9+/=]+,e$/);
    assert.doesNotMatch(parts(value)[2] ?? '', /[\r\n\0\u202E]/);
    assert.match(parts(value)[2] ?? '', /😀 ü$/);
  });

  it('stays within a manager line, whatever the title', () => {
    assert.ok(Buffer.byteLength(`Value: ${presenceValue({ availability: 'busy', face: 'meeting', text: '😀'.repeat(5_000) })}`) < 1_000);
  });
});
