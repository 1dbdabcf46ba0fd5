import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { settingsRoutes } from './settings-routes.ts';

/**
 * Settings in layers: default → organisation → group → person. The nearer layer counts, unless one farther out has locked the key. Each feature declares its own;
 * the mechanism is one (server/accounts/settings/).
 */
export interface SettingsDeclaration<Values extends Record<string, unknown> = Record<string, unknown>> {
  /** Names the feature in addresses and rows. */
  readonly feature: string;
  /** What each key may be. */
  readonly schema: { readonly [Key in keyof Values]: z.ZodType<Values[Key]> };
  /** What holds where nobody says otherwise. */
  readonly standard: Readonly<Values>;
  /** Layers that may say something; without it, all. */
  readonly layers?: readonly Exclude<SettingScope, 'default'>[];
}

/** Where a value comes from. */
export const settingScope = z.enum(['default', 'organisation', 'group', 'person']);

const source = z.object({
  scope: settingScope,
  /** The group's name; null for the other scopes. */
  name: z.string().nullable(),
});

export const settingsView = z
  .object({
    feature: z.string(),
    /** What holds at the layer that was asked for. */
    values: z.record(z.string(), z.unknown()),
    /** Where each of them comes from: "inherited from". */
    from: z.record(z.string(), source),
    /** Keys that this layer may not change, with who says so. */
    locked: z.record(z.string(), source),
    /** What this layer itself says; all other keys are inherited. */
    own: z.record(z.string(), z.unknown()),
    /** What would hold of each of these if this layer gave it back, and who says so. */
    inherited: z.record(z.string(), source.extend({ value: z.unknown() })).optional(),
    /** Keys that this layer locks for those below; always empty for a person. */
    locks: z.array(z.string()),
    /** Of this layer; goes back with the change. 0 before the first one. */
    version: z.number().int(),
    /** Codes of what is allowed and hardly meant, such as a mapping under which nothing counts. */
    warnings: z.array(z.string()).optional(),
  })
  .meta({ id: 'Settings' });

/** Each setting that there is, for whoever makes a form of them: what it may be as JSON Schema (2020-12), and what holds where nobody says otherwise. */
export const settingsDescription = z
  .object({
    feature: z.string(),
    /** Layers that may say something. */
    layers: z.array(z.enum(['organisation', 'group', 'person'])),
    keys: z.array(z.object({ key: z.string(), schema: z.record(z.string(), z.unknown()), standard: z.unknown() })),
  })
  .meta({ id: 'SettingsDescription' });

/** A change of one layer. */
export const settingsChange = z.object({
  /** The version that was shown; a newer one on the server answers 409. */
  version: z.number().int(),
  set: z.record(z.string().max(64), z.unknown()).default({}),
  /** Keys that are inherited again. */
  inherit: z.array(z.string().max(64)).max(100).default([]),
  /** All keys that this layer locks; as they are when left out. A person locks none. */
  locks: z.array(z.string().max(64)).max(100).optional(),
});

const nothing = z.object({});
const feature = z.string().regex(/^[a-z][a-z-]{0,40}$/);
const ofFeature = z.object({ feature });
const ofPerson = z.object({ feature, person: z.string().min(1).max(64) });
const ofGroup = z.object({ feature, group: z.uuid() });
const answer = z.object({ settings: settingsView });

export const settingsApi = {
  mine: endpoint({ route: settingsRoutes.mine, summary: 'My settings of one feature, and where each comes from', kind: 'read', params: ofFeature, query: nothing, body: nothing, response: answer }),
  saveMine: endpoint({ route: settingsRoutes.saveMine, summary: 'Change my settings', kind: 'change', params: ofFeature, query: nothing, body: settingsChange, response: answer }),
  persons: endpoint({ route: settingsRoutes.persons, summary: 'A person\'s settings, for an administrator', kind: 'read', params: ofPerson, query: nothing, body: nothing, response: answer }),
  savePersons: endpoint({ route: settingsRoutes.savePersons, summary: 'Change a person\'s settings for them', kind: 'change', params: ofPerson, query: nothing, body: settingsChange, response: answer }),
  described: endpoint({ route: settingsRoutes.described, summary: 'All settings of all features: what each may be, and how it begins', kind: 'read', params: nothing, query: nothing, body: nothing, response: z.object({ features: z.array(settingsDescription) }) }),
  organisations: endpoint({ route: settingsRoutes.organisations, summary: 'The organisation\'s settings of one feature', kind: 'read', params: ofFeature, query: nothing, body: nothing, response: answer }),
  saveOrganisations: endpoint({ route: settingsRoutes.saveOrganisations, summary: 'Change the organisation\'s settings, and what they lock', kind: 'change', params: ofFeature, query: nothing, body: settingsChange, response: answer }),
  groups: endpoint({ route: settingsRoutes.groups, summary: 'A group\'s settings of one feature', kind: 'read', params: ofGroup, query: nothing, body: nothing, response: answer }),
  saveGroups: endpoint({ route: settingsRoutes.saveGroups, summary: 'Change a group\'s settings, and what they lock', kind: 'change', params: ofGroup, query: nothing, body: settingsChange, response: answer }),
};

export type SettingScope = z.output<typeof settingScope>;
export type SettingsView = z.output<typeof settingsView>;
export type SettingsChange = z.output<typeof settingsChange>;
export type SettingsRequest = z.input<typeof settingsChange>;
export type SettingsDescription = z.output<typeof settingsDescription>;
export type SettingsResponse = z.output<typeof settingsApi.mine.response>;
