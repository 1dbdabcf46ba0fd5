import { useState } from 'react';
import type { ProposalRequest } from '../../../../contract/availability/admin.ts';
import { availabilityWarnings } from '../../../../contract/availability/warnings.ts';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { ChooseLayer } from '../../parts/choose-layer.tsx';
import { changeOf, isChanged, valueOf } from '../../parts/settings/draft.ts';
import { SettingsForm } from '../../parts/settings/form.tsx';
import { useLayer } from '../../parts/settings/use-layer.ts';
import type { Layer } from '../../parts/settings/use-layer.ts';
import { ofGroup } from '../../parts/settings/whose.ts';
import { useGroups } from '../../parts/use-groups.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { Replay } from './replay.tsx';
import { Warnings } from './warnings.tsx';
import { WhatIf } from './what-if.tsx';

/** What is on the screen and not saved, for what-if and replay; undefined when all is saved. */
function proposalOf({ view, draft }: Layer, group: string | null): ProposalRequest | undefined {
  if (view === undefined || draft === undefined || !isChanged(view, draft)) return undefined;
  const { set, inherit, locks } = changeOf(view, draft);
  return { group, set, inherit, locks };
}

function warningsOf({ view, draft }: Layer): readonly string[] {
  if (view === undefined || draft === undefined) return [];
  const [mapping, rules] = [valueOf(view, draft, 'mapping'), valueOf(view, draft, 'rules')];
  const made = Array.isArray(rules) ? rules.map((each: unknown) => ({ makes: typeof each === 'object' && each !== null && 'makes' in each ? String(each.makes) : '' })) : [];
  return availabilityWarnings({ followsCalendar: valueOf(view, draft, 'followsCalendar') !== false, mapping: { ...(typeof mapping === 'object' ? mapping : {}) }, rules: made });
}

/** Mapping and words per organisation and group, with what-if and replay of what is not saved yet. */
export function Rules() {
  const { language } = useSurroundings();
  const words = ruleWords(language);
  const { groups = [] } = useGroups();
  const [group, setGroup] = useState<string | null>(null);
  const layer = useLayer('availability', ofGroup(group));
  const proposal = proposalOf(layer, group);
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.about}</p>
      <div className="halves">
        <div className="stack">
          <ChooseLayer label={words.whose} organisation={words.organisation} groups={groups} chosen={group} choose={setGroup} />
          <Warnings codes={warningsOf(layer)} />
          <SettingsForm layer={layer} />
        </div>
        <div className="stack beside">
          <WhatIf proposal={proposal} />
          <Replay proposal={proposal} />
        </div>
      </div>
    </>
  );
}
