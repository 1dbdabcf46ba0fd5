import { organisationTemplate, type TemplateContent, type TemplatePart, type TemplateSave, type TemplateView } from '../../../contract/conference/template.ts';
import { templateLines, type Dress } from '../../../invitation/index.ts';
import type { Clock } from '../../ports/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { Queries } from '../../store/schema.ts';
import type { RunTransaction } from '../../store/transaction.ts';
import { dressOf, silent } from './inherit.ts';
import { needClean } from './lint.ts';
import { addFormer, allTemplates, deleteTemplate, formerLines, insertTemplate, updateTemplate, type FormerLines, type Template } from './rows.ts';

export interface TemplatesDeps {
  clock: Clock;
  store: { db: Queries; transaction: RunTransaction };
  /** Languages that invites are offered in. */
  languages: readonly string[];
}

/** Who saves, and in which language they are told what is wrong. */
export interface Editor {
  name: string;
  language: string;
}

/** The organisation's template before anybody has saved it. */
const unsaved: Template = { id: organisationTemplate, name: 'Organisation', content: silent, locked: [], version: 0, updatedAt: 0, updatedBy: '' };

export function createTemplates({ clock, store, languages }: TemplatesDeps) {
  /** The organisation's own first. */
  async function all(tenantId: string, db: Queries = store.db): Promise<[Template, ...Template[]]> {
    const found = await allTemplates(db, tenantId);
    return [found.find(({ id }) => id === organisationTemplate) ?? unsaved, ...found.filter(({ id }) => id !== organisationTemplate)];
  }

  /** How the block of a conference looks that has this template; an unknown one (it was removed since) counts as the organisation's own. */
  async function dressFor(tenantId: string, id: string | null): Promise<{ dress: Dress; former: FormerLines }> {
    const [[organisation, ...others], former] = await Promise.all([all(tenantId), formerLines(store.db, tenantId)]);
    return { dress: dressOf(organisation, others.find((each) => each.id === id)?.content ?? null), former };
  }

  async function make(tenantId: string, { id, name }: { id: string; name: string }, editor: Editor): Promise<Template> {
    const fresh: Template = { id, name, content: silent, locked: [], version: 1, updatedAt: clock.now(), updatedBy: editor.name };
    return store.transaction(async (tx) => {
      if (await insertTemplate(tx, tenantId, fresh)) return fresh;
      const same = (await allTemplates(tx, tenantId)).find((each) => each.id === id);
      // The same request twice is the same as once.
      if (same) return same;
      throw nameTaken(name);
    });
  }

  /** @throws UserError 409 for a newer version, 422 for what would not arrive or is not the template's to say, 404 for one that was removed. */
  async function save(tenantId: string, id: string, { version, name, content, locked = [] }: TemplateSave, editor: Editor): Promise<Template> {
    needClean(content, editor.language);
    needLanguages(content, languages);
    return store.transaction(async (tx) => {
      const [organisation, ...others] = await all(tenantId, tx);
      const before = id === organisationTemplate ? organisation : others.find((each) => each.id === id);
      if (!before) throw unknown();
      if (before.version !== version) throw changedMeanwhile(before);
      if (others.some((each) => each.id !== id && each.name.toLowerCase() === name.toLowerCase())) throw nameTaken(name);
      if (id !== organisationTemplate) needUnlocked(content, organisation.locked);
      const next: Template = { id, name, content, locked: id === organisationTemplate ? [...locked] : [], version: version + 1, updatedAt: clock.now(), updatedBy: editor.name };
      const isWritten = version === 0 ? await insertTemplate(tx, tenantId, next) : await updateTemplate(tx, tenantId, next);
      if (!isWritten) throw changedMeanwhile(before);
      await addFormer(tx, tenantId, linesOf(before.content), next.updatedAt);
      return next;
    });
  }

  async function remove(tenantId: string, id: string): Promise<void> {
    if (id === organisationTemplate) {
      throw new UserError(422, { code: 'template-needed', field: 'template', message: 'The organisation\'s own template cannot be removed.', remedy: 'Empty it instead.' });
    }
    await store.transaction(async (tx) => {
      const before = (await allTemplates(tx, tenantId)).find((each) => each.id === id);
      if (!before) return;
      await addFormer(tx, tenantId, linesOf(before.content), clock.now());
      await deleteTemplate(tx, tenantId, id);
    });
  }

  return {
    all: (tenantId: string) => all(tenantId),
    dressFor,
    make,
    save,
    remove,
    /** Those that may be chosen for a conference. */
    async offered(tenantId: string): Promise<{ id: string; name: string }[]> {
      return (await all(tenantId)).slice(1).map(({ id, name }) => ({ id, name }));
    },
  };
}

export type Templates = ReturnType<typeof createTemplates>;

/** What a template has said in invites, whichever of its languages they have. */
function linesOf({ logo, legal }: TemplateContent): FormerLines {
  return templateLines(logo === null || logo === 'off' ? undefined : logo, Object.values(legal ?? {}));
}

export function viewOf({ updatedAt, updatedBy, ...template }: Template): TemplateView {
  return { ...template, updatedAt: updatedAt === 0 ? null : new Date(updatedAt).toISOString(), updatedBy: updatedBy === '' ? null : updatedBy };
}

function needLanguages({ languages: wanted, legal }: TemplateContent, offered: readonly string[]): void {
  const strange = [...(wanted ?? []), ...Object.keys(legal ?? {})].find((language) => !offered.includes(language));
  if (strange === undefined) return;
  throw new UserError(422, {
    code: 'language-not-offered', field: 'content.languages', message: `Invites are not offered in "${strange}".`, remedy: `Choose among: ${offered.join(', ')}.`,
  });
}

function needUnlocked(content: TemplateContent, locked: readonly TemplatePart[]): void {
  const said = locked.find((part) => content[part] !== null);
  if (said === undefined) return;
  throw new UserError(422, { code: 'template-locked', field: `content.${said}`, message: 'The organisation has locked this part.', remedy: 'Let it be inherited, or unlock it in the organisation\'s template.' });
}

function changedMeanwhile({ updatedBy }: Template): UserError {
  return new UserError(409, {
    code: 'changed-meanwhile', field: 'version', message: updatedBy === '' ? 'Somebody saved this template meanwhile.' : `${updatedBy} saved this template meanwhile.`,
    remedy: 'Look at what they saved, then make your change again.',
  });
}

function nameTaken(name: string): UserError {
  return new UserError(422, { code: 'name-taken', field: 'name', message: `There is a template called "${name}" already.`, remedy: 'Choose another name.' });
}

function unknown(): UserError {
  return new UserError(404, { code: 'template-unknown', message: 'There is no such template.', remedy: 'Somebody may have removed it. Load the list again.' });
}
