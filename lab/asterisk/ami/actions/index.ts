import type { Action, ActionFamily } from '../action.ts';
import { channelActions } from './channels.ts';
import { confbridgeActions } from './confbridge.ts';
import { coreActions } from './core.ts';
import { databaseActions } from './database.ts';
import { originateActions } from './originate.ts';
import { sessionActions } from './session.ts';
import { stateActions } from './states.ts';
import { variableActions } from './variables.ts';
import { voicemailActions } from './voicemail.ts';

/** All actions by lower-case name. `more`: families that live elsewhere. `unknown`: names of those that are not there. */
export function createActions(more: readonly ActionFamily[] = [], unknown: readonly string[] = []): ReadonlyMap<string, Action> {
  const all: readonly Action[] = [
    ...sessionActions(() => all), ...coreActions, ...variableActions, ...stateActions, ...databaseActions, ...channelActions, ...originateActions, ...confbridgeActions, ...voicemailActions, ...more.flat(),
  ];
  return new Map(all.filter(({ name }) => !unknown.includes(name)).map((action) => [action.name.toLowerCase(), action]));
}
