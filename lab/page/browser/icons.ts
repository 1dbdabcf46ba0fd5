/** Icons of the lab page, drawn for it: 20×20, stroke in the text colour. */
const paths: Record<string, string> = {
  tieline: '<path d="M4 12a6 6 0 0 1 12 0v2.5a1.5 1.5 0 0 1-3 0V13a1.5 1.5 0 0 1 3 0M4 12v2.5a1.5 1.5 0 0 0 3 0V13a1.5 1.5 0 0 0-3 0"/>',
  lock: '<rect x="5" y="9" width="10" height="7" rx="1.5"/><path d="M7 9V7a3 3 0 0 1 6 0v2"/>',
  clock: '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.5l3 1.5"/>',
  pause: '<path d="M7 5v10M13 5v10"/>',
  play: '<path d="M7 5l8 5-8 5z"/>',
  again: '<path d="M15.5 7A6.5 6.5 0 1 0 16.5 11M16 3v4h-4"/>',
  moon: '<path d="M15 12.5A6 6 0 0 1 7.5 5 6 6 0 1 0 15 12.5z"/>',
  calendar: '<rect x="3.5" y="4.5" width="13" height="12" rx="2"/><path d="M3.5 8h13M7 3v3M13 3v3"/>',
  link: '<path d="M8.5 11.5l3-3M7 9l-2 2a2.8 2.8 0 0 0 4 4l2-2M13 11l2-2a2.8 2.8 0 0 0-4-4L9 7"/>',
  bridge: '<rect x="5" y="3" width="10" height="14" rx="2"/><path d="M8 6h4M10 14h.01"/>',
  phone: '<path d="M4 8c4-4 8-4 12 0v2l-3 .5-.5-2.5h-5L7 10.5 4 10zM6 16h8l-1-4H7z"/>',
  eye: '<path d="M2.5 10c3-5 12-5 15 0-3 5-12 5-15 0z"/><circle cx="10" cy="10" r="2.2"/>',
  tick: '<path d="M5 10.5l3.2 3.2L15 7"/>',
  warn: '<path d="M10 3.5L17.5 16h-15zM10 8v4M10 14h.01"/>',
};

export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.innerHTML = paths[name] ?? '';
  return svg;
}
