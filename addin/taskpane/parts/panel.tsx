import type { ReactNode } from 'react';

/** The part that scrolls. Without a control in it, it takes focus itself, so that arrow keys can scroll it in every browser. */
export function Panel({ children, still = false, busy = false }: { children?: ReactNode; still?: boolean; busy?: boolean }) {
  return (
    <div className="panel" tabIndex={still ? 0 : undefined} aria-busy={busy ? true : undefined}>
      {children}
    </div>
  );
}
