import assert from 'node:assert/strict';

import { createWorld, type Wire, type World } from './support.ts';

const hint = 'Hint: PJSIP/201,CustomPresence:201\r\n';
const set = 'Response: Success\r\nActionID: 8\r\nMessage: Variable Set\r\n\r\n';
const refused = 'Response: Error\r\nActionID: 8\r\nMessage: Variable not set\r\n\r\n';

/** Byte for byte what Asterisk 22.10.1 said, with the lab's hint in the place of the trial's. */
describe('lab Asterisk: device states and presence, as Asterisk says them', () => {
  let world: World;
  let wire: Wire;
  beforeEach(async () => {
    world = await createWorld({ phones: [{ extension: '201', name: 'Ann' }, { extension: '202', name: 'Bob', devices: ['Custom:p202'] }] });
    wire = await world.login('least');
  });
  afterEach(() => world.close());

  function setvar(variable: string, value: string): Promise<string> {
    wire.action(`Action: Setvar\nActionID: 8\nVariable: ${variable}\nValue: ${value}`);
    return wire.ask('Action: Ping\nActionID: end', 'ActionID: end\r\nPing').then((text) => text.slice(0, text.indexOf('Response: Success\r\nActionID: end')));
  }

  it('tells of a device that changed, first by its extension, once', async () => {
    const busy = 'Event: ExtensionStatus\r\nPrivilege: call,all\r\nExten: 202\r\nContext: internal\r\nHint: PJSIP/202&Custom:p202,CustomPresence:202\r\nStatus: 2\r\nStatusText: Busy\r\n\r\nEvent: DeviceStateChange\r\nPrivilege: call,all\r\nDevice: Custom:p202\r\nState: BUSY\r\n\r\n';
    assert.equal(await setvar('DEVICE_STATE(Custom:p202)', 'BUSY'), set + busy);
    assert.equal(await setvar('DEVICE_STATE(Custom:p202)', 'BUSY'), set);
  });

  it('refuses states that cannot be written, and devices that are not ours to write', async () => {
    for (const value of ['UNKNOWN', 'PURPLE']) assert.equal(await setvar('DEVICE_STATE(Custom:p202)', value), refused);
    assert.equal(await setvar('DEVICE_STATE(PJSIP/201)', 'BUSY'), refused);
    assert.equal(await setvar('DB(a/b)', '1'), refused);
  });

  it('hides an unplugged phone behind a custom device in the same hint', async () => {
    world.pbx.phone('202').plug(false);
    await setvar('DEVICE_STATE(Custom:p202)', 'NOT_INUSE');
    assert.match(await wire.ask('Action: ExtensionState\nExten: 202\nContext: internal'), /Status: 0\r\nStatusText: Idle\r\n/);
  });

  it('tells of presence twice: by the hint and by the presentity; by the hint only when it changed', async () => {
    const text = 'Status: dnd\r\nSubtype: meeting\r\nMessage: Budget review until 15:00\r\n\r\n';
    const change = `Event: PresenceStateChange\r\nPrivilege: call,all\r\nPresentity: CustomPresence:201\r\n${text}`;
    const status = `Event: PresenceStatus\r\nPrivilege: call,all\r\nExten: 201\r\nContext: internal\r\n${hint}${text}`;
    assert.equal(await setvar('PRESENCE_STATE(CustomPresence:201)', 'dnd,meeting,Budget review until 15:00'), set + status + change);
    assert.equal(await setvar('PRESENCE_STATE(CustomPresence:201)', 'dnd,meeting,Budget review until 15:00'), set + change);
  });

  it('refuses a comma in the message, an unknown state, and nothing at all', async () => {
    for (const value of ['dnd,meeting,a,b', 'bogus,a,b', '']) assert.equal(await setvar('PRESENCE_STATE(CustomPresence:201)', value), refused);
  });

  it('takes base64 with e as the fourth field of the value', async () => {
    assert.match(await setvar('PRESENCE_STATE(CustomPresence:201)', 'xa,bHVuY2g=,TWl0dGFn,e'), /Presentity: CustomPresence:201\r\nStatus: xa\r\nSubtype: lunch\r\nMessage: Mittag\r\n\r\n$/);
  });

  it('takes any e behind the message for that, and makes rubbish of it', async () => {
    assert.match(await setvar('PRESENCE_STATE(CustomPresence:201)', 'DND,YQ==,Yg==,see you, then'), /Status: dnd\r\nSubtype: a\r\nMessage: b\r\n\r\n$/);
    assert.match(await setvar('PRESENCE_STATE(CustomPresence:201)', 'dnd,YQ==,Yg==,'), /Subtype: YQ==\r\nMessage: Yg==\r\n\r\n$/);
  });

  it('writes another presentity, silently, when e stands in the wrong place', async () => {
    assert.match(await setvar('PRESENCE_STATE(CustomPresence:201,e)', 'xa,bHVuY2g=,TWl0dGFn'), /Presentity: CustomPresence:201,e\r\nStatus: xa\r\nSubtype: bHVuY2g=\r\n/);
    assert.equal(world.pbx.exchange.presences.get('CustomPresence:201').state, 'not_set');
  });

  it('lets line ends of a message out unescaped in PresenceStatus, escaped in PresenceStateChange', async () => {
    const said = await setvar('PRESENCE_STATE(CustomPresence:201)', 'dnd,YQ==,bGluZTENCkV2ZW50OiBGYWtlDQoNCkV2ZW50OiBGYWtlMg==,e');
    assert.equal(said, `${set}Event: PresenceStatus\r\nPrivilege: call,all\r\nExten: 201\r\nContext: internal\r\n${hint}Status: dnd\r\nSubtype: a\r\nMessage: line1\r\nEvent: Fake\r\n\r\nEvent: Fake2\r\n\r\nEvent: PresenceStateChange\r\nPrivilege: call,all\r\nPresentity: CustomPresence:201\r\nStatus: dnd\r\nSubtype: a\r\nMessage: line1\\r\\nEvent: Fake\\r\\n\\r\\nEvent: Fake2\r\n\r\n`);
  });

  it('answers PresenceState with two headers of the name Message', async () => {
    assert.equal(await wire.ask('Action: PresenceState\nProvider: CustomPresence:201\nActionID: 9'), 'Response: Success\r\nActionID: 9\r\nMessage: Presence State\r\nState: not_set\r\n\r\n');
    await setvar('PRESENCE_STATE(CustomPresence:201)', 'away,lunch,back at one');
    assert.equal(
      await wire.ask('Action: PresenceState\nProvider: CustomPresence:201\nActionID: 9'),
      'Response: Success\r\nActionID: 9\r\nMessage: Presence State\r\nState: away\r\nSubtype: lunch\r\nMessage: back at one\r\nPresenceMessage: back at one\r\n\r\n',
    );
  });

  it('reads functions with Getvar, keeps away from those that reach beyond the PBX, and shows nothing for the unknown', async () => {
    await setvar('PRESENCE_STATE(CustomPresence:201)', 'away,lunch,back at one');
    assert.equal(await wire.ask('Action: Getvar\nVariable: PRESENCE_STATE(CustomPresence:201,value)'), 'Response: Success\r\nVariable: PRESENCE_STATE(CustomPresence:201,value)\r\nValue: away\r\n\r\n');
    assert.match(await wire.ask('Action: Getvar\nVariable: PRESENCE_STATE(CustomPresence:201,message,e)'), /Value: YmFjayBhdCBvbmU=\r\n/);
    assert.equal(await wire.ask('Action: Getvar\nVariable: SHELL(ls)'), 'Response: Error\r\nMessage: GetVar Access Forbidden: Variable\r\n\r\n');
    assert.equal(await wire.ask('Action: Getvar\nVariable: NOPE(ls)'), 'Response: Success\r\nVariable: NOPE(ls)\r\nValue: \r\n\r\n');
    assert.equal(await wire.ask('Action: Setvar\nVariable: FOO\nChannel: nope\nValue: 1'), 'Response: Error\r\nMessage: No such channel\r\n\r\n');
  });

  it('answers for an unknown extension with success and -1', async () => {
    assert.equal(await wire.ask('Action: ExtensionState\nActionID: 9\nExten: 777\nContext: internal'), 'Response: Success\r\nActionID: 9\r\nMessage: Extension Status\r\nExten: 777\r\nContext: internal\r\nHint: \r\nStatus: -1\r\nStatusText: Unknown\r\n\r\n');
  });

  it('lists extensions, the parking spaces among them, each row with the ActionID', async () => {
    const list = await wire.ask('Action: ExtensionStateList\nActionID: 9', 'EventList: Complete\r\nListItems: 22\r\n\r\n');
    assert.ok(list.startsWith(`Response: Success\r\nActionID: 9\r\nEventList: start\r\nMessage: Extension Statuses will follow\r\n\r\nEvent: ExtensionStatus\r\nActionID: 9\r\nExten: 201\r\nContext: internal\r\n${hint}Status: 0\r\nStatusText: Idle\r\n\r\n`));
    assert.match(list, /Exten: 720\r\nContext: parkedcalls\r\nHint: park:720@parkedcalls\r\nStatus: 0\r\nStatusText: Idle\r\n/);
  });

  it('lists the devices and presentities that were ever set', async () => {
    await setvar('DEVICE_STATE(Custom:p202)', 'RINGING');
    await setvar('PRESENCE_STATE(CustomPresence:201)', 'away');
    assert.match(await wire.ask('Action: DeviceStateList', 'ListItems: 3\r\n\r\n'), /Event: DeviceStateChange\r\nDevice: Custom:p202\r\nState: RINGING\r\n\r\nEvent: DeviceStateListComplete\r\nEventList: Complete\r\n/);
    assert.match(await wire.ask('Action: PresenceStateList', 'ListItems: 1\r\n\r\n'), /Event: PresenceStateChange\r\nPresentity: CustomPresence:201\r\nStatus: away\r\nSubtype: \r\nMessage: \r\n\r\n/);
  });
});
