import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

/** A panel that could not be loaded or drawn: the rest of the pane stays, and the person can try again. */
export class Failure extends Component<{ children: ReactNode }, { fault: Error | undefined }> {
  override state: { fault: Error | undefined } = { fault: undefined };

  static getDerivedStateFromError(fault: unknown): { fault: Error } {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return (
      <div className="panel">
        <div className="message red" role="alert">
          <p dir="ltr">{fault.message}</p>
          <Button size="small" onClick={() => location.reload()}>
            ↻
          </Button>
        </div>
      </div>
    );
  }
}
