import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Button } from '@fluentui/react-components';

/** Something that went wrong, with its remedy and what can be done. */
export interface Problem {
  lead: string;
  text: string;
  /** To copy for whoever runs the server. */
  reference: string;
  /** What of the request it is about, where the server named it. */
  field?: string | undefined;
  actions?: readonly { label: string; run: () => void }[];
}

export function ProblemBar({ lead, text, reference, actions = [] }: Problem) {
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{lead}</MessageBarTitle> {text} {reference === '' ? null : <code>{reference}</code>}
      </MessageBarBody>
      {actions.length === 0 ? null : (
        <MessageBarActions>
          {actions.map(({ label, run }) => (
            <Button key={label} size="small" onClick={run}>
              {label}
            </Button>
          ))}
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
