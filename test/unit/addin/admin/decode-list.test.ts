import assert from 'node:assert/strict';
import { decodeList } from '../../../../addin/admin/sections/people/decode.ts';
import { readLineCsv } from '../../../../server/accounts/lines/csv.ts';

const text = 'pbx;extension;name\r\npbx;201;Jürgen Weiß\r\npbx;202;"Søren; Åse"\r\n';

describe('a list of lines as table programs save it', () => {
  const saved: readonly [string, Uint8Array][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first, with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, little end first', Buffer.from(text, 'utf16le')],
    ['UTF-16, big end first, with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(text, 'latin1')],
  ];
  for (const [name, bytes] of saved) {
    it(`in ${name} keeps its letters`, async () => {
      const { entries, mistakes } = await readLineCsv(decodeList(bytes));
      assert.deepEqual(mistakes, []);
      assert.deepEqual(entries.map((each) => each.name), ['Jürgen Weiß', 'Søren; Åse']);
    });
  }

  it('empty, or of one letter, is what it is', () => {
    assert.deepEqual([decodeList(new Uint8Array()), decodeList(Uint8Array.of(0x61))], ['', 'a']);
  });

  it('of an alphabet without zeros in UTF-8 is not taken for a wide one', () => {
    assert.equal(decodeList(Buffer.from('שלום')), 'שלום');
  });
});
