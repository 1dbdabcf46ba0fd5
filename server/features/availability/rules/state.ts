/** What the phone can be told about a person (the outputs of A151), weakest first. On the phone and chat are axes of their own and never change it. */
export const strengths = { available: 0, away: 1, busy: 2, doNotDisturb: 3 } as const;

export type Availability = keyof typeof strengths;

/** The stronger of two: what disturbs the person less. */
export function stronger(a: Availability, b: Availability): Availability {
  return strengths[a] >= strengths[b] ? a : b;
}

/** What an appointment can be mapped to. `ignore`: as if it were not there. */
export type Output = Availability | 'ignore';

/** What an appointment counts as, before it is mapped (A150). Free never shows and has no mapping (A148). */
export type Input = 'busy' | 'tentative' | 'tentativeException' | 'outOfOffice' | 'workingElsewhere' | 'noData';

/** How a state is called and drawn; `custom` carries a title of its own. What the phone does follows from the availability behind it. */
export const faces = {
  available: 'available',
  meeting: 'busy',
  busy: 'busy',
  away: 'away',
  outOfOffice: 'away',
  vacation: 'away',
  doNotDisturb: 'doNotDisturb',
} as const satisfies Record<string, Availability>;

export type Face = keyof typeof faces | 'custom';

/** What a person is: what the phone does, how it is called, and with which title where one is shown. */
export interface State {
  availability: Availability;
  face: Face;
  title: string | null;
}
