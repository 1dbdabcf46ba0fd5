import { HostError, errorCode } from '../errors.ts';
import { draftOf, isAppointment, isCompose } from '../item.ts';
import { record, text } from '../params.ts';
import type { ItemCall, Methods } from './method.ts';
import { anywhere, onForm, onItem } from './method.ts';

/** All of an add-in's custom properties on one item (outlook-host.md §9.7). */
const longestCustom = 2_500;
/** All of one form's session data (error text of 9051). */
const longestSession = 50_000;
/** All of an add-in's roaming settings: 32 KB. */
const longestSettings = 32 * 1024;

/** The name under which Exchange keeps them: one string property for all (office-addin.md §3). */
export function customPropertyName(addinId: string): string {
  return `cecp-${addinId}`;
}

function customProperties({ item, services }: ItemCall): string {
  return item.fields.properties[customPropertyName(services.manifest.id)] ?? '{}';
}

async function saveCustomProperties({ item, services, params }: ItemCall): Promise<void> {
  const json = JSON.stringify(record(params['customProperties']));
  if (json.length > longestCustom) throw new HostError(errorCode.invalidParameter);
  item.change({ properties: { ...item.fields.properties, [customPropertyName(services.manifest.id)]: json } }, 'addin');
  // A form keeps them until it is saved or sent; on an item that is only read they are written at once.
  if (!isCompose(item) && isAppointment(item) && item.facts.id) item.saved(await services.api.save(item.owner, draftOf(item)));
}

function setSession({ item, params }: ItemCall): void {
  const next = new Map(item.session).set(text(params, 'name'), text(params, 'value'));
  const length = [...next].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (length > longestSession) throw new HostError(errorCode.sessionDataTooLong);
  item.session.set(text(params, 'name'), text(params, 'value'));
}

function sessionValue({ item, params }: ItemCall): string {
  const value = item.session.get(text(params, 'name'));
  if (value === undefined) throw new HostError(errorCode.noSuchKey);
  return value;
}

export const propertyMethods: Methods = {
  3: onItem('Restricted', (call) => customProperties(call)),
  4: onItem('ReadItem', saveCustomProperties),
  185: onForm('ReadWriteItem', setSession),
  186: onForm('ReadWriteItem', sessionValue),
  187: onForm('ReadWriteItem', ({ item }) => Object.fromEntries(item.session)),
  188: onForm('ReadWriteItem', ({ item }) => item.session.clear()),
  189: onForm('ReadWriteItem', (call) => {
    sessionValue(call);
    call.item.session.delete(text(call.params, 'name'));
  }),
  404: anywhere('Restricted', async ({ raw, services }) => {
    const sent = record(Array.isArray(raw) ? raw[0] : raw);
    const settings = Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, String(value)]));
    if (JSON.stringify(settings).length > longestSettings) throw new HostError(errorCode.settings);
    services.settings = await services.api.settings(services.user.address, settings);
  }),
};
