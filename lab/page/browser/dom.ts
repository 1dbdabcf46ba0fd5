/** Small help to build elements. Text is always set as text: whatever comes over the wire is hostile. */

type Child = Node | string | null | false;

/** Makes an element with attributes (`onclick` and friends are listeners) and children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Record<string, string | boolean | EventListener | undefined> = {}, ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false));
  return element;
}

/** Replaces the content only when it differs, so that focus and selection survive a redraw of the same. */
export function show(element: Element, ...children: Child[]): void {
  const next = h('div', {}, ...children);
  if (element.innerHTML !== next.innerHTML) element.replaceChildren(...next.childNodes);
}

/** Flashes a card once: something in it changed. Reduced motion is respected by the style sheet. */
export function flash(card: Element): void {
  card.classList.remove('flash');
  requestAnimationFrame(() => card.classList.add('flash'));
}
