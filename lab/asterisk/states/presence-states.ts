import type { Bus } from '../bus.ts';
import type { Database } from '../database.ts';
import { escapeText } from '../ami/packet.ts';

export interface Presence {
  state: string;
  subtype: string;
  message: string;
}

/** Where AstDB keeps the CustomPresence: presentities. */
const family = 'CustomPresence';
const states = ['not_set', 'unavailable', 'available', 'away', 'xa', 'chat', 'dnd'];
const unset: Presence = { state: 'not_set', subtype: '', message: '' };

export interface PresenceStates {
  get(presentity: string): Presence;
  /** PRESENCE_STATE(...)=value: false where Asterisk says "Variable not set". */
  write(presentity: string, value: string): boolean;
  list(): { presentity: string; presence: Presence }[];
  /** Called when a presentity's value differs from before, ahead of the event. */
  onChange(fn: (presentity: string) => void): void;
  crash(): void;
}

/**
 * `state,subtype,message[,options]`. What follows a comma in the message counts as options: refused, unless an `e` is in it, which means base64, so that
 * `dnd,x,lunch,see you` is taken and makes rubbish of the texts (tried).
 */
function parse(value: string): Presence | null {
  const [first = '', subtype = '', message = '', ...rest] = value.split(',');
  const [state, options] = [first.toLowerCase(), rest.join(',')];
  if (!states.includes(state) || (options !== '' && !options.includes('e'))) return null;
  if (options === '') return { state, subtype, message };
  return { state, subtype: Buffer.from(subtype, 'base64').toString('utf8'), message: Buffer.from(message, 'base64').toString('utf8') };
}

export function createPresenceStates(bus: Bus, database: Database): PresenceStates {
  let current = new Map<string, Presence>();
  const watchers: ((presentity: string) => void)[] = [];

  return {
    get: (presentity) => current.get(presentity) ?? unset,
    write(presentity, value) {
      const next = parse(value);
      if (!presentity.startsWith(`${family}:`) || !next) return false;
      const before = current.get(presentity) ?? unset;
      database.put(family, presentity.slice(family.length + 1), value);
      current.set(presentity, next);
      const differs = before.state !== next.state || before.subtype !== next.subtype || before.message !== next.message;
      if (differs) for (const watcher of watchers) watcher(presentity);
      bus.publish(['call'], 'PresenceStateChange', [['Presentity', presentity], ['Status', next.state], ['Subtype', escapeText(next.subtype)], ['Message', escapeText(next.message)]]);
      return true;
    },
    list: () => [...current].map(([presentity, presence]) => ({ presentity, presence })),
    onChange: (fn) => void watchers.push(fn),
    crash() {
      current = new Map(database.tree(family).flatMap(({ key, value }) => {
        const kept = parse(value);
        return kept ? [[`${family}:${key.slice(family.length + 2)}`, kept]] : [];
      }));
    },
  };
}
