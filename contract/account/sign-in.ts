import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { signInRoutes } from './sign-in-routes.ts';

export const signInApi = {
  settings: endpoint({
    route: signInRoutes.settings,
    summary: 'What a client must know to get a token for us; nothing of it is secret',
    kind: 'read',
    params: z.object({}),
    query: z.object({}),
    body: z.object({}),
    response: z
      .object({
        /** Null when no Entra tenant is configured: the add-in then signs in by the host alone. */
        entra: z
          .object({
            clientId: z.string(),
            /** With the tenant when there is one (`https://login.microsoftonline.com/<id>`), else `…/organizations`. */
            authority: z.string(),
            /** The scope to ask for: `api://<host>/<client id>/access_as_user`. */
            scope: z.string(),
          })
          .nullable(),
      })
      .meta({ id: 'SignInSettings' }),
  }),
};

export type SignInSettingsView = z.output<typeof signInApi.settings.response>;
