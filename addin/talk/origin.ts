/** What stands in the pages' `<meta name="tieline-api">` until a deployment fills it in. */
const UNFILLED = /^@.*@$/;

/** Origin of our server: the page says it when its files are served from another host, else it is the page's own. */
export function serverOrigin(): string {
  const said = document.querySelector<HTMLMetaElement>('meta[name="tieline-api"]')?.content ?? '';
  if (said === '' || UNFILLED.test(said)) return location.origin;
  return said.replace(/\/$/, '');
}
