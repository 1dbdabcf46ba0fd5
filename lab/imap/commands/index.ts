import type { Handler } from '../session-types.ts';
import { folderCommands } from './folders.ts';
import { messageCommands } from './messages.ts';
import { sessionCommands } from './session.ts';

/** Every command by name. */
export const handlers: ReadonlyMap<string, Handler> = new Map(Object.entries({ ...sessionCommands, ...folderCommands, ...messageCommands }));
