import type { Gap } from '../../ports/connector.ts';

/** What an administrator is told when something is missing: which, why, and the line to change. Every remedy was tried or read in Asterisk's source. */

/** The class that an action asks for (apps/app_confbridge.c, main/manager.c). */
export function classOf(action: string): 'reporting' | 'call' | 'originate' {
  if (action === 'Originate') return 'originate';
  return action.startsWith('ConfbridgeList') ? 'reporting' : 'call';
}

/** The manager user lacks a class. Actions are allowed by `write`, events by `read` (main/manager.c). */
export function missingClass(capability: string, username: string, direction: 'read' | 'write', className: string): Gap {
  return {
    capability,
    reason: `The manager user "${username}" lacks the class "${className}".`,
    remedy: `In manager.conf, section [${username}], add "${className}" to "${direction} =", then run "manager reload" in the Asterisk console.`,
  };
}

export function missingModule(): Gap {
  return {
    capability: 'conference',
    reason: 'Asterisk does not know the actions of ConfBridge.',
    remedy: 'Run "module load app_confbridge.so" in the Asterisk console and see that modules.conf does not say "noload" for it.',
  };
}

export function missingSecret(secretEnv: string): Gap {
  return {
    capability: 'conference',
    reason: `The environment variable ${secretEnv} is empty.`,
    remedy: `Set ${secretEnv} to the "secret =" of the manager user and start again.`,
  };
}

export function cannotListen(host: string, port: number, code: string): Gap {
  const why = code === 'EADDRINUSE' ? 'another program uses it' : code === 'EADDRNOTAVAIL' ? 'this machine has no such address' : code === 'EACCES' ? 'this is not allowed' : code;
  return {
    capability: 'dialIn',
    reason: `Callers cannot be let in: we cannot listen on ${host}:${port} (${why}).`,
    remedy: 'Choose another agi.host or agi.port, here and in the dialplan\'s AGI(agi://…) line, or stop the other program.',
  };
}

export function missingSound(name: string): Gap {
  return {
    capability: 'prompts',
    reason: `Asterisk has no sound file "${name}" in the caller's language.`,
    remedy: 'Install the core sounds of that language, or name another file under prompts.',
  };
}
