import type { Manifest } from './manifest.ts';
import { attribute, type Element } from './xml.ts';

/** What a rule says about one place of a manifest. */
export interface Finding {
  /** Name of the rule, in kebab-case. */
  rule: string;
  /** Line and element, such as `line 87: Item tieline.organizer.type`. */
  where: string;
  problem: string;
  /** What to do, as an order. */
  remedy: string;
}

/** What Outlook would meet besides the manifest: the add-in that it names. */
export interface Facts {
  /** Names given to `Office.actions.associate`: by the file of the ribbon's functions, and by the one that events start. */
  functions: { commands: readonly string[]; events: readonly string[] };
  /** Paths of pages and scripts that the add-in has, such as `/addin/taskpane.html`. */
  files: readonly string[];
  /** Content of the add-in's icons by their path, such as `/addin/icons/tieline-16.png`. */
  icons: ReadonlyMap<string, Uint8Array>;
  /** True when the code calls `appendOnSendAsync` or `prependOnSendAsync`. */
  appendsOnSend: boolean;
  /** What the host answered to each address without its query; only when it was asked. */
  answers?: ReadonlyMap<string, Answer>;
}

/** How a host answered. */
export interface Answer {
  /** HTTP status; 0 when nobody answered. */
  status: number;
  cacheControl: string;
}

export interface Rule {
  name: string;
  /** Where the rule stands: "XSD" for what Microsoft's schema says, a number for the list of what it does not (docs/deploy-add-in.md). */
  from: string;
  check: (manifest: Manifest, facts: Facts) => Omit<Finding, 'rule'>[];
}

/** The name of a place for people: its line, its element, and what tells it from its like. */
export function where(element: Element): string {
  const names = ['id', 'Name', 'Type', 'Locale', 'resid'].map((name) => attribute(element, name));
  const name = names.find((each) => each !== '') ?? element.type;
  return `line ${element.line}: ${element.name}${name === '' ? '' : ` ${name}`}`;
}

/** Several findings from several places, nothing from those that are right. */
export function findAt<T>(places: readonly T[], look: (place: T) => Omit<Finding, 'rule'> | undefined): Omit<Finding, 'rule'>[] {
  return places.flatMap((place) => look(place) ?? []);
}
