/** The sounds of a stock Asterisk (core-sounds-en) that a conference service may want, with the words that they speak. */
const stock: Record<string, string> = {
  'auth-thankyou': 'Thank you.',
  beep: '(beep)',
  beeperr: '(error beep)',
  'conf-adminmenu': 'Please press 1 to mute or unmute yourself, 2 to lock or unlock the conference, 3 to eject the last user.',
  'conf-enteringno': 'You are entering conference number',
  'conf-errormenu': 'Invalid choice.',
  'conf-getconfno': 'Please enter your conference number followed by the pound key.',
  'conf-getpin': 'Please enter the conference pin number.',
  'conf-hasjoin': 'is now in the conference.',
  'conf-hasleft': 'has left the conference.',
  'conf-invalid': 'That is not a valid conference number. Please try again.',
  'conf-invalidpin': 'That pin is invalid for this conference.',
  'conf-kicked': 'You have been kicked from this conference.',
  'conf-leaderhasleft': 'The leader has left the conference.',
  'conf-locked': 'This conference is locked!',
  'conf-lockednow': 'The conference is now locked.',
  'conf-muted': 'You are now muted.',
  'conf-now-muted': 'The conference is now muted.',
  'conf-now-unmuted': 'The conference is now unmuted.',
  'conf-onlyone': 'There is currently one other participant in the conference.',
  'conf-onlyperson': 'You are currently the only person in this conference.',
  'conf-otherinparty': 'other participants in the conference',
  'conf-placeintoconf': 'You will now be placed into the conference.',
  'conf-thereare': 'There are currently',
  'conf-unlockednow': 'The conference is now unlocked.',
  'conf-unmuted': 'You are now unmuted.',
  'conf-usermenu': 'Please press 1 to mute or unmute yourself.',
  'conf-waitforleader': 'The conference will begin when the leader arrives.',
  'confbridge-conf-end': 'The conference has ended.',
  'confbridge-join': '(join tone)',
  'confbridge-leave': '(leave tone)',
  'confbridge-lock-no-join': 'The conference is currently locked and cannot be joined.',
  'confbridge-pin-bad': 'You have entered too many invalid personal identification numbers.',
  'digits/at': 'at',
  'digits/today': 'today',
  'digits/tomorrow': 'tomorrow',
  'hello-world': 'Hello world.',
  invalid: "I am sorry, that's not a valid extension. Please try again.",
  'pbx-invalid': "I am sorry, that's not a valid extension. Please try again.",
  'pls-try-call-later': 'Please try your call again later.',
  'queue-thankyou': 'Thank you for your patience.',
  'silence/1': '(1 second of silence)',
  'silence/2': '(2 seconds of silence)',
  'ss-noservice': 'The number you have dialed is not in service. Please check the number and try again.',
  transfer: 'Please hold while I try that extension.',
  'tt-allbusy': 'All representatives of the household are currently assisting other telemarketers.',
  'tt-somethingwrong': 'Something is terribly wrong.',
  'vm-goodbye': 'Goodbye.',
};

export interface Sounds {
  /** The words of a sound; null when this Asterisk has no such file, which fails a prompt as it does in the real one. */
  words(name: string): string | null;
}

/** The stock sounds and what the administrator laid beside them. Names without ending, as dialplan and AGI use them. */
export function createSounds(more: Readonly<Record<string, string>> = {}): Sounds {
  const all = new Map([...Object.entries(stock), ...Object.entries(more)]);
  return { words: (name) => all.get(name.replace(/^en\//, '')) ?? null };
}
