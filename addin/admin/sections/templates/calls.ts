import { organisationTemplateId } from './draft.ts';
import { templateRoutes } from '../../../../contract/conference/template-routes.ts';
import type { PreviewRequest, PreviewResponse, TemplateSave, TemplateView, TemplatesResponse } from '../../../../contract/conference/template.ts';
import { get } from '../../parts/get.ts';
import type { Transport } from '../../../talk/http.ts';

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
