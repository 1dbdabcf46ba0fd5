import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { TemplateView, TemplatesResponse } from '../../../../contract/conference/template.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { isSignedOut, problemOf } from '../../parts/problem-of.ts';
import type { Problem } from '../../parts/problem.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { calls } from './calls.ts';
import { draftOf, organisationTemplateId } from './draft.ts';
import type { Draft } from './draft.ts';
import { nothing, unsavedOf } from './shown.ts';
import type { Shown } from './shown.ts';

function withTemplate(all: TemplatesResponse, template: TemplateView): TemplatesResponse {
  const isKnown = all.templates.some(({ id }) => id === template.id);
  return { ...all, templates: isKnown ? all.templates.map((each) => (each.id === template.id ? template : each)) : [...all.templates, template] };
}

function picked(all: TemplatesResponse, id: string): Draft | undefined {
  const found = all.templates.find((each) => each.id === id) ?? all.templates[0];
  return found === undefined ? undefined : draftOf(found);
}

/** Templates, the one that is edited, and what can be done. One thing at a time; each failure ends as a message with its remedy. */
export function useTemplates() {
  const { transport, words, signedOut, kept: { templates } } = useSurroundings();
  const shown = useSyncExternalStore(templates.subscribe, () => templates.read('')) ?? nothing;
  const setShown = useCallback((next: (now: Shown) => Shown) => templates.write('', next(templates.read('') ?? nothing)), [templates]);

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
    [setShown, signedOut, words],
  );

  /** `over`: also over what is not saved. */
  const load = useCallback(
    (id: string, over: boolean) =>
      run(async () => {
        const all = await calls.list(transport);
        return (now) => {
          // Somebody typed while the server was asked.
          const typed = over ? undefined : unsavedOf(now)[now.draft?.id ?? ''];
          return { ...now, all, draft: typed ?? picked(all, id) };
        };
      }),
    [run, transport],
  );
  useEffect(() => {
    const before = templates.read('');
    // What was written and not saved before another section was looked at, stands here again; who was faster meanwhile is told when it is saved.
    if (before === undefined || Object.keys(unsavedOf(before)).length === 0) load(before?.draft?.id ?? organisationTemplateId, false);
  }, [load, templates]);

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
    return { lead: fault.problem?.detail ?? lead, text, reference: '', actions: [{ label: theirs, run: () => load(draft.id, true) }, { label: mine, run: keep }] };
  }

  return {
    shown,
    /** Another template is edited; what was written in this one waits. */
    pick: (id: string) =>
      setShown((now) => {
        const { [id]: waiting, ...aside } = unsavedOf(now);
        return { ...now, saved: false, problem: undefined, aside, draft: waiting ?? (now.all && picked(now.all, id)) };
      }),
    change: (draft: Draft) => setShown((now) => ({ ...now, draft, saved: false })),
    make: (name: string) =>
      run(async () => {
        const { template } = await calls.make(transport, { id: crypto.randomUUID(), name });
        return (now) => ({ ...now, aside: unsavedOf(now), all: now.all && withTemplate(now.all, template), draft: draftOf(template) });
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
