import type { ConferenceSettings } from '../../../../contract/conference/settings.ts';

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The settings of an answer. What this pane does not understand (an older or newer server) is shown as the standard, and never written back by itself. */
export function readSettings(values: Readonly<Record<string, unknown>>): ConferenceSettings {
  return {
    insert: values['insert'] === 'every' ? 'every' : 'button',
    room: values['room'] === 'personal' ? 'personal' : 'fresh',
    bridge: textOrNull(values['bridge']),
    language: textOrNull(values['language']),
    template: textOrNull(values['template']),
    lobby: values['lobby'] !== false,
  };
}
