import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { ruleWords } from '../../../../words/admin-rules.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** What is allowed and hardly meant. A code of a newer server stands for itself. */
export function Warnings({ codes }: { codes: readonly string[] }) {
  const { language } = useSurroundings();
  const words = new Map(Object.entries(ruleWords(language).warnings));
  return codes.map((code) => (
    <MessageBar key={code} intent="warning" layout="multiline">
      <MessageBarBody>{words.get(code) ?? code}</MessageBarBody>
    </MessageBar>
  ));
}
