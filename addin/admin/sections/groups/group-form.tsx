import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { GroupView } from '../../../../contract/people/group.ts';
import { groupRoutes } from '../../../../contract/people/group-routes.ts';
import { peopleWords } from '../../../../words/admin-people.ts';
import { settingWords } from '../../../../words/admin-settings.ts';
import { TalkFault } from '../../../talk/fault.ts';
import { get } from '../../parts/get.ts';
import { ProblemBar } from '../../parts/problem.tsx';
import { RemoveTwice } from '../../parts/remove-twice.tsx';
import { useDraft } from '../../parts/use-draft.ts';
import { useTask } from '../../parts/use-task.ts';
import { useSurroundings } from '../../surroundings.tsx';

interface Given {
  group: GroupView;
  changed: (group: GroupView) => void;
  removed: (rest: readonly GroupView[]) => void;
}

/** Name, claim and rank of a group; whoever began from an older state is told what it is now, and chooses. */
export function GroupForm({ group, changed, removed }: Given) {
  const { transport, language } = useSurroundings();
  const words = peopleWords(language).teams;
  const { unsaved } = settingWords(language);
  const [name, setName] = useDraft(`group ${group.id} name`, group.name);
  const [claim, setClaim] = useDraft(`group ${group.id} claim`, group.claim ?? '');
  const [rank, setRank] = useDraft(`group ${group.id} rank`, String(group.rank));
  const [isSaved, setSaved] = useState(false);
  const task = useTask();
  const params = { group: group.id };
  const wanted = { name: name.trim(), claim: claim.trim() === '' ? null : claim.trim(), rank: Number(rank) };
  const isSame = wanted.name === group.name && wanted.claim === group.claim && wanted.rank === group.rank;
  const isRank = rank.trim() !== '' && Number.isInteger(wanted.rank) && wanted.rank >= 0 && wanted.rank <= 10_000;
  const mayNot = task.busy || isSame || wanted.name === '' || !isRank;
  /** The server's word in the fields; nothing of it is a draft any more. */
  function show(now: GroupView): void {
    for (const set of [setName, setClaim, setRank]) set(undefined);
    changed(now);
  }
  function save(began: Pick<GroupView, 'name' | 'claim' | 'rank'>): void {
    const seen = { name: began.name, claim: began.claim, rank: began.rank };
    task.run(async () => {
      try {
        show((await get<{ group: GroupView }>(transport, groupRoutes.change, 'group', { params, body: { ...wanted, seen } })).group);
        setSaved(true);
      } catch (fault) {
        const theirs = fault instanceof TalkFault && fault.problem?.code === 'changed-meanwhile' ? await read() : undefined;
        throw theirs === undefined ? fault : new Clash(theirs);
      }
    }, (fault) => (fault instanceof Clash ? told(fault.theirs) : undefined));
  }
  async function read(): Promise<GroupView | undefined> {
    return (await get<{ groups: GroupView[] }>(transport, groupRoutes.list, 'groups', {})).groups.find(({ id }) => id === group.id);
  }
  function told(theirs: GroupView) {
    const take = (): void => {
      task.clear();
      show(theirs);
    };
    const { conflict } = words;
    return { lead: conflict.lead, text: conflict.text(theirs.name, theirs.claim ?? conflict.none, theirs.rank), reference: '', actions: [{ label: conflict.theirs, run: take }, { label: conflict.mine, run: () => save(theirs) }] };
  }
  return (
    <form
      className="card"
      onChange={() => setSaved(false)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!mayNot) save(group);
      }}
    >
      <Field label={words.name}>
        <Input value={name} maxLength={120} onChange={(_event, { value }) => setName(value)} />
      </Field>
      <Field label={words.claim} hint={words.claimHint}>
        <Input value={claim} maxLength={200} onChange={(_event, { value }) => setClaim(value)} />
      </Field>
      <Field label={words.rank} hint={words.rankHint} validationState={isRank ? 'none' : 'error'} validationMessage={isRank ? undefined : words.rankWrong}>
        <Input type="number" min={0} max={10_000} value={rank} onChange={(_event, { value }) => setRank(value)} />
      </Field>
      {task.problem === undefined ? null : <ProblemBar {...task.problem} />}
      <div className="actions">
        <Button type="submit" appearance="primary" disabledFocusable={mayNot}>
          {words.save}
        </Button>
        <span role="status">{isSame ? (isSaved ? words.saved : '') : unsaved}</span>
        <RemoveTwice words={words} busy={task.busy} remove={() => task.run(async () => removed((await get<{ groups: GroupView[] }>(transport, groupRoutes.remove, 'groups', { params })).groups))} />
      </div>
    </form>
  );
}

/** Somebody else saved first. */
class Clash extends Error {
  readonly theirs: GroupView;

  constructor(theirs: GroupView) {
    super('the group was changed meanwhile');
    this.theirs = theirs;
  }
}
