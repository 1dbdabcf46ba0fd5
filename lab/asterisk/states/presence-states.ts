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

/** `state,subtype,message[,options]`: a comma in the message makes an option of its rest and is refused; option `e` = base64 (tried). */
function parse(value: string): Presence | null {
  const [state = '', subtype = '', message = '', options = '', ...more] = value.split(',');
  if (!states.includes(state) || more.length > 0 || !['', 'e'].includes(options)) return null;
  if (options !== 'e') return { state, subtype, message };
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
