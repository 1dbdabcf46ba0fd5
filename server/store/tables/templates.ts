import type { GeneratedAlways } from 'kysely';

/** Rows of the templates feature; only its rows.ts queries them. */
export interface TemplateTable {
  tenant_id: string;
  /** `organisation`, or a UUID. */
  template_id: string;
  name: string;
  /** JSON of contract/conference/template.ts, TemplateContent. */
  content: string;
  /** JSON: names of parts. */
  locked: string;
  version: number;
  updated_at: Date;
  /** Name of who saved it. */
  updated_by: string;
}

/** Lines that a template said once: known as ours when an old invite is brought up to date. */
export interface TemplateFormerTable {
  tenant_id: string;
  format: 'html' | 'text';
  line: string;
  retired_at: Date;
  /** MD5 of the line, for the key: a line may be longer than an index takes. */
  line_digest: GeneratedAlways<string>;
}

export interface TemplateTables {
  template: TemplateTable;
  template_former: TemplateFormerTable;
}
