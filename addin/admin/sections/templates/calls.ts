import { organisationTemplateId } from './draft.ts';
import { templateRoutes } from '../../../../contract/template-routes.ts';
import type { PreviewRequest, PreviewResponse, TemplateSave, TemplateView, TemplatesResponse } from '../../../../contract/template.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { ask } from '../../../talk/http.ts';
import type { Asked, Transport } from '../../../talk/http.ts';
import type { Route } from '../../../../contract/endpoint.ts';

/** An answer without the field that names it is not from our server. */
async function get<T extends object>(transport: Transport, route: Route, field: keyof T & string, asked: Asked): Promise<T> {
  const answer = await ask(transport, route, asked);
  function has(value: unknown): value is T {
    return typeof value === 'object' && value !== null && field in value;
  }
  if (has(answer)) return answer;
  throw new TalkFault('silent', `an answer without "${field}"`);
}

/** What the section asks the server. Each throws TalkFault or SignInFault. */
export const calls = {
  list: (transport: Transport) => get<TemplatesResponse>(transport, templateRoutes.list, 'templates', {}),
  make: (transport: Transport, body: { id: string; name: string }) => get<{ template: TemplateView }>(transport, templateRoutes.make, 'template', { body }),
  save: (transport: Transport, template: string, body: TemplateSave) => get<{ template: TemplateView }>(transport, templateRoutes.save, 'template', { params: { template }, body }),
  remove: (transport: Transport, template: string) => get<TemplatesResponse>(transport, templateRoutes.remove, 'templates', { params: { template } }),
  preview: (transport: Transport, body: PreviewRequest, signal: AbortSignal) => get<PreviewResponse>(transport, templateRoutes.preview, 'html', { body, signal }),
};

export function isOrganisation(id: string): boolean {
  return id === organisationTemplateId;
}
