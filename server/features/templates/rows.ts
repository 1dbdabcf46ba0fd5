import { templateContent, templatePart, type TemplateContent, type TemplatePart } from '../../../contract/conference/template.ts';
import type { Queries } from '../../store/schema.ts';

/** A template as it is stored. Instants epoch ms, UTC. */
export interface Template {
  id: string;
  name: string;
  content: TemplateContent;
  locked: TemplatePart[];
  version: number;
  updatedAt: number;
  updatedBy: string;
}

/** Lines in both formats, as the engine compares them (invitation/template-lines.ts). */
export interface FormerLines {
  html: string[];
  text: string[];
}

export async function allTemplates(db: Queries, tenantId: string): Promise<Template[]> {
  const rows = await db.selectFrom('template').selectAll().where('tenant_id', '=', tenantId).orderBy('name').execute();
  return rows.map((row) => ({
    id: row.template_id,
    name: row.name,
    content: templateContent.parse(JSON.parse(row.content)),
    locked: templatePart.array().parse(JSON.parse(row.locked)),
    version: row.version,
    updatedAt: row.updated_at.getTime(),
    updatedBy: row.updated_by,
  }));
}

function rowOf(tenantId: string, template: Template) {
  return {
    tenant_id: tenantId, template_id: template.id, name: template.name, content: JSON.stringify(template.content), locked: JSON.stringify(template.locked),
    version: template.version, updated_at: new Date(template.updatedAt), updated_by: template.updatedBy,
  };
}

/** False when the id or the name is taken. */
export async function insertTemplate(tx: Queries, tenantId: string, template: Template): Promise<boolean> {
  const done = await tx.insertInto('template').values(rowOf(tenantId, template)).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Writes over the version before; false when somebody else has. */
export async function updateTemplate(tx: Queries, tenantId: string, template: Template): Promise<boolean> {
  const done = await tx
    .updateTable('template').set(rowOf(tenantId, template))
    .where('tenant_id', '=', tenantId).where('template_id', '=', template.id).where('version', '=', template.version - 1).executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function deleteTemplate(tx: Queries, tenantId: string, id: string): Promise<void> {
  await tx.deleteFrom('template').where('tenant_id', '=', tenantId).where('template_id', '=', id).execute();
}

/** As many as an invite's reader has to compare with: the newest. Older invites have long been held. */
const mostFormer = 200;

export async function formerLines(db: Queries, tenantId: string): Promise<FormerLines> {
  const rows = await db.selectFrom('template_former').select(['format', 'line']).where('tenant_id', '=', tenantId).orderBy('retired_at', 'desc').orderBy('line').limit(mostFormer).execute();
  const linesOf = (format: 'html' | 'text'): string[] => rows.filter((row) => row.format === format).map(({ line }) => line);
  return { html: linesOf('html'), text: linesOf('text') };
}

export async function addFormer(tx: Queries, tenantId: string, lines: FormerLines, now: number): Promise<void> {
  const rows = (['html', 'text'] as const).flatMap((format) => lines[format].map((line) => ({ tenant_id: tenantId, format, line, retired_at: new Date(now) })));
  const distinct = rows.filter((row, index) => rows.findIndex((other) => other.format === row.format && other.line === row.line) === index);
  if (distinct.length === 0) return;
  await tx.insertInto('template_former').values(distinct).onConflict((conflict) => conflict.columns(['tenant_id', 'format', 'line_digest']).doUpdateSet({ retired_at: new Date(now) })).execute();
}
