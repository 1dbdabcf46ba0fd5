import { useCallback, useEffect, useState } from 'react';
import type { TemplateView, TemplatesResponse } from '../../../../contract/conference/template.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { isSignedOut, problemOf } from '../../parts/problem-of.ts';
import type { Problem } from '../../parts/problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { calls } from './calls.ts';
import { differs, draftOf, organisationTemplateId } from './draft.ts';
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

const nothing: Shown = { all: undefined, draft: undefined, aside: {}, busy: true, saved: false, problem: undefined };

function withTemplate(all: TemplatesResponse, template: TemplateView): TemplatesResponse {
  const isKnown = all.templates.some(({ id }) => id === template.id);
  return { ...all, templates: isKnown ? all.templates.map((each) => (each.id === template.id ? template : each)) : [...all.templates, template] };
}

function picked(all: TemplatesResponse, id: string): Draft | undefined {
  const found = all.templates.find((each) => each.id === id) ?? all.templates[0];
  return found === undefined ? undefined : draftOf(found);
}

function withAside({ all, draft, aside }: Shown): Readonly<Record<string, Draft>> {
  const template = all?.templates.find(({ id }) => id === draft?.id);
  return draft === undefined || template === undefined || !differs(draft, template) ? aside : { ...aside, [draft.id]: draft };
}

/** Templates, the one that is edited, and what can be done. One thing at a time; each failure ends as a message with its remedy. */
export function useTemplates() {
  const { transport, words, signedOut } = useSurroundings();
  const [shown, setShown] = useState<Shown>(nothing);

  const run = useCallback(
    (work: () => Promise<(now: Shown) => Shown>, onFault?: (fault: unknown) => Problem | undefined) => {
      setShown((now) => ({ ...now, busy: true, saved: false, problem: undefined }));
      void work().then(
        (next) => setShown((now) => ({ ...next(now), busy: false })),
        (fault: unknown) => {
          if (isSignedOut(fault)) return signedOut();
          setShown((now) => ({ ...now, busy: false, problem: onFault?.(fault) ?? problemOf(fault, words) }));
        },
      );
    },
    [signedOut, words],
  );

  const load = useCallback(
    (id: string) =>
      run(async () => {
        const all = await calls.list(transport);
        return (now) => ({ ...now, all, draft: picked(all, id) });
      }),
    [run, transport],
  );
  useEffect(() => load(organisationTemplateId), [load]);

  /** What both wrote is on the screen's two choices: theirs is loaded, or mine is based on theirs and saved by the next press. */
  function conflictOf(fault: unknown, draft: Draft): Problem | undefined {
    if (!(fault instanceof TalkFault) || fault.kind !== 'conflict') return undefined;
    const { lead, text, theirs, mine } = words.templates.conflict;
    const keep = (): void =>
      run(async () => {
        const all = await calls.list(transport);
        const version = all.templates.find(({ id }) => id === draft.id)?.version ?? 0;
        return (now) => ({ ...now, all, draft: { ...draft, version } });
      });
    return { lead: fault.problem?.detail ?? lead, text, reference: '', actions: [{ label: theirs, run: () => load(draft.id) }, { label: mine, run: keep }] };
  }

  return {
    shown,
    /** Another template is edited; what was written in this one waits. */
    pick: (id: string) =>
      setShown((now) => {
        const { [id]: waiting, ...aside } = withAside(now);
        return { ...now, saved: false, problem: undefined, aside, draft: waiting ?? (now.all && picked(now.all, id)) };
      }),
    change: (draft: Draft) => setShown((now) => ({ ...now, draft, saved: false })),
    make: (name: string) =>
      run(async () => {
        const { template } = await calls.make(transport, { id: crypto.randomUUID(), name });
        return (now) => ({ ...now, aside: withAside(now), all: now.all && withTemplate(now.all, template), draft: draftOf(template) });
      }),
    save(draft: Draft) {
      const { version, name, content, locked } = draft;
      run(
        async () => {
          const { template } = await calls.save(transport, draft.id, { version, name, content, locked: [...locked] });
          return (now) => ({ ...now, all: now.all && withTemplate(now.all, template), draft: draftOf(template), saved: true });
        },
        (fault) => conflictOf(fault, draft),
      );
    },
    remove: (id: string) =>
      run(async () => {
        const all = await calls.remove(transport, id);
        return (now) => ({ ...now, all, draft: picked(all, organisationTemplateId) });
      }),
  };
}
