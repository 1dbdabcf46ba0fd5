import type { Gap } from '../../ports/connector.ts';

/** What an administrator is told when something is missing: which, why, and the line to change. Every remedy was tried or read in Asterisk's source. */

/** The class that an action asks for (apps/app_confbridge.c, apps/app_voicemail.c, main/manager.c). */
export function classOf(action: string): 'reporting' | 'call' | 'originate' | 'user' {
  if (action === 'Originate') return 'originate';
  if (['VoicemailMove', 'VoicemailRemove', 'VoicemailForward', 'VoicemailRefresh'].includes(action)) return 'user';
  const isList = action.startsWith('ConfbridgeList') || action.startsWith('Voicemail') || ['CoreShowChannels', 'MailboxCount', 'Getvar'].includes(action);
  return isList ? 'reporting' : 'call';
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

/** Asterisk does not know the actions of voicemail: BoxSummary, Move, Remove and Forward came with 18.20 and 20.5 (apps/app_voicemail.c). */
export function missingVoicemail(capability: string): Gap {
  return {
    capability,
    reason: 'Asterisk does not know the actions that look into voicemail boxes and change them.',
    remedy: 'They came with Asterisk 18.20 and 20.5: update an older one; otherwise run "module load app_voicemail.so" in the Asterisk console and see that modules.conf does not say "noload" for it.',
  };
}

/** What is missing when Asterisk does not know this action. */
export function missingModuleOf(action: string): Gap {
  return action.startsWith('Voicemail') ? missingVoicemail('voicemail') : missingModule();
}

export function missingAriPassword(passwordEnv: string): Gap {
  return {
    capability: 'voicemailAudio',
    reason: `The environment variable ${passwordEnv} is empty.`,
    remedy: `Set ${passwordEnv} to the "password =" of the user in ari.conf and start again.`,
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
