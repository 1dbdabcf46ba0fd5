/** The engine that knows old blocks, when a body holds an address of ours; most presses of the button meet a fresh invite and need no more than to append. */
export function loadEngine() {
  return import(/* webpackChunkName: "engine" */ './engine.ts');
}
