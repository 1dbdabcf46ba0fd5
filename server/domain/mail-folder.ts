/** Where in a mailbox voicemail is put, as an administrator writes it: names from the top with '/' between them. */

/** The names of a folder's path; none for the inbox. A first name "Inbox" in any case becomes INBOX. */
export function folderNames(path: string): string[] {
  const names = path.split('/').map((name) => name.trim()).filter((name) => name !== '');
  const [first, ...rest] = names;
  if (first?.toUpperCase() !== 'INBOX') return names;
  return rest.length === 0 ? [] : ['INBOX', ...rest];
}
