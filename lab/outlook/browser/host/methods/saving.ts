import { HostError, errorCode } from '../errors.ts';
import { draftOf, isAppointment } from '../item.ts';
import type { ItemCall, Methods } from './method.ts';
import { anywhere, onForm, onItem } from './method.ts';

/** Puts the appointment on the calendar and mails nobody. Mails are not kept in the lab, so a message gets no id. */
async function save({ item, services }: ItemCall): Promise<string> {
  if (!isAppointment(item)) throw new HostError(errorCode.saving);
  item.saved(await services.api.save(item.owner, draftOf(item)));
  return itemId(item.facts.id);
}

function itemId(id: string | null): string {
  if (!id) throw new HostError(errorCode.notSaved);
  return id;
}

/** Delegates get all rights in the lab: `Office.MailboxEnums.DelegatePermissions` 1 read, 2 write, 4 deleteOwn, 8 deleteAll, 16 editOwn, 32 editAll. */
const allRights = 63;

/** What office.js sends only to count: answered, and forgotten. */
const silent = anywhere('Restricted', () => undefined);

export const savingMethods: Methods = {
  32: onForm('ReadWriteItem', save),
  164: onForm('ReadItem', ({ item }) => itemId(item.facts.id)),
  40: silent,
  41: anywhere('Restricted', ({ services }) => services.page.closeItem()),
  42: anywhere('Restricted', ({ services }) => services.page.closePane()),
  43: anywhere('Restricted', ({ services, params }) => services.page.tell(`Outlook would show the card of ${String(params['ewsIdOrEmail'])} here.`)),
  45: anywhere('Restricted', ({ services }) => services.page.tell('Outlook would show its add-ins here.')),
  99: onItem('ReadItem', ({ item }) => item.initializationContext ?? undefined),
  108: onItem('ReadItem', ({ item }) => ({ owner: item.owner, targetMailbox: item.owner, targetRestUrl: `${location.origin}/api`, delegatePermissions: allRights })),
  163: silent,
  193: silent,
  400: silent,
  401: silent,
  402: silent,
  403: anywhere('Restricted', ({ params }) => void window.open(String(params['launchUrl']), '_blank', 'noopener')),
};
