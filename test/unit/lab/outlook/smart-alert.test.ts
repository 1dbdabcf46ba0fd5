import assert from 'node:assert/strict';
import { questionAfter, questionWhenSlow } from '../../../../lab/outlook/browser/host/smart-alert.ts';
import type { SendMode } from '../../../../lab/outlook/browser/manifest/types.ts';

function canSendAnyway(outcome: Parameters<typeof questionAfter>[0]): Record<string, boolean | undefined> {
  const modes: SendMode[] = ['PromptUser', 'SoftBlock', 'Block'];
  return Object.fromEntries(modes.map((mode) => [mode, questionAfter(outcome, mode)?.canSendAnyway]));
}

describe('the lab’s Outlook: smart alerts follow Microsoft’s table', () => {
  it('allowed: nothing is asked', () => {
    assert.equal(questionAfter({ kind: 'completed', options: { allowEvent: true } }, 'Block'), null);
  });
  it('refused: only PromptUser may be overruled', () => {
    assert.deepEqual(canSendAnyway({ kind: 'completed', options: { allowEvent: false } }), { PromptUser: true, SoftBlock: false, Block: false });
  });
  it('completed without a word counts as refused', () => {
    assert.equal(questionAfter({ kind: 'completed', options: {} }, 'PromptUser')?.reason, 'refused');
  });
  it('unavailable: all but Block', () => {
    assert.deepEqual(canSendAnyway({ kind: 'unavailable', reason: '' }), { PromptUser: true, SoftBlock: true, Block: false });
  });
  it('no answer: only PromptUser, when slow and when given up', () => {
    assert.deepEqual(canSendAnyway({ kind: 'timeout' }), { PromptUser: true, SoftBlock: false, Block: false });
    assert.deepEqual([questionWhenSlow('PromptUser').canSendAnyway, questionWhenSlow('SoftBlock').canSendAnyway], [true, false]);
  });
  it('a handler can soften its mode for one refusal', () => {
    assert.equal(questionAfter({ kind: 'completed', options: { allowEvent: false, sendModeOverride: 'promptUser' } }, 'Block')?.canSendAnyway, true);
  });
  it('words are cut where Outlook cuts them, and things that are no words are dropped', () => {
    const question = questionAfter({ kind: 'completed', options: { allowEvent: false, errorMessage: 'x'.repeat(600), cancelLabel: 'y'.repeat(30), commandId: 7, contextData: { a: 1 } } }, 'PromptUser');
    assert.deepEqual([question?.message.length, question?.cancelLabel.length, question?.commandId, question?.contextData], [500, 20, null, '{"a":1}']);
  });
});
