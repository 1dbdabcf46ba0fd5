import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import { organisationTemplate, type PreviewRequest, type PreviewResponse, type templateApi, type TemplatesResponse } from '../../../contract/conference/template.ts';
import { languagesOf, makeDressed, type BlockDetails } from '../../../invitation/index.ts';
import { wordsFor } from '../../../words/index.ts';
import { dressOf } from './inherit.ts';
import { lintContent } from './lint.ts';
import { viewOf, type Editor, type Templates } from './templates.ts';

export interface TemplateHandlersDeps {
  templates: Templates;
  languages: readonly string[];
  /** What the block of a made-up conference says, with the names of countries in a language. */
  sample(language: string): BlockDetails;
}

/** The endpoints of contract/conference/template.ts. Who may call them stands in the routes. */
export function createTemplateHandlers({ templates, languages, sample }: TemplateHandlersDeps): Handlers<typeof templateApi> {
  async function list(tenantId: string): Promise<TemplatesResponse> {
    return { templates: (await templates.all(tenantId)).map(viewOf), languages: [...languages] };
  }

  async function preview({ template, content, locked = [], language }: PreviewRequest, tenantId: string): Promise<PreviewResponse> {
    const [organisation] = await templates.all(tenantId);
    const isOwn = template === organisationTemplate;
    const dress = dressOf(isOwn ? { content, locked } : organisation, isOwn ? null : content);
    // The renderer that makes the block of a real conference (server/features/conference/invite/block.ts).
    const { html, text } = makeDressed(dress, language, sample, (each) => wordsFor(each).block);
    return { html, text, languages: languagesOf(dress, language), findings: lintContent(content) };
  }

  return {
    list: (_input, caller) => list(caller.tenantId),
    make: async ({ body }, caller) => ({ template: viewOf(await templates.make(caller.tenantId, body, editorOf(caller))) }),
    save: async ({ params, body }, caller) => ({ template: viewOf(await templates.save(caller.tenantId, params.template, body, editorOf(caller))) }),
    async remove({ params }, caller) {
      await templates.remove(caller.tenantId, params.template);
      return list(caller.tenantId);
    },
    preview: ({ body }, caller) => preview(body, caller.tenantId),
  };
}

function editorOf({ name, language }: Caller): Editor {
  return { name, language };
}
