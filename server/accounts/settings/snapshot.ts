import type { SettingsView } from '../../../contract/account/settings.ts';
import type { DeclaredSettings, Settings } from './settings.ts';

/**
 * State of the topics `settings-<feature>` (my own changed) and `settings-<feature>:all` (the organisation's or a group's changed): both show the viewer's own settings.
 * Undefined for a topic of somebody else or of another feature.
 */
export async function settingsSnapshot(
  settings: Settings, declared: readonly DeclaredSettings[], { tenantId, personId }: { tenantId: string; personId: string }, topic: string,
): Promise<SettingsView | null | undefined> {
  const [, feature, whose] = /^settings-([a-z-]+):(.+)$/.exec(topic) ?? [];
  const found = declared.find((each) => each.declaration.feature === feature);
  if (!found || feature === undefined) return undefined;
  if (whose !== personId && whose !== 'all') return null;
  return settings.view(found, tenantId, { scope: 'person', scopeId: personId, feature });
}
