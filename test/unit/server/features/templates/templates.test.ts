import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../../../contract/endpoint.ts';
import type { TemplateContent, TemplateSave } from '../../../../../contract/conference/template.ts';
import { putBlock } from '../../../../../invitation/index.ts';
import { createLabClock } from '../../../../../lab/clock.ts';
import { UserError } from '../../../../../server/domain/errors.ts';
import { createConferenceFeature } from '../../../../../server/features/conference/index.ts';
import { createTemplateHandlers, createTemplates } from '../../../../../server/features/templates/index.ts';
import type { Store } from '../../../../../server/store/connect.ts';
import { holdIn, inTenant } from '../../../../support/conference-steps.ts';
import { anna, createConferenceWorld, joinBase, start, type ConferenceWorld } from '../../../../support/conference-world.ts';
import { testStore } from '../../../../support/database.ts';

const admin: Caller = { ...anna, personId: 'root', name: 'Ada Admin', roles: ['user', 'administrator'] };
const second: Caller = { ...admin, personId: 'root2', name: 'Bob Admin' };
const silent: TemplateContent = { languages: null, logo: null, legal: null, hide: null };
const logo = { text: 'Northwind', imageUrl: 'https://img.example.com/l.png', width: 160, height: 40 };

describe('templates of the invite text', () => {
  let store: Store;
  let close: () => Promise<void>;
  let world: ConferenceWorld;
  let handlers: ReturnType<typeof createTemplateHandlers>;

  before(async function () {
    this.timeout(60_000);
    ({ store, close } = await testStore());
    await inTenant(store);
    world = createConferenceWorld(store);
    const templates = createTemplates({ clock: createLabClock({ startAt: start, paused: true }), store, languages: ['en', 'de'] });
    const sample = () => ({ joinUrl: `${joinBase}${'a'.repeat(26)}`, passcode: '1', accessCode: '2', numbers: [], moreNumbers: false, host: 'x' });
    handlers = createTemplateHandlers({ templates, languages: ['en', 'de'], sample });
    world.deps.dressFor = (tenant, template) => templates.dressFor(tenant, template);
    world.deps.templatesOf = (tenant) => templates.offered(tenant);
    world.feature = createConferenceFeature(world.deps);
  });
  after(async () => close());

  const list = async () => (await handlers.list({ params: {}, query: {}, body: {} }, admin)).templates;
  const version = async (id: string) => (await list()).find((each) => each.id === id)?.version ?? -1;
  const save = async (template: string, content: Partial<TemplateContent>, over: Partial<TemplateSave> = {}, caller = admin) =>
    handlers.save({ params: { template }, query: {}, body: { version: await version(template), name: template === 'organisation' ? 'Organisation' : `T ${template}`, content: { ...silent, ...content }, locked: [], ...over } }, caller);
  const make = async (name: string) => (await handlers.make({ params: {}, query: {}, body: { id: randomUUID(), name } }, admin)).template;
  const refusal = async (asked: Promise<unknown>): Promise<[number, string, string | undefined]> => {
    const error = await asked.catch((each: unknown) => each);
    assert.ok(error instanceof UserError && error.problem.remedy, String(error));
    return [error.status, error.problem.code, error.problem.field];
  };
  const blockOf = async (id: string) => (await world.feature.handlers.read({ params: { id }, query: {}, body: {} }, anna)).block;

  it('begins with an organisation\'s template that says nothing', async () => {
    assert.deepEqual(await list(), [{ id: 'organisation', name: 'Organisation', content: silent, locked: [], version: 0, updatedAt: null, updatedBy: null }]);
  });

  it('what the organisation says stands in every conference\'s block, exactly as the preview showed it', async () => {
    const { id, accessCode, passcode } = await holdIn(world);
    const content = { logo, languages: ['de'], legal: { en: 'Recorded <b>never</b>.', de: 'Keine Aufnahme.' } };
    await save('organisation', content);
    const real = await blockOf(id);
    const preview = await createTemplateHandlers({
      templates: createTemplates({ clock: world.clock, store, languages: ['en', 'de'] }), languages: ['en', 'de'],
      sample: (language) => ({ joinUrl: `${joinBase}${id}`, passcode, accessCode, numbers: [{ country: language === 'de' ? 'Deutschland' : 'Germany', display: '+49 30 23125400', e164: '+493023125400' }], moreNumbers: false, host: anna.name }),
    }).preview({ params: {}, query: {}, body: { template: 'organisation', content: { ...silent, ...content }, locked: [], language: 'en' } }, admin);
    assert.deepEqual([preview.html, preview.text], [real.html, real.text]);
    assert.match(real.html, /alt="Northwind"[\s\S]*An der Konferenz teilnehmen[\s\S]*Recorded <b>never<\/b>[\s\S]*Keine Aufnahme/);
    assert.deepEqual([preview.languages, preview.findings], [['en', 'de'], []]);
  });

  it('a template inherits what it does not say, and what is locked it cannot say', async () => {
    const { id } = await make('Legal department');
    await save('organisation', { logo, legal: { en: 'From above.' } }, { locked: ['legal'] });
    await save(id, { logo: 'off', hide: ['passcode'] });
    const conference = await holdIn(world);
    const changed = await world.feature.handlers.change({ params: { id: conference.id }, query: {}, body: { version: conference.version, template: id } }, anna);
    assert.doesNotMatch(changed.block.html, /<img|Passcode/);
    assert.match(changed.block.html, />From above\.</);
    assert.deepEqual(await refusal(save(id, { legal: { en: 'My own.' } })), [422, 'template-locked', 'content.legal']);
    // Locked after it was said: the organisation's word counts.
    await save('organisation', { logo, legal: { en: 'From above.' } }, { locked: ['legal', 'logo'] });
    assert.match((await blockOf(conference.id)).html, /<img/);
  });

  it('two administrators at once: the second is told by whom, and nothing is lost', async () => {
    await save('organisation', {});
    const { id } = await make('Two hands');
    await save(id, { legal: { en: 'First.' } }, { version: 1 }, second);
    const error = await save(id, { legal: { en: 'Second.' } }, { version: 1 }).catch((each: unknown) => each);
    assert.ok(error instanceof UserError && error.status === 409 && error.problem.message.startsWith('Bob Admin'));
    assert.deepEqual((await list()).find((each) => each.id === id)?.content.legal, { en: 'First.' });
    const both = await Promise.allSettled([save(id, { hide: ['host'] }, { version: 2 }), save(id, { hide: ['phone'] }, { version: 2 }, second)]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    const unsaved = await Promise.allSettled([save('organisation', {}, { version: 0 }), save('organisation', {}, { version: 0 })]);
    assert.deepEqual(unsaved.map(({ status }) => status), ['rejected', 'rejected'], 'a version that was never shown for long');
  });

  it('refuses what would not arrive, naming place and remedy in the caller\'s language', async () => {
    const { id } = await make('Bad');
    await make('Taken');
    assert.deepEqual(await refusal(save(id, { legal: { en: '<div class="x">x</div>' } })), [422, 'template-would-not-arrive', 'content.legal.en']);
    assert.deepEqual(await refusal(save(id, { logo: { ...logo, imageUrl: 'http://x' } })), [422, 'template-would-not-arrive', 'content.logo']);
    assert.deepEqual(await refusal(save(id, { languages: ['fr'] })), [422, 'language-not-offered', 'content.languages']);
    assert.deepEqual(await refusal(save(id, {}, { name: 'tAKEN' })), [422, 'name-taken', 'name']);
    assert.deepEqual(await refusal(save(randomUUID(), {}, { version: 1 })), [404, 'template-unknown', undefined]);
    const german = await save(id, { legal: { de: '<svg></svg>' } }, {}, { ...admin, language: 'de' }).catch((each: unknown) => each);
    assert.ok(german instanceof UserError && german.problem.message.includes('kommt nicht an'));
  });

  it('an invite from before takes the new text in place of the old one, to the last line', async () => {
    const { id } = await holdIn(world);
    await save('organisation', { logo, legal: { en: 'Old terms.<br>Second old line.' } });
    const before = await blockOf(id);
    for (const format of ['html', 'text'] as const) {
      const hello = format === 'html' ? '<p>Hello</p>' : 'Hello';
      await save('organisation', { logo, legal: { en: 'Old terms.<br>Second old line.' } });
      const old = putBlock(hello, format, before).body;
      await save('organisation', { legal: { en: 'New terms.' } });
      const after = await blockOf(id);
      assert.equal(putBlock(old, format, after).body, putBlock(hello, format, after).body);
    }
  });

  it('removing a template gives its conferences the organisation\'s; the organisation\'s own cannot go', async () => {
    const { id } = await make('Short life');
    await save('organisation', {});
    await save(id, { legal: { en: 'Gone soon.' } });
    const conference = await holdIn(world);
    await world.feature.handlers.change({ params: { id: conference.id }, query: {}, body: { version: conference.version, template: id } }, anna);
    const remaining = await handlers.remove({ params: { template: id }, query: {}, body: {} }, admin);
    assert.ok(!remaining.templates.some((each) => each.id === id));
    assert.ok(!(await blockOf(conference.id)).html.includes('Gone soon'));
    assert.deepEqual(await refusal(handlers.remove({ params: { template: 'organisation' }, query: {}, body: {} }, admin)), [422, 'template-needed', 'template']);
  });

  it('another organisation sees nothing of it', async () => {
    await make('Ours');
    assert.deepEqual((await handlers.list({ params: {}, query: {}, body: {} }, { ...admin, tenantId: 'other' })).templates.map(({ id }) => id), ['organisation']);
  });

  it('the same id twice makes one', async () => {
    const body = { id: randomUUID(), name: 'Once' };
    const [one, two] = await Promise.all([handlers.make({ params: {}, query: {}, body }, admin), handlers.make({ params: {}, query: {}, body }, admin)]);
    assert.deepEqual(one, two);
  });
});
