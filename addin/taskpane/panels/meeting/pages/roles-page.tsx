import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { useCallback, useEffect } from 'react';
import { groupDigits } from '../../../../../invitation/codes.ts';
import { useChoiceWords } from '../../../choice-words.ts';
import { readAttendees } from '../../../../office/attendees.ts';
import { onInviteChanged } from '../../../../office/invite-changes.ts';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Row, Rows } from '../../../parts/row.tsx';
import { SecondPage } from '../../../parts/second-page.tsx';
import { useAsked } from '../../../parts/use-asked.ts';
import { useSurroundings } from '../../../surroundings.tsx';
import { spelled } from '../numbers.ts';
import { castOf, withRole } from '../roles.ts';
import type { Part } from '../roles.ts';
import type { PageProps } from '../page-props.ts';

const parts: readonly Part[] = ['guest', 'presenter', 'host'];

function CodeRow({ code, text, label }: { code: string; text: string; label: (digits: string) => string }) {
  const shown = groupDigits(code, ' ');
  return (
    <Row icon={<KeyRegular />} title={<bdi dir="ltr">{shown}</bdi>} text={text} strong>
      <CopyButton text={code} label={label(spelled(shown))} />
    </Row>
  );
}

/** Who hosts and who presents, picked from the people in the invite. */
export function RolesPage({ invite, change, frame }: PageProps) {
  const { words: pane } = useSurroundings();
  const words = useChoiceWords();
  const { value: attendees, trouble, again } = useAsked(useCallback(() => readAttendees(), []));
  useEffect(() => onInviteChanged(again), [again]);
  const { roles, hostCode, presenterCode } = invite.conference;
  const cast = castOf(attendees ?? [], roles);
  const isKnown = attendees !== undefined;
  return (
    <SecondPage back={pane.tabs.meeting} title={words.rolesTitle} {...frame}>
      <p className="quiet">{words.rolesText}</p>
      {trouble === undefined ? null : <p className="quiet">{words.unreadAttendees}</p>}
      {isKnown && cast.length === 0 ? <Empty icon={<PeopleRegular />} title={words.nobodyInvited.title} text={words.nobodyInvited.text} /> : null}
      {cast.length === 0 ? null : (
        <Rows>
          {cast.map(({ name, address, part, isInvited }) => (
            <Row key={address} icon={<PersonRegular />} title={name === address ? <bdi dir="ltr">{address}</bdi> : name} text={isInvited || !isKnown ? (name === address ? undefined : <bdi dir="ltr">{address}</bdi>) : words.notInvited}>
              <select className="pick" aria-label={words.roleOf(name)} value={part} onChange={(event) => change({ roles: withRole(roles, { name, address }, event.target.value) })}>
                {parts.map((each) => (
                  <option key={each} value={each}>
                    {words.role[each]}
                  </option>
                ))}
              </select>
            </Row>
          ))}
        </Rows>
      )}
      {hostCode === null && presenterCode === null ? null : (
        <Rows>
          {hostCode === null ? null : <CodeRow code={hostCode} text={words.hostCode} label={words.copyHostCode} />}
          {presenterCode === null ? null : <CodeRow code={presenterCode} text={words.presenterCode} label={words.copyPresenterCode} />}
        </Rows>
      )}
    </SecondPage>
  );
}
