import { ManifestError, attribute, child, children } from './xml.ts';

/** The value of an element with `DefaultValue` and overrides for languages: `locale` wins, then its language without region. */
export function localised(element: Element, locale: string): string {
  const wanted = locale.toLowerCase();
  const overrides = children(element, 'Override').map((each) => ({ locale: attribute(each, 'Locale').toLowerCase(), value: attribute(each, 'Value') }));
  const exact = overrides.find((each) => each.locale === wanted);
  const related = overrides.find((each) => each.locale.split('-')[0] === wanted.split('-')[0]);
  return (exact ?? related)?.value ?? attribute(element, 'DefaultValue');
}

/** Texts and addresses by `resid`. */
export interface Resources {
  /** Throws ManifestError when no resource has the id that `element` names. */
  of: (element: Element) => string;
  readonly images: Record<string, string>;
}

export function readResources(overrides: Element, locale: string): Resources {
  const root = child(overrides, 'Resources');
  const values = new Map<string, string>();
  const images: Record<string, string> = {};
  for (const kind of root?.children ?? []) {
    for (const resource of kind.children) {
      const id = attribute(resource, 'id');
      values.set(id, localised(resource, locale));
      if (kind.localName === 'Images') images[id] = localised(resource, locale);
    }
  }
  return {
    images,
    of(element) {
      const id = attribute(element, 'resid');
      const value = values.get(id);
      if (value === undefined) throw new ManifestError(`<${element.localName} resid="${id}"> names no resource.`);
      return value;
    },
  };
}
