import assert from 'node:assert/strict';
import { classify, effective } from '../../../../../server/features/availability/rules/classify.ts';
import { hasWord } from '../../../../../server/features/availability/rules/words.ts';
import { at, meeting, policy } from './sample.ts';

describe('a word in a title', () => {
  /** What is looked for, the title, and whether it is there. */
  const rows: [string, string, string, boolean][] = [
    ['capitals', 'SICK', 'sick', true],
    ['a part of a longer word', 'sick', 'Sickle cell', false],
    ['a part at its end', 'leave', 'Interleave', false],
    ['several words', 'home office', 'Anna: Home  Office!', true],
    ['several words over signs and lines', 'home office', 'Home-Office\n(am)', true],
    ['several words in another order', 'home office', 'office home', false],
    ['several words with one between', 'home office', 'Home and office', false],
    ['signs in the word itself', 'c++ training', 'C++ Training', true],
    ['numbers', '2027', 'Budget 2027/28', true],
    ['a number in a longer one', '27', 'Budget 2027', false],
    ['an accent as one sign or two', 'congé', 'Conge\u0301 annuel', true],
    ['another letter', 'conge', 'Congé annuel', false],
    ['sharp s in capitals', 'straße', 'STRASSENFEST in der STRASSE', true],
    ['wide letters', 'budget', 'Ｂｕｄｇｅｔ', true],
    ['Turkish dots', 'izin', 'İZİN', true],
    ['Turkish without dots', 'yıllık', 'YILLIK', true],
    ['the Greek sigma at the end', 'άδειασ', 'ΆΔΕΙΑΣ', true],
    ['Cyrillic', 'отпуск', 'Отпуск!', true],
    ['Hebrew', 'חופשה', '\u200Fחופשה (דנה)\u200F', true],
    ['a part of a Hebrew word', 'חופש', 'חופשה', false],
    ['Arabic between direction marks', 'إجازة', '\u202Bإجازة سنوية\u202C', true],
    ['Persian with and without the joiner that nobody sees', 'می\u200Cروم', 'میروم', true],
    ['a soft hyphen', 'homeoffice', 'Home\u00ADoffice', true],
    ['Japanese, which has no spaces', '休暇', '夏季休暇のお知らせ', true],
    ['Chinese, other signs', '年假', '年度假期', false],
    ['Thai', 'ลาพักร้อน', 'สมชายลาพักร้อนค่ะ', true],
    ['Korean, which has spaces', '휴가', '여름 휴가', true],
    ['a picture', '🏖️', '🏖️ Anna', true],
    ['a picture without the sign that colours it', '🏖️', 'Beach\u{1F3D6}', true],
    ['another picture', '🏖️', '☀️ Standup', false],
    ['a picture in another skin', '👋', 'Bye 👋🏽', true],
    ['a picture inside a joined one', '💻', '👩‍💻 at home', true],
    ['a picture beside letters without a space', 'vacation', '🌴Vacation🌴', true],
    ['flags', '🇩🇪', '🇩🇪 holiday', true],
    ['another flag', '🇩🇪', '🇩🇰 holiday', false],
    ['what looks like a pattern', '.*', 'a.*b', false],
    ['no word at all', ' - ', '- a - b -', false],
  ];
  for (const [what, word, title, isThere] of rows) it(`${what}: ${isThere ? 'found' : 'not found'}`, () => assert.equal(hasWord(title, [word]), isThere));

  it('any one of several is enough; no list finds anything, and of no title nothing is known', () => {
    assert.equal(hasWord('Sick', ['vacation', 'sick']), true);
    assert.deepEqual([hasWord('Sick', []), hasWord('', ['sick']), hasWord(null, ['sick']), hasWord(null, [])], [false, false, null, null]);
  });

  it('is looked for in long and hostile titles without ado', () => {
    assert.equal(hasWord(`${'x '.repeat(50_000)}end`, ['end']), true);
    assert.equal(hasWord('\u200D\uFE0F'.repeat(50_000), ['\uFE0F']), false);
  });
});

describe('titles that win and lose (A136, A137)', () => {
  const own = policy({ winningWords: ['vacation', '🏖️'], losingWords: ['home office'] });
  const vacation = meeting({ id: 'vacation', subject: 'VACATION 🏖️', showAs: 'workingElsewhere' });
  const winner = (...subjects: Parameters<typeof meeting>[0][]): string | undefined => effective([vacation, ...subjects.map((each, n) => meeting({ id: `m${n}`, ...each }))], own, 'Europe/Berlin')[0]?.appointment.id;

  it('a winning title wins against the stronger state and the later start at the same time', () => {
    assert.equal(winner({ subject: 'Budget', startsAt: at('10:30') }), 'vacation');
    assert.equal(effective([vacation, meeting()], policy(), 'Europe/Berlin')[0]?.appointment.id, 'meeting', 'without the word it would not');
  });

  it('a losing title wins against nothing, though a winning word stands in it as well', () => {
    assert.equal(effective([meeting({ id: 'home', subject: 'Home Office instead of vacation' }), meeting({ id: 'free', subject: 'x', showAs: 'workingElsewhere' })], own, 'Europe/Berlin')[0]?.appointment.id, 'free');
    assert.equal(effective([meeting({ id: 'home', subject: 'Home office' })], own, 'Europe/Berlin')[0]?.appointment.id, 'home', 'alone it counts');
  });

  it('they change who wins, never what counts, and a private title has no words', () => {
    assert.equal(classify(meeting({ subject: 'Vacation', showAs: 'tentative' }), own, 'Europe/Berlin').output, 'ignore');
    assert.equal(classify(meeting({ subject: 'Vacation', showAs: 'free' }), own, 'Europe/Berlin').output, 'free');
    assert.deepEqual(effective([meeting({ subject: null, isPrivate: true })], own, 'Europe/Berlin').map((each) => each.priority), [0]);
  });
});
