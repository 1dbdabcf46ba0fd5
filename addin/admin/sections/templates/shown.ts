import type { TemplatesResponse } from '../../../../contract/conference/template.ts';
import type { Problem } from '../../parts/problem.tsx';
import { differs } from './draft.ts';
import type { Draft } from './draft.ts';

/** The section's state. */
export interface Shown {
  /** Undefined until the server has told. */
  all: TemplatesResponse | undefined;
  draft: Draft | undefined;
  /** What is not saved yet of the other templates, by id. */
  aside: Readonly<Record<string, Draft>>;
  busy: boolean;
  saved: boolean;
  problem: Problem | undefined;
}

export const nothing: Shown = { all: undefined, draft: undefined, aside: {}, busy: true, saved: false, problem: undefined };

/** What would be lost by leaving, by id. */
export function unsavedOf({ all, draft, aside }: Shown): Readonly<Record<string, Draft>> {
  const template = all?.templates.find(({ id }) => id === draft?.id);
  return draft === undefined || template === undefined || !differs(draft, template) ? aside : { ...aside, [draft.id]: draft };
}
