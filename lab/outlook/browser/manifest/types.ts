/** What an add-in's manifest (XML, add-in only) asks of Outlook, texts and addresses resolved for one language. */

export type Permission = 'Restricted' | 'ReadItem' | 'ReadWriteItem' | 'ReadWriteMailbox';
export type Surface = 'MessageReadCommandSurface' | 'MessageComposeCommandSurface' | 'AppointmentOrganizerCommandSurface' | 'AppointmentAttendeeCommandSurface';
export type SendMode = 'PromptUser' | 'SoftBlock' | 'Block';

export type Action =
  | { kind: 'function'; name: string }
  | { kind: 'pane'; address: string; isPinnable: boolean; supportsNoItem: boolean };

export interface Command { id: string; label: string; title: string; description: string; /** Addresses by size in px. */ icons: Record<number, string>; action: Action }
export interface Menu extends Omit<Command, 'action'> { items: Command[] }
export type Control = ({ kind: 'button' } & Command) | ({ kind: 'menu' } & Menu);
export interface Group { id: string; label: string; controls: Control[] }
export interface LaunchEvent { type: string; functionName: string; sendMode: SendMode }

export interface Manifest {
  id: string;
  version: string;
  displayName: string;
  defaultLocale: string;
  permission: Permission;
  appDomains: string[];
  iconAddress: string;
  functionFile: string | null;
  supportsSharedFolders: boolean;
  surfaces: Partial<Record<Surface, Group[]>>;
  launchEvents: LaunchEvent[];
  /** The page that event handlers run in. */
  runtimePage: string | null;
  /** Icons by resource id: notification messages name them so. */
  images: Record<string, string>;
}
