import assert from 'node:assert/strict';
import { mayOf, progressOf } from '../../../../addin/admin/sections/reissue/progress.ts';

const now = Date.parse('2026-11-21T09:52:00Z');
const later = '2026-11-28T09:52:00Z';

describe('a reissue on the administrator\'s page', () => {
  it('says how far its phase is', () => {
    assert.deepEqual(progressOf({ phase: 'preview', state: 'running', invites: { look: 3, due: 5, left: 2 } }), { all: 10, done: 7 });
    assert.deepEqual(progressOf({ phase: 'write', state: 'running', invites: { due: 3, writing: 1, written: 5, left: 2 } }), { all: 11, done: 7 });
    assert.deepEqual(progressOf({ phase: 'undo', state: 'running', invites: { written: 3, undoing: 1, undone: 4, kept: 1, left: 2 } }), { all: 11, done: 7 });
    assert.deepEqual(progressOf({ phase: 'preview', state: 'done', invites: {} }), { all: 0, done: 0 });
  });

  const rows: [string, Parameters<typeof mayOf>[0], string][] = [
    ['a preview that is done and found something is written', { phase: 'preview', state: 'done', invites: { due: 2 }, undoUntil: null }, 'start'],
    ['a preview that found nothing is not', { phase: 'preview', state: 'done', invites: { same: 2, left: 1 }, undoUntil: null }, ''],
    ['a preview at work is stopped', { phase: 'preview', state: 'running', invites: { look: 2 }, undoUntil: null }, 'stop'],
    ['a preview that was stopped is over', { phase: 'preview', state: 'stopped', invites: { look: 2 }, undoUntil: null }, ''],
    ['writing goes on after a stop, or is taken back', { phase: 'write', state: 'stopped', invites: { due: 2, written: 1 }, undoUntil: later }, 'start undo'],
    ['writing that is done is taken back', { phase: 'write', state: 'done', invites: { written: 1 }, undoUntil: later }, 'undo'],
    ['not after its seven days', { phase: 'write', state: 'done', invites: { written: 1 }, undoUntil: '2026-11-21T09:52:00Z' }, ''],
    ['taking back goes on after a stop', { phase: 'undo', state: 'stopped', invites: { written: 1, undone: 1 }, undoUntil: later }, 'undo'],
    ['what was taken back stays so', { phase: 'undo', state: 'done', invites: { undone: 2 }, undoUntil: later }, ''],
  ];
  for (const [what, reissue, expected] of rows) it(what, () => assert.equal(Object.entries(mayOf(reissue, now)).filter(([, may]) => may).map(([name]) => name).join(' '), expected));
});
