import type { SettingsDescription, SettingsRequest, SettingsView } from '../../../../contract/account/settings.ts';

/** One layer's settings of one feature while they are edited. */
export interface LayerDraft {
  /** The version that it began from; goes back when it is saved. */
  version: number;
  /** What this layer says. */
  own: Readonly<Record<string, unknown>>;
  locks: readonly string[];
}

export type SettingKey = SettingsDescription['keys'][number];

export function draftOf({ version, own, locks }: SettingsView): LayerDraft {
  return { version, own, locks };
}

/** What stands in a field: this layer's word, else what it inherits. */
export function valueOf(view: SettingsView, draft: LayerDraft, key: string): unknown {
  if (Object.hasOwn(draft.own, key)) return draft.own[key];
  return inheritedOf(view, key);
}

/** What a layer gets from above, or would get. */
function inheritedOf({ values, inherited }: SettingsView, key: string): unknown {
  return inherited !== undefined && Object.hasOwn(inherited, key) ? inherited[key]?.value : values[key];
}

/** Who says what stands in a field that this layer leaves to others. */
export function sourceOf({ from, inherited }: SettingsView, key: string): SettingsView['from'][string] | undefined {
  return inherited?.[key] ?? from[key];
}

export function said(draft: LayerDraft, key: string, value: unknown): LayerDraft {
  return { ...draft, own: { ...draft.own, [key]: value } };
}

export function givenBack(draft: LayerDraft, key: string): LayerDraft {
  return { ...draft, own: Object.fromEntries(Object.entries(draft.own).filter(([other]) => other !== key)) };
}

export function locked(draft: LayerDraft, key: string, isLocked: boolean): LayerDraft {
  const others = draft.locks.filter((each) => each !== key);
  return { ...draft, locks: isLocked ? [...others, key] : others };
}

/** What of it differs from what the server has. */
export function changeOf(view: SettingsView, draft: LayerDraft): Required<Pick<SettingsRequest, 'version' | 'set' | 'inherit' | 'locks'>> {
  const set = Object.fromEntries(Object.entries(draft.own).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(view.own[key])));
  return { version: draft.version, set, inherit: Object.keys(view.own).filter((key) => !Object.hasOwn(draft.own, key)), locks: [...draft.locks] };
}

/** The same, as it is sent: nobody is below a person, so there is nothing to lock. */
export function changeFor(scope: 'organisation' | 'group' | 'person', view: SettingsView, draft: LayerDraft): SettingsRequest {
  const { locks, ...change } = changeOf(view, draft);
  return scope === 'person' ? change : { ...change, locks };
}

export function isChanged(view: SettingsView, draft: LayerDraft): boolean {
  const { set, inherit } = changeOf(view, draft);
  return Object.keys(set).length + inherit.length > 0 || view.locks.length !== draft.locks.length || view.locks.some((key) => !draft.locks.includes(key));
}
