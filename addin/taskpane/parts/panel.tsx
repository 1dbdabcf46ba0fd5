import type { ReactNode } from 'react';

/** The part that scrolls. Without a control in it (`still` is its name then), it takes focus itself, so that arrow keys can scroll it in every browser and readers say where one is. */
export function Panel({ children, still, busy = false }: { children?: ReactNode; still?: string | undefined; busy?: boolean }) {
  const stop = still === undefined ? {} : { tabIndex: 0, role: 'region', 'aria-label': still };
  return (
    <div className="panel" {...stop} aria-busy={busy ? true : undefined}>
      {children}
    </div>
  );
}
