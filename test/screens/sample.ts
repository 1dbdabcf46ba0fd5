import type { ConferenceView, InviteBlock, OfferView } from '../../contract/conference/conference.ts';
import { conferenceSettings } from '../../contract/conference/settings.ts';
import { voicemailSettings } from '../../contract/voicemail/settings.ts';
import type { SettingsView } from '../../contract/account/settings.ts';
import { makeBlock } from '../../invitation/index.ts';
import { blockWords } from '../../words/block.ts';

export const id = 'k7v3m2qx4tndk7v3m2qx4tnd22';
export const joinBase = 'https://meet.example.com/j/';

/** A conference as the server tells it. */
export function conference(over: Partial<ConferenceView> = {}): ConferenceView {
  return {
    id,
    state: 'held',
    why: 'button',
    stateSince: '2026-11-21T08:52:00Z',
    expiresAt: '2026-11-22T08:52:00Z',
    restorableUntil: null,
    joinUrl: joinBase + id,
    accessCode: '482913756',
    passcode: '7391',
    hostCode: '9913',
    dialIn: [
      { country: 'DE', number: '+493023125400' },
      { country: 'GB', number: '+442079460400' },
      { country: 'SE', number: '+46850520400' },
    ],
    host: { name: 'Anna Berger', address: 'anna.berger@example.com' },
    subject: 'Weekly logistics',
    startsAt: '2026-11-21T10:00:00Z',
    endsAt: '2026-11-21T10:45:00Z',
    timeZone: 'Europe/Berlin',
    opensAt: '2026-11-21T09:50:00Z',
    language: 'en',
    lobby: true,
    bridge: { instance: 'pbx', state: 'none', since: null, lastError: null },
    presenterCode: null,
    countries: [],
    kind: 'phone',
    callsOut: false,
    roles: [],
    template: null,
    isStanding: false,
    participants: 0,
    history: [],
    version: 1,
    ...over,
  };
}

/** Its block. */
export function block(language = 'en'): InviteBlock {
  return makeBlock(
    {
      joinUrl: joinBase + id,
      passcode: '7391',
      accessCode: '482913756',
      numbers: [
        { country: language === 'de' ? 'Deutschland' : 'Germany', display: '+49 30 23125 400', e164: '+493023125400' },
        { country: language === 'de' ? 'Vereinigtes Königreich' : 'United Kingdom', display: '+44 20 7946 0400', e164: '+442079460400' },
        { country: language === 'de' ? 'Schweden' : 'Sweden', display: '+46 8 505 204 00', e164: '+46850520400' },
      ],
      moreNumbers: false,
      host: 'Anna Berger',
    },
    blockWords(language),
  );
}

/** What a server with two bridges and a template offers. */
export function offer(): OfferView {
  return {
    types: [{ id: 'pbx', kind: 'phone', countries: ['DE', 'GB', 'SE'], callsOut: false }, { id: 'meet', kind: 'video', countries: [], callsOut: true }],
    languages: ['en', 'de'],
    templates: [{ id: 'legal', name: 'With legal text' }],
  };
}

/** A person's settings; `fixed`: as an organisation that has decided sees to it. */
export function settings(fixed = false): SettingsView {
  const from = Object.fromEntries(Object.keys(conferenceSettings.standard).map((key) => [key, { scope: 'default' as const, name: null }]));
  return {
    feature: 'conference',
    values: { ...conferenceSettings.standard, language: 'de' },
    from: { ...from, language: { scope: 'person', name: null }, bridge: { scope: 'group', name: 'Sales' }, lobby: { scope: 'organisation', name: null } },
    locked: fixed ? { insert: { scope: 'organisation', name: null }, room: { scope: 'group', name: 'Sales' }, lobby: { scope: 'organisation', name: null } } : {},
    own: { language: 'de' },
    locks: [],
    version: 3,
  };
}

/** A person's settings of voicemail: what the organisation says, but for an address of their own. */
export function voicemailChoices(): SettingsView {
  const values = { ...voicemailSettings.standard, noticeTo: 'assistant.anna@example.com' };
  const from = Object.fromEntries(Object.keys(values).map((key) => [key, { scope: key === 'noticeTo' ? 'person' as const : 'organisation' as const, name: null }]));
  return { feature: 'voicemail', values, from, locked: {}, own: { noticeTo: values.noticeTo }, locks: [], version: 1 };
}
