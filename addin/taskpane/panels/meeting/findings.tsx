import { useEffect, useState } from 'react';
import type { Finding, LintRule } from '../../../../invitation/lint/index.ts';
import { lintWords } from '../../../../words/lint.ts';
import { lintNow } from '../../../invite/lint.ts';
import type { InInvite } from '../../../invite/outcome.ts';
import { zoneForSeries } from '../../../office/series.ts';
import { Message } from '../../parts/message.tsx';
import type { Said } from '../../parts/message.tsx';
import { useSurroundings } from '../../surroundings.tsx';
import { lookAgain } from './look-again.ts';
import type { PageName } from './page-name.ts';
import type { InviteActions } from './use-invite.ts';

type Open = (page: PageName) => void;

/** What mends a finding with one click. */
function mendOf(rule: LintRule, actions: InviteActions, open: Open): (() => void) | undefined {
  if (rule === 'host-code') return () => actions.change({ newHostCode: true });
  if (rule === 'open-to-strangers') return () => actions.change({ lobby: true });
  // Putting the block anew leaves exactly one, and puts the link where rooms look for it.
  if (rule === 'two-blocks' || rule === 'room-strips') return actions.mend;
  // Where nothing can be set, Outlook's own form is the place to mend it.
  if (rule === 'clock-change') return zoneForSeries() === undefined ? undefined : actions.rezone;
  // No number can be made up: the numbers that there are can be chosen from.
  if (rule === 'no-dial-in') return () => open('numbers');
  return actions.remove;
}

function aboutOf({ rule, about }: Finding, language: string): string {
  const list = new Intl.ListFormat(language);
  if (rule === 'no-dial-in') {
    const countries = new Intl.DisplayNames([language], { type: 'region' });
    return list.format(about.map((country) => countries.of(country) ?? country));
  }
  return list.format(about);
}

/** What is wrong with the invite as it is being written (M15), the gravest first; each with what mends it. */
export function Findings({ invite, actions, open: openPage }: { invite: InInvite; actions: InviteActions; open: Open }) {
  const { language } = useSurroundings();
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const [left, setLeft] = useState<readonly LintRule[]>([]);

  useEffect(() => {
    let isShown = true;
    const look = (): void => {
      void lintNow(invite.conference).then((found) => {
        if (isShown) setFindings(found);
      });
    };
    look();
    const end = lookAgain(look);
    return () => {
      isShown = false;
      end();
    };
  }, [invite]);

  const words = lintWords(language);
  // The services of others are said by the troubles of the invite already, with or without a conference of ours.
  const open = findings.filter(({ rule }) => rule !== 'foreign-block' && !left.includes(rule));
  return (
    <>
      {open.map((finding) => {
        const about = aboutOf(finding, language);
        const { lead, text, button } = words[finding.rule];
        const mend = mendOf(finding.rule, actions, openPage);
        const leave = { label: words.understood, run: () => setLeft([...left, finding.rule]) };
        // A clock and a country may be meant so: whoever says so is not told again.
        const leaves = mend === undefined || finding.rule === 'clock-change' || finding.rule === 'no-dial-in' ? [leave] : [];
        const said: Said = { weight: 'amber', lead: lead(about), text: text(about), actions: [...(mend === undefined ? [] : [{ label: button, run: mend }]), ...leaves] };
        return <Message key={finding.rule} {...said} />;
      })}
    </>
  );
}
