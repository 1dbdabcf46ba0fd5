import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import type { ReactNode } from 'react';

/** A framed list of rows. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className="rows">{children}</ul>;
}

interface Face {
  icon: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  strong?: boolean;
}

function RowFace({ icon, title, text, strong }: Face) {
  return (
    <>
      <span className="icon" aria-hidden="true">
        {icon}
      </span>
      <span className="two-lines">
        {strong === true ? <b>{title}</b> : <span className="title">{title}</span>}
        {text === undefined ? null : <small>{text}</small>}
      </span>
    </>
  );
}

/** A row that shows something, with what can be done about it at its end. */
export function Row({ children, ...face }: Face & { children?: ReactNode }) {
  return (
    <li className="row">
      <RowFace {...face} />
      {children}
    </li>
  );
}

/** A row that leads to a second page; `page` is where focus comes back to. */
export function PageRow({ page, open, ...face }: Face & { page: string; open: () => void }) {
  return (
    <li>
      <button type="button" className="row" data-page={page} onClick={open}>
        <RowFace {...face} />
        <ChevronRightRegular className="chevron" aria-hidden="true" />
      </button>
    </li>
  );
}

/** A row that does something. */
export function ActionRow({ run, expanded, ...face }: Face & { run: () => void; expanded?: boolean }) {
  return (
    <li>
      <button type="button" className="row" aria-expanded={expanded} onClick={run}>
        <RowFace {...face} />
      </button>
    </li>
  );
}

/** A row that leads out of the pane. */
export function LinkRow({ href, ...face }: Face & { href: string }) {
  return (
    <li>
      <a className="row" href={href} target="_blank" rel="noopener noreferrer">
        <RowFace {...face} />
        <ChevronRightRegular className="chevron" aria-hidden="true" />
      </a>
    </li>
  );
}

/** One of several: a radio button that looks like a row. */
export function ChoiceRow({ name, chosen, choose, disabled = false, ...face }: Face & { name: string; chosen: boolean; choose: () => void; disabled?: boolean }) {
  return (
    <li>
      <label className="row choice">
        <input type="radio" name={name} checked={chosen} disabled={disabled} onChange={choose} />
        <RowFace {...face} />
      </label>
    </li>
  );
}

/** A row with a box to tick, and what else can be done at its end. `label` names the box, which has no words of its own. */
export function CheckRow({ on, turn, label, disabled, children, ...face }: Face & { on: boolean; turn: (on: boolean) => void; label: string; disabled: boolean; children?: ReactNode }) {
  return (
    <li className="row">
      <label className="tick">
        <input type="checkbox" aria-label={label} checked={on} disabled={disabled} onChange={() => turn(!on)} />
      </label>
      <RowFace {...face} />
      {children}
    </li>
  );
}
