import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { templateRoutes } from './template-routes.ts';

/**
 * Templates of the invite text (M9). One is the organisation's own (id `organisation`): every other one inherits from it
 * what it does not say itself, and may not say what it has locked. Which template somebody's conferences get is a setting
 * (conference-settings.ts: organisation, group, person) and can be chosen for a single conference.
 */

export const organisationTemplate = 'organisation';

const language = z.string().regex(/^[a-z]{2}$/, 'two letters, such as "en"');

/** Parts of a template; each is said, or null: inherited. */
export const templatePart = z.enum(['languages', 'logo', 'legal', 'hide']);

const logo = z.object({
  /** What stands there without the picture, and in plain text. */
  text: z.string().trim().min(1).max(72),
  /** https; empty for the words alone. */
  imageUrl: z.string().trim().max(500),
  /** Pixels; 0 without a picture. */
  width: z.number().int().min(0).max(320),
  height: z.number().int().min(0).max(120),
});

export const templateContent = z
  .object({
    /** Languages of the block beside the conference's own, each once. */
    languages: z.array(language).max(4).nullable(),
    /** `off`: no logo, whatever the organisation's template has. */
    logo: z.union([logo, z.literal('off')]).nullable(),
    /** HTML of words, breaks and links, by language. */
    legal: z.record(language, z.string().max(2000)).nullable(),
    /** Parts of the block that are left out. Join link and help always stand there. */
    hide: z.array(z.enum(['passcode', 'phone', 'more-numbers', 'host'])).max(4).nullable(),
  })
  .meta({ id: 'TemplateContent' });

export const templateView = z
  .object({
    id: z.string(),
    name: z.string(),
    content: templateContent,
    /** Of the organisation's template: parts that no other may say. */
    locked: z.array(templatePart),
    /** 0: the organisation's template before anybody has saved it. */
    version: z.number().int(),
    updatedAt: z.iso.datetime().nullable(),
    /** Name of who saved it last. */
    updatedBy: z.string().nullable(),
  })
  .meta({ id: 'Template' });

/** Something that would not arrive as it was written; the words are in words/fragment.ts. */
const finding = z
  .object({
    part: templatePart,
    /** Of a legal text. */
    language: language.nullable(),
    code: z.string(),
    what: z.string(),
    /** Offsets in the text, end exclusive. */
    start: z.number().int(),
    end: z.number().int(),
  })
  .meta({ id: 'TemplateFinding' });

const nothing = z.object({});
const one = z.object({ template: z.string().min(1).max(64) });
const name = z.string().trim().min(1).max(60);
const all = z.object({
  templates: z.array(templateView),
  /** Languages that invites are offered in. */
  languages: z.array(language),
});

export const templateApi = {
  list: endpoint({ route: templateRoutes.list, summary: 'All templates, the organisation\'s own first', kind: 'read', params: nothing, query: nothing, body: nothing, response: all }),
  make: endpoint({
    route: templateRoutes.make, summary: 'Make a template that inherits everything', kind: 'change', params: nothing, query: nothing,
    body: z.object({
      /** Made by the client: the same id gives the same template. */
      id: z.uuid(),
      name,
    }),
    response: z.object({ template: templateView }),
  }),
  save: endpoint({
    route: templateRoutes.save, summary: 'Save a template; what would not arrive as written is refused', kind: 'change', params: one, query: nothing,
    body: z.object({
      /** The version that was shown; a newer one on the server answers 409. */
      version: z.number().int(),
      name,
      content: templateContent,
      locked: z.array(templatePart).max(4).default([]),
    }),
    response: z.object({ template: templateView }),
  }),
  remove: endpoint({ route: templateRoutes.remove, summary: 'Remove a template; conferences that had it get the organisation\'s own', kind: 'change', params: one, query: nothing, body: nothing, response: all }),
  preview: endpoint({
    route: templateRoutes.preview, summary: 'The block of a made-up conference, as it would stand in an invite', kind: 'read', params: nothing, query: nothing,
    body: z.object({
      /** Whose inheritance counts: the organisation's own inherits nothing. */
      template: z.string().min(1).max(64),
      content: templateContent,
      locked: z.array(templatePart).max(4).default([]),
      /** Chosen for the conference. */
      language,
    }),
    response: z.object({ html: z.string(), text: z.string(), languages: z.array(language), findings: z.array(finding) }),
  }),
};

export type TemplateContent = z.output<typeof templateContent>;
export type TemplatePart = z.output<typeof templatePart>;
export type TemplateView = z.output<typeof templateView>;
export type TemplateFinding = z.output<typeof finding>;
export type TemplatesResponse = z.output<typeof all>;
export type TemplateSave = z.input<typeof templateApi.save.body>;
export type PreviewRequest = z.input<typeof templateApi.preview.body>;
export type PreviewResponse = z.output<typeof templateApi.preview.response>;
