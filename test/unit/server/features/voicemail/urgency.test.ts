import assert from 'node:assert/strict';
import { urgencyIn } from '../../../../../server/features/voicemail/transcript/urgency.ts';

const said = (text: string, confidence: number | null = 0.9) => text.split(' ').map((word) => ({ text: word, startSeconds: 0, endSeconds: 1, confidence }));

describe('voicemail transcripts: what sounds urgent', () => {
  it('in English and German, whatever stands around the words', () => {
    const urgent = [
      ['Hi, this is urgent. Call me.', 'urgent'], ['please call back as soon as possible, thanks', 'as soon as possible'], ['Es ist dringend!', 'dringend'], ['Bitte so schnell wie möglich zurückrufen', 'so schnell wie möglich'],
      ['Es EILT wirklich', 'EILT'], ['ein Notfall.', 'Notfall'], ['We urgently need you', 'urgently'],
    ] as const;
    assert.deepEqual(urgent.map(([text]) => urgencyIn(said(text))?.said), urgent.map(([, words]) => words));
  });

  it('not what is denied, and not what only sounds like it', () => {
    const calm = ['It is not urgent', 'nothing that is urgent', 'Ist nicht wirklich dringend', 'kein Notfall', 'I will be back as soon as I can', 'das Mobiltelefon', 'Ich bin sofort zurück', ''];
    assert.deepEqual(calm.map((text) => urgencyIn(said(text))), calm.map(() => null));
  });

  it('one that is denied does not hide a later one, and it is as sure as its least sure word', () => {
    const pieces = [...said('not urgent for me, but for the customer it is'), { text: 'dringend', startSeconds: 0, endSeconds: 1, confidence: 0.4 }];
    assert.deepEqual(urgencyIn(pieces), { said: 'dringend', confidence: 0.4 });
    assert.equal(urgencyIn(said('urgent', null))?.confidence, null);
  });
});
