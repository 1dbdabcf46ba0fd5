import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { OurError, UserError } from '../../../../../../server/domain/errors.ts';
import { encodeAction } from '../../../../../../server/connectors/asterisk/client/ami/encode.ts';
import { maskFields } from '../../../../../../server/connectors/asterisk/client/ami/mask.ts';
import { parsePacket } from '../../../../../../server/connectors/asterisk/client/ami/packet.ts';

describe('manager actions on the wire', () => {
  const fields = { Conference: 'abc', Channel: 'PJSIP/1001-00000001', CallerID: 'Ann', Value: 'x' };

  for (const bad of ['\r', '\n', '\0', '\r\n\r\nAction: DBPut', '\nKey: x']) {
    for (const field of Object.keys(fields)) {
      it(`refuse ${JSON.stringify(bad)} in ${field}, naming the field`, () => {
        assert.throws(() => encodeAction('ConfbridgeKick', 'tl-1', { ...fields, [field]: `a${bad}b` }), (error: UserError) => error instanceof UserError && error.problem.code === 'text-not-allowed' && error.problem.field === field);
      });
    }
  }

  it('refuse a strange action, header or id as our own mistake', () => {
    assert.throws(() => encodeAction('Kick\r\nX', 'tl-1', {}), OurError);
    assert.throws(() => encodeAction('Ping', 'tl 1\r\n', {}), OurError);
    assert.throws(() => encodeAction('Ping', 'tl-1', { 'A: b\r\nC': 'd' }), OurError);
  });

  it('keep ids short enough for the rows of a list, which cut them at 80 bytes with all around them', () => {
    assert.throws(() => encodeAction('Ping', 'x'.repeat(61), {}), OurError);
    assert.ok(`ActionID: ${'x'.repeat(60)}\r\n`.length < 80);
  });

  it('refuse a line that Asterisk would not read, counting bytes', () => {
    const fits = 'x'.repeat(1_023 - 'Value: '.length);
    assert.ok(encodeAction('Setvar', 'tl-1', { Value: fits }));
    assert.throws(() => encodeAction('Setvar', 'tl-1', { Value: `${fits}x` }), (error: UserError) => error.problem.code === 'text-too-long');
    assert.throws(() => encodeAction('Setvar', 'tl-1', { Value: 'ß'.repeat(600) }), (error: UserError) => error.problem.field === 'Value');
  });

  it('never become more than one action, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      let wire: string;
      try {
        wire = encodeAction('Setvar', 'tl-1', { Value: text });
      } catch (error) {
        assert.ok(error instanceof UserError);
        return;
      }
      assert.equal(wire.indexOf('\r\n\r\n'), wire.length - 4);
      assert.equal(wire.split('\n').length, 5);
      assert.equal(parsePacket(wire)?.headers.size, 3);
    }));
  });

  it('show no secret in a log', () => {
    const shown = maskFields({ Secret: 'a', NewPassword: 'b', Key: 'c', PIN: 'd', AuthToken: 'e', Username: 'tieline' });
    assert.deepEqual(shown, { Secret: '***', NewPassword: '***', Key: '***', PIN: '***', AuthToken: '***', Username: 'tieline' });
  });
});
