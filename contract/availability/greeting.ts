import { z } from 'zod';
import { availabilityRoutes } from './availability-routes.ts';
import { bytesEndpoint, endpoint } from '../endpoint.ts';

const nothing = z.object({});
/** Of the caller; without it the first that greetings are made in. */
const asked = z.object({ language: z.string().regex(/^[a-z]{2}$/).optional() });

const greetingView = z
  .object({
    kind: z.enum(['own', 'prompt', 'spoken']),
    /** What is spoken; never a title. */
    text: z.string().nullable(),
    language: z.string().nullable(),
    /** The prompt's name on the phone system. */
    sound: z.string().nullable(),
    /** False: callers hear the person's own recording until it is. */
    isReady: z.boolean(),
    missing: z.enum(['phone-system', 'voice', 'not-made-yet']).nullable(),
  })
  .meta({ id: 'Greeting' });

/** What callers hear before they may leave a message. */
export const greetingApi = {
  greeting: endpoint({ route: availabilityRoutes.greeting, summary: 'What callers hear now before they may leave a message', kind: 'read', params: nothing, query: asked, body: nothing, response: z.object({ greeting: greetingView }) }),
};

/** *Listen*. Problem: `greeting-silent` (404) where nothing is spoken. */
export const greetingAudio = bytesEndpoint({ route: availabilityRoutes.greetingSound, summary: 'The spoken greeting, as callers hear it', params: nothing, query: asked, contentTypes: ['audio/wav'] });

export type GreetingView = z.output<typeof greetingView>;
