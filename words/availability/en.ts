/** A state's text: what is true now, until when, and what comes next. Each language orders the parts as it speaks (A155). */
export interface StateParts {
  /** The state's word, or the title that stands for it. */
  now: string;
  /** "14:00", "2pm", or with its day: "Mon 30 Nov at 09:00". Null when nothing in sight ends it. */
  until: string | null;
  /** What comes then. Null when it is the usual: available. */
  next: { state: string; title: string | null } | null;
}

export const en = {
  faces: {
    available: 'Available',
    meeting: 'In a meeting',
    busy: 'Busy',
    away: 'Away',
    outOfOffice: 'Out of office',
    vacation: 'On vacation',
    doNotDisturb: 'Do not disturb',
    custom: 'Own state',
  },
  /** On a day that is not today. */
  dayAndTime: (day: string, time: string) => `${day} at ${time}`,
  sentence: ({ now, until, next }: StateParts) => {
    const coming = next === null ? '' : ` (${next.title === null ? next.state : `${next.state}: ${next.title}`})`;
    return `${now}${until === null ? '' : ` until ${until}`}${coming}`;
  },
  /** Why somebody is what they are, one sentence each, by the rule's code. */
  why: {
    'until-time': 'Chosen by hand, for this long.',
    'until-next-appointment': 'Chosen by hand, until the next appointment starts.',
    'until-ended': 'Chosen by hand, until it is ended by hand.',
    'chosen-for-meeting': 'Chosen for this meeting.',
    'automatic-replies': 'Automatic replies are on.',
    'nothing-else': 'Nothing in the calendar says otherwise.',
    busy: 'The calendar shows a busy appointment.',
    tentative: 'The calendar shows a tentative appointment.',
    tentativeException: 'Somebody who may do so entered it in the calendar.',
    outOfOffice: 'The calendar shows an absence.',
    workingElsewhere: 'The calendar says that work is done elsewhere.',
    noData: 'The calendar holds an appointment and does not say what it means.',
    ownRule: (name: string) => `The organisation’s rule “${name}” says so.`,
  },
};

export type AvailabilityWords = typeof en;
