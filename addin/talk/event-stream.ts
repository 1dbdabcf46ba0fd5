import type { LiveState } from '../../contract/live.ts';

function isLiveState(value: unknown): value is LiveState {
  return typeof value === 'object' && value !== null && 'topic' in value && 'state' in value;
}

/** The states in one piece of an event stream; what is no JSON of ours is left out. */
export function statesOf(event: string): LiveState[] {
  const data = event
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trim());
  if (data.length === 0) return [];
  try {
    const value: unknown = JSON.parse(data.join('\n'));
    return isLiveState(value) ? [value] : [];
  } catch {
    return [];
  }
}

/** Reads an event stream to its end: `heard` at every sound, `found` for every state. */
export async function readStream(response: Response, heard: () => void, found: (state: LiveState) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    const pieces = (rest + value).split(/\r?\n\r?\n/);
    rest = pieces.pop() ?? '';
    for (const state of pieces.flatMap(statesOf)) found(state);
  }
}
