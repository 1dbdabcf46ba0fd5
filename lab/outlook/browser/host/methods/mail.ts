import { record, texts } from '../params.ts';
import type { Methods } from './method.ts';
import { anywhere, onForm, onItem } from './method.ts';

/** Headers have no upper and lower case. */
function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export const mailMethods: Methods = {
  101: onItem('ReadWriteMailbox', ({ services }) => services.page.tell('The mail was moved to another folder.')),
  151: onItem('ReadItem', ({ item, params }) => {
    const wanted = texts(params, 'internetHeaderKeys');
    return Object.fromEntries(Object.entries(item.fields.headers).filter(([name]) => wanted.some((each) => sameName(each, name))));
  }),
  152: onForm('ReadWriteItem', ({ item, params }) => {
    const added = Object.entries(record(params['internetHeaderNameValuePairs'])).map(([name, value]) => [name, String(value)] as const);
    const kept = Object.entries(item.fields.headers).filter(([name]) => !added.some(([each]) => sameName(each, name)));
    item.change({ headers: Object.fromEntries([...kept, ...added]) }, 'addin');
  }),
  153: onForm('ReadWriteItem', ({ item, params }) => {
    const removed = texts(params, 'internetHeaderKeys');
    item.change({ headers: Object.fromEntries(Object.entries(item.fields.headers).filter(([name]) => !removed.some((each) => sameName(each, name)))) }, 'addin');
  }),
  166: onItem('ReadItem', ({ item }) => item.fields.delayUntil ?? 0),
  167: onForm('ReadWriteItem', ({ item, params }) => item.change({ delayUntil: typeof params['time'] === 'number' ? params['time'] : null }, 'addin')),
  168: onItem('ReadItem', ({ item }) => item.facts.transportHeaders),
  174: onForm('ReadItem', () => ({ composeType: 'newMail', coercionType: 'html' })),
  175: onForm('ReadItem', () => false),
  176: anywhere('ReadWriteItem', () => undefined),
};
