import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { settingWords } from '../../../../words/admin-settings.ts';
import { useSurroundings } from '../../surroundings.tsx';
import type { Merged } from './merge.ts';
import { settingName } from './setting-name.ts';
import type { Layer } from './use-layer.ts';
import { valueText } from './value-text.ts';

/** Somebody else saved first: what both made of each setting stands side by side, and nothing of either is gone. */
export function Conflict({ feature, layer, conflict: { clashes, taken }, settled }: { feature: string; layer: Layer; conflict: Merged; settled: () => void }) {
  const { language } = useSurroundings();
  const all = settingWords(language);
  const words = all.conflict;
  const settle = (keeps: 'mine' | 'theirs'): void => {
    layer.settle(keeps);
    settled();
  };
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{words.lead}</MessageBarTitle> {clashes.length === 0 ? words.both : words.text}
        {clashes.length === 0 ? null : (
          <table className="clashes">
            <thead>
              <tr>
                <th scope="col">{words.setting}</th>
                <th scope="col">{words.theirValue}</th>
                <th scope="col">{words.myValue}</th>
              </tr>
            </thead>
            <tbody>
              {clashes.map(({ key, theirs, mine }) => (
                <tr key={key}>
                  <th scope="row">{settingName(all, feature, key)}</th>
                  <td data-of={words.theirValue}>
                    <bdi>{valueText(language, theirs)}</bdi>
                  </td>
                  <td data-of={words.myValue}>
                    <bdi>{valueText(language, mine)}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {taken.length === 0 ? null : <p>{words.taken(taken.map((key) => settingName(all, feature, key)).join(', '))}</p>}
      </MessageBarBody>
      <MessageBarActions>
        {clashes.length === 0 ? (
          <Button size="small" onClick={() => settle('mine')}>
            {words.understood}
          </Button>
        ) : (
          <>
            <Button size="small" onClick={() => settle('theirs')}>
              {words.theirs}
            </Button>
            <Button size="small" onClick={() => settle('mine')}>
              {words.mine}
            </Button>
          </>
        )}
      </MessageBarActions>
    </MessageBar>
  );
}
