/** Why a conference stands where it stands: the codes of contract/conference/conference.ts. */
export const en = {
  button: 'You added it to an invite.',
  sent: 'The invite was sent.',
  'seen-in-calendar': 'The invite stands in the calendar.',
  'changed-in-calendar': 'The meeting was changed in the calendar.',
  'first-joined': 'The first person came in.',
  'everybody-left': 'Everybody left.',
  'time-over': 'Its time is over.',
  'never-sent': 'The invite was never sent.',
  released: 'It was removed from the invite.',
  'cancelled-in-calendar': 'The meeting was cancelled.',
  'deleted-in-calendar': 'The meeting was deleted from the calendar.',
  'block-removed': 'The conference details were removed from the invite.',
  restored: 'It was restored.',
  revived: 'The invite was sent after all.',
  'settings-changed': 'Its settings were changed.',
  keyword: 'The place of the meeting asked for it.',
  copied: 'Its meeting was copied from another one.',
  'invite-written': 'Its details were written into the invite.',
  'organizer-changed': 'The meeting has a new organizer.',
  'mailbox-gone': 'The organizer\'s mailbox no longer exists.',
  reissued: 'Its details in the invite were renewed.',
  'created-here': 'It was created in Tieline.',
  'changed-here': 'It was changed in Tieline.',
  'cancelled-here': 'It was cancelled in Tieline.',
};

export type WhyWords = typeof en;
