import { availabilityRoutes } from '../../contract/availability/availability-routes.ts';
import type { AvailabilityView, WaitedFor } from '../../contract/availability/availability.ts';
import { callsRoutes } from '../../contract/people/calls-routes.ts';
import type { CallView, OwnPhone } from '../../contract/people/calls.ts';
import type { GreetingView } from '../../contract/availability/greeting.ts';
import { peopleRoutes } from '../../contract/people/people-routes.ts';
import type { FoundPerson, PersonCard, Together } from '../../contract/people/people.ts';
import { expectField } from './client.ts';
import { TalkFault } from './fault.ts';
import { fileOf } from './file.ts';
import { ask } from './http.ts';
import type { Transport } from './http.ts';

/** What the phone does for somebody: the faces of a meeting's choice. */
export type Shown = AvailabilityView['state']['availability'];

export interface PersonState {
  address: string;
  where: 'member' | 'inside' | 'outside';
  availability: AvailabilityView | null;
}

/** What the panels about people ask of the server; apart from the client, whose weight the first panel bears. */
export interface PeopleTalk {
  mine: () => Promise<AvailabilityView>;
  choose: (face: string, until: string | null) => Promise<AvailabilityView>;
  automatic: () => Promise<AvailabilityView>;
  states: (addresses: readonly string[]) => Promise<PersonState[]>;
  search: (text: string, signal: AbortSignal) => Promise<{ people: FoundPerson[]; isPartial: boolean }>;
  card: (address: string) => Promise<PersonCard>;
  /** The next meeting with somebody; null for none. */
  together: (address: string) => Promise<Together | null>;
  /** Be told when somebody is free, or no longer; answers with everybody who is waited for. */
  whenFree: (address: string, wanted: boolean) => Promise<WaitedFor[]>;
  /** What callers of this language hear now. */
  greeting: (language: string) => Promise<GreetingView>;
  /** The same as an address in this page, to be given back. @throws TalkFault where there is none */
  greetingSound: (language: string) => Promise<string>;
  phones: () => Promise<OwnPhone[]>;
  call: (id: string, number: string, phone: OwnPhone | undefined) => Promise<CallView>;
  hangUp: (id: string) => Promise<CallView>;
  /** What I chose for a meeting in my own calendar; null for automatic. */
  shownIn: (itemId: string) => Promise<Shown | null>;
  showIn: (itemId: string, availability: Shown | null) => Promise<void>;
  /** An invite that is being written carries a choice under this key, or none any more. */
  wish: (key: string, availability: Shown | null) => Promise<void>;
}

export function peopleTalk(transport: Transport): PeopleTalk {
  const view = async (answer: Promise<unknown>): Promise<AvailabilityView> => expectField<{ availability: AvailabilityView }>(await answer, 'availability').availability;
  const call = async (answer: Promise<unknown>): Promise<CallView> => expectField<{ call: CallView }>(await answer, 'call').call;
  return {
    mine: () => view(ask(transport, availabilityRoutes.mine)),
    choose: (face, until) => view(ask(transport, availabilityRoutes.choose, { body: { face, until } })),
    automatic: () => view(ask(transport, availabilityRoutes.automatic)),
    states: async (addresses) => expectField<{ people: PersonState[] }>(await ask(transport, availabilityRoutes.people, { body: { addresses } }), 'people').people,
    search: async (text, signal) => expectField<{ people: FoundPerson[]; isPartial: boolean }>(await ask(transport, peopleRoutes.search, { query: { q: text }, signal }), 'people'),
    card: async (address) => expectField<{ card: PersonCard }>(await ask(transport, peopleRoutes.card, { query: { address } }), 'card').card,
    together: async (address) => expectField<{ together: Together | null }>(await ask(transport, peopleRoutes.together, { query: { address } }), 'together').together,
    whenFree: async (address, wanted) => expectField<{ waiting: WaitedFor[] }>(await ask(transport, availabilityRoutes.whenFree, { body: { address, wanted } }), 'waiting').waiting,
    greeting: async (language) => expectField<{ greeting: GreetingView }>(await ask(transport, availabilityRoutes.greeting, { query: { language } }), 'greeting').greeting,
    async greetingSound(language) {
      const address = await fileOf(transport, availabilityRoutes.greetingSound, { query: { language } });
      if (address === null) throw new TalkFault('not-found', 'no greeting is spoken');
      return address;
    },
    phones: async () => expectField<{ phones: OwnPhone[] }>(await ask(transport, callsRoutes.list), 'phones').phones,
    call: (id, number, phone) => call(ask(transport, callsRoutes.begin, { body: { id, number, ...(phone === undefined ? {} : { phone: { pbx: phone.pbx, extension: phone.extension } }) } })),
    hangUp: (id) => call(ask(transport, callsRoutes.hangUp, { params: { id } })),
    shownIn: async (itemId) => expectField<{ chosen: Shown | null }>(await ask(transport, availabilityRoutes.ofMeeting, { query: { itemId } }), 'chosen').chosen,
    showIn: async (itemId, availability) => void (await ask(transport, availabilityRoutes.chooseForMeeting, { body: { itemId, availability } })),
    wish: async (key, availability) => void (await ask(transport, availabilityRoutes.wish, { params: { key }, body: { availability } })),
  };
}
