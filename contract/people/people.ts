import { z } from 'zod';
import { availabilityView } from '../availability/availability.ts';
import { instant } from '../conference/conference.ts';
import { bytesEndpoint, endpoint } from '../endpoint.ts';
import { peopleRoutes } from './people-routes.ts';

/** Colleagues: who they are, how they are reached. */

const nothing = z.object({});

export const foundPerson = z
  .object({
    /** Our id; null for somebody whom only the directory knows. */
    personId: z.string().nullable(),
    name: z.string(),
    /** Lower case. */
    address: z.string(),
    /** Job, department, place: what the directory says, in one line; may be empty. */
    about: z.string(),
    /** Extensions of their own. */
    extensions: z.array(z.string()),
  })
  .meta({ id: 'FoundPerson' });

export const personCard = z
  .object({
    personId: z.string().nullable(),
    name: z.string(),
    address: z.string(),
    about: z.string(),
    /** Of the organisation; false for strangers, of whom nothing is told but the address. */
    isInside: z.boolean(),
    numbers: z.array(z.object({ kind: z.enum(['extension', 'work', 'mobile']), number: z.string() })),
    availability: availabilityView.nullable(),
    /** What becomes of a call to their extension now, as far as the phone system follows Tieline; null without one. */
    ifCalled: z.enum(['rings', 'busy', 'voicemail']).nullable(),
    /** The next half hour without an appointment, on a weekday between 8 and 18 in their zone; null where no calendar is read, or none in a week. */
    freeHalfHour: z.object({ from: instant, to: instant }).nullable(),
  })
  .meta({ id: 'PersonCard' });

export const together = z
  .object({
    startsAt: instant,
    endsAt: instant,
    /** Null for a private one, and for one without a title. */
    subject: z.string().nullable(),
    /** People in it besides the viewer, the other one among them. */
    others: z.number().int(),
  })
  .meta({ id: 'Together' });

export const peopleApi = {
  search: endpoint({
    route: peopleRoutes.search,
    summary: 'Colleagues by name, number, address or department: known people, lines and the directory together, each once',
    kind: 'read',
    params: nothing,
    query: z.object({ q: z.string().trim().min(2).max(100) }),
    body: nothing,
    /** `isPartial`: the directory did not answer, and what is known here is all there is. */
    response: z.object({ people: z.array(foundPerson), isPartial: z.boolean() }),
  }),
  card: endpoint({
    route: peopleRoutes.card,
    summary: 'One person by address: state, numbers, what a call would do now, the next free half hour',
    kind: 'read',
    params: nothing,
    query: z.object({ address: z.string().trim().toLowerCase().min(3).max(320) }),
    body: nothing,
    response: z.object({ card: personCard }),
  }),
  together: endpoint({
    route: peopleRoutes.together,
    summary: 'The next meeting, within a week, in the viewer\'s own calendar in which this person is, too',
    kind: 'read',
    params: nothing,
    query: z.object({ address: z.string().trim().toLowerCase().min(3).max(320) }),
    body: nothing,
    response: z.object({ together: together.nullable() }),
  }),
};

/** Problem: `photo-none` (404). */
export const personPhoto = bytesEndpoint({ route: peopleRoutes.photo, summary: 'A small picture of a colleague', params: z.object({ id: z.string().min(1).max(64) }), query: nothing, contentTypes: ['image/jpeg', 'image/png'] });

export type FoundPerson = z.output<typeof foundPerson>;
export type PersonCard = z.output<typeof personCard>;
export type Together = z.output<typeof together>;
