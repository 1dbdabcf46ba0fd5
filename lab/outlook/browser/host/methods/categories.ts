import { HostError, errorCode } from '../errors.ts';
import { records, text, texts } from '../params.ts';
import type { Category } from '../services.ts';
import type { Methods } from './method.ts';
import { anywhere, onItem } from './method.ts';

/** What a new mailbox has. */
export const firstCategories: Category[] = [
  { displayName: 'Red category', color: 'Preset0' },
  { displayName: 'Orange category', color: 'Preset1' },
  { displayName: 'Yellow category', color: 'Preset3' },
  { displayName: 'Green category', color: 'Preset4' },
  { displayName: 'Blue category', color: 'Preset7' },
  { displayName: 'Purple category', color: 'Preset8' },
];

export const categoryMethods: Methods = {
  157: onItem('ReadItem', ({ item, services }) => {
    const { categories } = item.fields;
    if (categories.length === 0) return null;
    return categories.map((name) => services.masterCategories.find(({ displayName }) => displayName === name) ?? { displayName: name, color: 'None' });
  }),
  158: onItem('ReadWriteItem', ({ item, params, services }) => {
    const added = texts(params, 'categories');
    if (!added.every((name) => services.masterCategories.some(({ displayName }) => displayName === name))) throw new HostError(errorCode.invalidCategory);
    item.change({ categories: [...new Set([...item.fields.categories, ...added])] }, 'addin');
  }),
  159: onItem('ReadWriteItem', ({ item, params }) => {
    const removed = texts(params, 'categories');
    item.change({ categories: item.fields.categories.filter((name) => !removed.includes(name)) }, 'addin');
  }),
  160: anywhere('ReadWriteMailbox', ({ services }) => services.masterCategories),
  161: anywhere('ReadWriteMailbox', ({ params, services }) => {
    const added = records(params, 'categoryDetails').map((each) => ({ displayName: text(each, 'displayName'), color: text(each, 'color') }));
    const known = (name: string): boolean => services.masterCategories.some(({ displayName }) => displayName === name);
    if (added.some(({ displayName }) => known(displayName))) throw new HostError(errorCode.duplicateCategory);
    services.masterCategories = [...services.masterCategories, ...added];
  }),
  162: anywhere('ReadWriteMailbox', ({ params, services }) => {
    const removed = texts(params, 'categories');
    services.masterCategories = services.masterCategories.filter(({ displayName }) => !removed.includes(displayName));
  }),
};
