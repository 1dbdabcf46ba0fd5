/** Drawn for the lab, on a grid of 20. Lines take the colour of the text. */
const paths = {
  send: 'M3 3.5 17.5 10 3 16.5 5 10ZM5 10h7.5',
  save: 'M4 4h9l3 3v9H4ZM7 4v4h5V4M7 16v-4.5h6V16',
  cancel: 'M4 5h12v5M4 5v11h6M4 8h12M7 3v3M13 3v3M14.5 18a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM13.2 13.2l2.6 2.6M15.8 13.2l-2.6 2.6',
  discard: 'M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.5 9v4.5M11.5 9v4.5',
  attendees: 'M8 9a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 9ZM3 15.5c0-2.6 2-4 5-4 .8 0 1.5.1 2.1.3M13.5 8.5a2 2 0 1 0 0-4M14.5 18a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM14.5 12.7v3.6M12.7 14.5h3.6',
  accept: 'M4 10.5 8 14.5 16 6',
  tentative: 'M7.5 7.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M10 14.5v.1',
  decline: 'M5 5l10 10M15 5 5 15',
  calendar: 'M4 5h12v11H4ZM4 8.5h12M7 3v3.5M13 3v3.5M7 11.2h.1M10 11.2h.1M13 11.2h.1M7 13.7h.1M10 13.7h.1',
  mail: 'M3 5h14v10H3ZM3 5.5 10 11l7-5.5',
  close: 'M4.5 4.5l11 11M15.5 4.5l-11 11',
  chevron: 'M5 8l5 5 5-5',
  right: 'M8 5l5 5-5 5',
  pin: 'M12.5 3 17 7.5l-3.5 1-3 3 .5 3.5L5.5 9.5 9 10l3-3ZM7.5 12.5 3.5 16.5',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.5V13.5M10 6.8v.1',
  error: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6.5v4.5M10 13.4v.1',
  done: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7 10.2l2.2 2.2L13.2 8',
  repeat: 'M4 9.5A5.5 5.5 0 0 1 10 4.5h4M12 2.5l2.2 2L12 6.6M16 10.5a5.5 5.5 0 0 1-6 5H6M8 17.5l-2.2-2L8 13.4',
  plus: 'M10 4v12M4 10h12',
  reply: 'M8 5 3.5 9.5 8 14M3.5 9.5H11c3.5 0 5.5 2 5.5 5.5',
} as const;

export type IconName = keyof typeof paths;

/** A drawing without a name for screen readers: a word always stands beside it, or on the button around it. */
export function icon(name: IconName, size = 20): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 20 20', width: size, height: size, 'aria-hidden': 'true', class: 'ol-icon' })) svg.setAttribute(key, String(value));
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/** Changes a drawing that `icon` made, without a new element. */
export function redraw(svg: Element | null, name: IconName): void {
  svg?.querySelector('path')?.setAttribute('d', paths[name]);
}
