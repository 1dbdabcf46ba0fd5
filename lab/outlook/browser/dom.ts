type Child = Node | string | null | false;
/** A listener for whichever event its property names. */
type Listener = { bivarianceHack(event: Event): void }['bivarianceHack'];
type Props = Record<string, string | number | boolean | null | undefined | Listener>;

/**
 * Makes an element. Properties that begin with `on` are listeners, true is an empty attribute, false, null and undefined are none, the rest are attributes.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2).toLowerCase(), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false));
  return element;
}

let ids = 0;

/** An id that no other element of the page has. */
export function freshId(prefix: string): string {
  return `ol-${prefix}-${ids++}`;
}

/** True when the focus goes to (or comes from) something inside `element`. */
export function isWithin(element: Element, target: EventTarget | null): boolean {
  return target instanceof Node && element.contains(target);
}
