import { UserError } from '../domain/errors.ts';
import type { World } from './feature.ts';

/** A folder can be chosen only where a mail system is connected that puts mails into folders; elsewhere nobody would find them where they were said to be. Throws UserError 422. */
export function checkFolder({ connectors }: Pick<World, 'connectors'>, values: Readonly<Record<string, unknown>>): void {
  const { folder } = values;
  if (typeof folder !== 'string' || folder === '' || connectors.some(({ mailStore }) => mailStore?.capabilities.folders)) return;
  const noFolders = connectors.flatMap(({ mailNotifier }) => mailNotifier?.noFolders ?? [])[0];
  throw new UserError(422, {
    code: 'no-mail-folders', field: 'folder', message: `Voicemail mails cannot be put into a folder. ${noFolders?.reason ?? 'No mail system with mailboxes is connected.'}`,
    remedy: noFolders?.remedy ?? 'An administrator connects one (type graph or imap).',
  });
}
