import assert from 'node:assert/strict';
import { putConference } from '../../../../addin/invite/put.ts';
import { removeConference } from '../../../../addin/invite/remove.ts';
import { findBlocks } from '../../../../invitation/index.ts';
import { block, id, joinBase, otherBlock } from '../../invitation/sample.ts';
import { installOffice, makeOffice } from '../office-double.ts';
import type { OfficeDouble } from '../office-double.ts';
import { makeServer } from './server-double.ts';
import type { ServerDouble } from './server-double.ts';

const teams = '<div><p>________________</p><p><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting">Join the meeting</a></p></div>';
const megabyte = '<p>words of a person</p>\r\n'.repeat(Math.floor(990_000 / 26));

interface Case {
  name: string;
  body: string;
  format?: 'html' | 'text';
  /** What is left of the body when the conference is out again; without it, the body itself. */
  left?: string;
  /** Of the conferences in the body the server knows ours. */
  known?: boolean;
}

const cases: readonly Case[] = [
  { name: 'empty', body: '' },
  { name: 'empty and plain', body: '', format: 'text' },
  { name: 'plain', body: 'Hi all,\r\n\r\nnumbers for week 47\r\n-- \r\nAnna', format: 'text' },
  { name: 'plain with the first half of our block', body: `Hi\n${block.text.slice(0, block.text.indexOf(id) + id.length)}\nBye`, format: 'text', left: 'Hi\nBye', known: true },
  { name: 'with the block cut after the link', body: `<p>Hi</p><p><a href="${joinBase}${id}">Join the conference</a></p><p>Bye</p>`, left: '<p>Hi</p><p>Bye</p>', known: true },
  { name: 'with two blocks, one of another meeting', body: `<p>Hi</p>${block.html}<p>between</p>${otherBlock.html}<p>Bye</p>`, left: '<p>Hi</p><p>between</p><p>Bye</p>', known: true },
  { name: 'with one block twice', body: `<p>Hi</p>${block.html}<p>between</p>${block.html}`, left: '<p>Hi</p><p>between</p>', known: true },
  { name: 'with the block of somebody else', body: `<p>Hi</p>${teams}` },
  { name: 'with the block of somebody else around ours', body: `${teams}${block.html}${teams}`, left: `${teams}${teams}`, known: true },
  { name: 'of nearly 1 MB', body: megabyte },
];

describe('Add and Remove, whatever stands in the invite', () => {
  let server: ServerDouble;
  let office: OfficeDouble;
  let remove: () => void;

  beforeEach(() => {
    server = makeServer();
  });
  afterEach(() => remove());

  for (const { name, body, format = 'html', left = body, known = false } of cases) {
    it(`${name}: one whole block after Add, the person's own text to the byte after Remove`, async () => {
      office = makeOffice({ body, format, location: 'Room' });
      remove = installOffice(office);
      if (known) server.conferences.set(id, { state: 'held', language: 'en' });
      const added = await putConference(server, { idempotencyKey: 'ac2fb1a8-57ad-4a31-9c35-0b7b0f3a3c11', language: 'en' });
      assert.ok(added.done !== 'nothing', JSON.stringify(added));
      const found = findBlocks(office.body, format, joinBase, { block: added.invite.block });
      assert.deepEqual(found.map((one) => [one.id, one.damaged, one.kept]), [[known ? id : added.invite.conference.id, false, []]]);
      assert.deepEqual(added.foreign, body.includes('teams.') ? ['teams'] : []);
      assert.equal((await removeConference(server)).done, 'removed');
      assert.equal(office.body, left);
    });
  }

  it('over 1 MB: nothing is written, nothing is kept, and it is said by how much', async () => {
    const body = 'x'.repeat(1_000_000);
    office = makeOffice({ body });
    remove = installOffice(office);
    const outcome = await putConference(server, { idempotencyKey: 'ac2fb1a8-57ad-4a31-9c35-0b7b0f3a3c11', language: 'en' });
    assert.ok(outcome.done === 'nothing' && outcome.trouble.kind === 'full' && outcome.trouble.over > 0);
    assert.equal(office.body, body);
    assert.deepEqual([...server.conferences.values()].filter(({ state }) => state === 'held'), []);
  });
});
