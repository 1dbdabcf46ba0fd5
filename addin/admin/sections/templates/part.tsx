import { Checkbox } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { TemplatePart } from '../../../../contract/conference/template.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { spoken, toggled } from './draft.ts';
import type { Draft } from './draft.ts';
import { isOrganisation } from './calls.ts';

const parts: readonly TemplatePart[] = ['languages', 'logo', 'legal', 'hide'];

interface Given {
  name: TemplatePart;
  draft: Draft;
  /** The organisation has locked it. */
  isLocked: boolean;
  change: (draft: Draft) => void;
  children: ReactNode;
}

/** One part of a template: inherited or said; of the organisation's own also locked or not. */
export function Part({ name, draft, isLocked, change, children }: Given) {
  const words = useSurroundings().words.templates;
  const isOwn = isOrganisation(draft.id);
  const isInherited = draft.content[name] === null;
  const inherit = (inherits: boolean): void => change({ ...draft, content: { ...draft.content, [name]: inherits ? null : spoken[name] } });
  const lock = (locks: boolean): void => change({ ...draft, locked: toggled(draft.locked, name, locks, parts) });
  return (
    <fieldset>
      <legend>{words.parts[name]}</legend>
      {isOwn ? null : <Checkbox label={isLocked ? words.lockedByOrganisation : words.inherited} disabled={isLocked} checked={isLocked || isInherited} onChange={(_event, { checked }) => inherit(checked === true)} />}
      {isOwn || (!isInherited && !isLocked) ? children : null}
      {isOwn ? <Checkbox label={words.lock} checked={draft.locked.includes(name)} onChange={(_event, { checked }) => lock(checked === true)} /> : null}
    </fieldset>
  );
}
