import assert from 'node:assert/strict';
import { associated, readFacts } from '../../../../addin/manifest/facts.ts';
import { extensionPoints, readManifest, type Manifest } from '../../../../addin/manifest/manifest.ts';
import { attribute, below, child } from '../../../../addin/manifest/xml.ts';
import { own } from './cases/breach.ts';

/** A change of any of these means new consent by every administrator, and about a week until everybody has it. */
describe('manifest 1.0: holds what later versions need', () => {
  let manifest: Manifest;

  before(() => {
    const read = readManifest(own);
    assert.ok(!('problem' in read));
    manifest = read;
  });

  it('every surface', () => {
    assert.deepEqual(extensionPoints(manifest).map((each) => each.type), [
      'MessageReadCommandSurface', 'MessageComposeCommandSurface', 'AppointmentOrganizerCommandSurface', 'AppointmentAttendeeCommandSurface', 'LaunchEvent',
      'MobileMessageReadCommandSurface', 'MobileOnlineMeetingCommandSurface',
    ]);
  });

  it('every event', () => {
    const events = manifest.all.filter((each) => each.name === 'LaunchEvent');
    assert.deepEqual(events.map((each) => attribute(each, 'Type')).toSorted(), [
      'OnAppointmentAttendeesChanged', 'OnAppointmentOrganizer', 'OnAppointmentRecurrenceChanged', 'OnAppointmentSend', 'OnAppointmentTimeChanged', 'OnNewAppointmentOrganizer',
    ]);
  });

  it('the least permission that does it, and shared calendars', () => {
    assert.equal(child(manifest.root, 'Permissions')?.text, 'ReadWriteItem');
    assert.equal(child(manifest.desktop, 'SupportsSharedFolders')?.text, 'true');
  });

  it('pins panes beside mails and nowhere else: Outlook pins none beside appointments', () => {
    const pinning = manifest.all.filter((each) => each.name === 'SupportsPinning');
    const surfaces = pinning.map((each) => {
      let point = each.parent;
      while (point && point.name !== 'ExtensionPoint') point = point.parent;
      return point?.type;
    });
    assert.deepEqual(new Set(surfaces), new Set(['MessageReadCommandSurface', 'MessageComposeCommandSurface']));
  });

  it('the organizer has one function, which adds the conference, and phones have the same', () => {
    const names = manifest.all.filter((each) => each.name === 'FunctionName').map((each) => each.text);
    assert.deepEqual(names, ['insertConference', 'insertConference']);
  });

  it('no state of the server in an icon, and one menu of the same states for organizers and attendees', () => {
    const menus = manifest.all.filter((each) => /^tieline\.\w+\.availability$/.test(attribute(each, 'id')));
    const [first = [], second = []] = menus.map((menu) => below(menu).filter((each) => each.name === 'Item').map((each) => attribute(each, 'id').split('.').at(-1)));
    assert.deepEqual(first, ['automatic', 'available', 'busy', 'dnd', 'away']);
    assert.deepEqual(second, first);
  });

  it('asks for every function that the code associates, so that none lies idle', async () => {
    const { functions } = await readFacts();
    const named = new Set(manifest.all.flatMap((each) => (each.name === 'FunctionName' ? [each.text] : [attribute(each, 'FunctionName')])));
    const idle = [...functions.commands, ...functions.events].filter((name) => !named.has(name));
    assert.deepEqual(idle, []);
  });
});

describe('manifest facts: what the code associates is read from the code', () => {
  it('in all kinds of quotes, over lines', () => {
    assert.deepEqual(associated('associate(\'a\', b);\nassociate(\n  "c",\n  d);\nassociate(`e`, f);'), ['a', 'c', 'e']);
  });

  it('not from comments, but behind an address', () => {
    assert.deepEqual(associated('// associate(\'a\', b);\n/** associate(\'c\', d);\n */\nconst e = \'https://f.example\'; associate(\'g\', h);'), ['g']);
  });

  it('not from functions of similar names', () => {
    assert.deepEqual(associated('disassociate(\'a\'); associateAll(\'b\');'), []);
  });

  it('from this project: the button\'s function and the handlers of events, and the pages that webpack makes', async () => {
    const facts = await readFacts();
    assert.ok(facts.functions.commands.includes('insertConference'));
    assert.ok(facts.functions.events.includes('onAppointmentSend'));
    for (const file of ['/addin/taskpane.html', '/addin/commands.html', '/addin/launchevent.html', '/addin/launchevent.js']) assert.ok(facts.files.includes(file), file);
    assert.ok(facts.icons.has('/addin/icons/tieline-16.png'));
  });
});
