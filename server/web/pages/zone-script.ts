/** Cookie in which the page's script leaves the visitor's zone. Not secret, and readable by the script, so without `__Host-` and HttpOnly. */
export const zoneCookie = 'tieline-zone';

/** The only script of the server-rendered pages: tells the server the browser's zone, once, and looks again when the page was shown in another one. Nothing breaks without it. */
export const zoneScript = `(function () {
  var mark = document.querySelector('[data-zone]');
  if (!mark) return;
  var zone;
  try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone; } catch (e) { return; }
  if (!zone || /[?&]zone=/.test(location.search) || document.cookie.indexOf('${zoneCookie}=') >= 0) return;
  document.cookie = '${zoneCookie}=' + encodeURIComponent(zone) + '; path=/; max-age=31536000; secure; samesite=lax';
  if (document.cookie.indexOf('${zoneCookie}=') >= 0 && mark.getAttribute('data-zone') !== zone) location.reload();
})();
`;

/** A zone that this server can calculate with. */
export function isZone(name: string): boolean {
  if (name === '' || name.length > 64) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
