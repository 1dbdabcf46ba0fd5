/** Language of Outlook's own surface, such as "de-DE"; the browser's where there is no Outlook. */
export function displayLanguage(): string {
  const language = Office.context.displayLanguage;
  if (typeof language === 'string' && language !== '') return language;
  return 'en';
}

/** Who Outlook says we are; shown until the server has told. */
export function ownName(): string {
  return Office.context.mailbox?.userProfile?.displayName ?? '';
}

export function ownAddress(): string {
  return Office.context.mailbox?.userProfile?.emailAddress ?? '';
}

/** Key for what is kept in this browser, so that two mailboxes never share it (storage partitioning). */
export function storageKey(name: string): string {
  return `${Office.context.partitionKey ?? ''}tieline.${name}`;
}
