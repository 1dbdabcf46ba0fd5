import { asteriskVoicemailWorld } from './asterisk-voicemail.ts';
import type { CallControlWorld } from './call-control.ts';

/** The real connector and the stand-in's desk phones 1001 and 1002. */
export async function asteriskCallControlWorld(): Promise<CallControlWorld> {
  const voicemail = await asteriskVoicemailWorld();
  const { pbx, connector, store, box, through, until } = voicemail;
  const { callControl: control } = connector;
  if (!control) throw new Error('call control is not configured');
  const rung = new Map<string, number>();
  const ringing = new Set<string>();
  pbx.onChange(() => {
    for (const { extension, call } of pbx.phones()) {
      if (call?.phase !== 'ringing') ringing.delete(extension);
      else if (!ringing.has(extension)) {
        ringing.add(extension);
        rung.set(extension, (rung.get(extension) ?? 0) + 1);
      }
    }
  });

  return {
    control, mine: '1001', other: '1002', boxless: '1003', box, through, until,
    leave: () => voicemail.leave(box, { name: 'Dee Dove', number: '+15551230001' }),
    isHeard: async (id) => (await through(store.messages(box))).some((message) => message.id === id && message.state === 'heard'),
    isLit: () => pbx.phone('1001').view().messageLight,
    rings: (phone) => until(`${phone} rings`, () => pbx.phone(phone).view().call?.phase === 'ringing'),
    answer: (phone) => pbx.phone(phone).answer(),
    reject: (phone) => pbx.phone(phone).reject(),
    hangUp: (phone) => pbx.phone(phone).hangUp(),
    unplug: (phone) => pbx.phone(phone).plug(false),
    setBusy: (phone) => pbx.phone(phone).setBusy(true),
    timesRung: (phone) => rung.get(phone) ?? 0,
    plays: (phone) => until('the message plays', () => pbx.phone(phone).view().hears.some(({ words }) => words === '(a message)')),
    async takeBox(phone) {
      pbx.phone(phone).dial('*97');
      await until('the menu asks', () => pbx.phone(phone).view().askedForDigits);
    },
    stop: () => voicemail.stop(),
  };
}
