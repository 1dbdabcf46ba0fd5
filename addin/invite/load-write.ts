/** What changes an invite. Called once ahead of the first press, so that the press does not wait for it. */
export function loadWrite() {
  return import(/* webpackChunkName: "write" */ './write.ts');
}
