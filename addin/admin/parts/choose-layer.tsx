import { Field, Select } from '@fluentui/react-components';
import type { GroupView } from '../../../contract/people/group.ts';

/** Whose settings: the organisation's (null), or a group's. */
export function ChooseLayer({ label, organisation, groups, chosen, choose }: { label: string; organisation: string; groups: readonly GroupView[]; chosen: string | null; choose: (group: string | null) => void }) {
  return (
    <Field label={label}>
      <Select value={chosen ?? ''} onChange={(_event, { value }) => choose(value === '' ? null : value)}>
        <option value="">{organisation}</option>
        {groups.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
