/** What Outlook shows: decides which panel opens and what it may do. */
export type ItemKind = 'appointment-compose' | 'appointment-read' | 'message-compose' | 'message-read' | 'none';

/** The item that Outlook shows; undefined when it shows none or several, and between two items in a pinned pane. */
export function currentItem(): Office.Mailbox['item'] {
  const mailbox = Office.context.mailbox;
  if (mailbox === undefined || mailbox === null) return undefined;
  const item = mailbox.item;
  if (item === null) return undefined;
  return item;
}

/** The kind of the item that Outlook shows. Compose is told by the subject: text when read, an object when written. */
export function itemKind(): ItemKind {
  const item = currentItem();
  if (item === undefined) return 'none';
  const written = typeof item.subject !== 'string';
  if (item.itemType === 'appointment') {
    if (written) return 'appointment-compose';
    return 'appointment-read';
  }
  if (written) return 'message-compose';
  return 'message-read';
}

/** The item, for calls that make sense only while there is one. */
export function needItem(): NonNullable<Office.Mailbox['item']> {
  const item = currentItem();
  if (item === undefined) throw new Error('Outlook shows no item');
  return item;
}

/** Holds on to the item that Outlook shows now; the returned function rejects what would be done to another one that came in its place meanwhile. */
export function holdItem(): () => NonNullable<Office.Mailbox['item']> {
  const held = needItem();
  return function same() {
    if (currentItem() !== held) throw new Error('another item came in its place');
    return held;
  };
}
