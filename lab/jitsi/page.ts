/** The page of a room. The real one is a program of its own; this one shows who is in, knocks, and lets a moderator let people in. No state but the room's. */
export const roomPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Jitsi Meet (stand-in)</title>
<style>
  :root { color-scheme: dark; }
  body { margin: 0; background: #17181c; color: #f2f3f5; font: 16px/1.5 "Segoe UI", system-ui, sans-serif; min-height: 100vh; display: grid; grid-template-rows: auto 1fr auto; }
  header, footer { padding: 12px 20px; background: #24262c; display: flex; gap: 16px; align-items: center; justify-content: space-between; }
  h1 { font-size: 1rem; margin: 0; font-weight: 600; }
  small { color: #b9bcc4; }
  ul { list-style: none; margin: 0; padding: 20px; display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); align-content: start; }
  li { background: #2f323a; border-radius: 10px; min-height: 120px; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 6px; padding: 8px; overflow-wrap: anywhere; text-align: center; }
  li.waits { border: 1px dashed #8e929c; background: none; }
  button { font: inherit; padding: 6px 14px; border-radius: 6px; border: 0; background: #d13438; color: #fff; cursor: pointer; }
  li button { background: #2f6fe4; }
  p { margin: 24px 20px; }
</style></head>
<body><header><h1 id="title">Jitsi Meet</h1><small>A stand-in of the lab: no camera, no sound.</small></header>
<main><p id="status" role="status">Joining…</p><ul id="people"></ul></main>
<footer><small id="role"></small><button id="leave" type="button" hidden>Leave</button></footer>
<script>
  const hash = new URLSearchParams(location.hash.slice(1));
  const fromHash = hash.get('jwt');
  const token = fromHash ? JSON.parse(fromHash) : new URLSearchParams(location.search).get('jwt') || '';
  // What opens doors does not stay in the address bar.
  history.replaceState(null, '', location.pathname);
  const room = location.pathname.split('/').pop().toLowerCase();
  const status = document.getElementById('status'), people = document.getElementById('people'), leave = document.getElementById('leave');
  let me = null;
  const call = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then((answer) => answer.json());
  function show(state) {
    document.getElementById('title').textContent = state.where === 'out' ? 'Jitsi Meet' : room;
    status.textContent = { in: state.occupants.length === 1 ? 'You are the only one here.' : state.occupants.length + ' people are here.', lobby: 'Asking to be let in. A moderator decides.', out: state.message || 'The meeting has ended.' }[state.where];
    document.getElementById('role').textContent = state.isModerator ? 'You moderate.' : '';
    leave.hidden = state.where === 'out';
    people.replaceChildren(...state.occupants.map((each) => item(each.name + (each.isModerator ? ' (moderator)' : ''))), ...state.lobby.map((each) => item(each.name + ' wants to come in', each.endpoint)));
  }
  function item(text, waits) {
    const row = document.createElement('li');
    row.append(text || 'Fellow Jitster');
    if (waits) {
      row.className = 'waits';
      const admit = document.createElement('button');
      admit.type = 'button'; admit.textContent = 'Admit';
      admit.onclick = () => call('lab/admit', { room, by: me, endpoint: waits }).then(look);
      row.append(admit);
    }
    return row;
  }
  async function look() {
    const state = await fetch('lab/room?' + new URLSearchParams({ room, endpoint: me })).then((answer) => answer.json());
    show(state);
    if (state.where !== 'out') setTimeout(look, 500);
  }
  leave.onclick = () => call('lab/leave', { room, endpoint: me });
  addEventListener('pagehide', () => me && navigator.sendBeacon('lab/leave', JSON.stringify({ room, endpoint: me })));
  call('lab/join', { room, token }).then((answer) => {
    if (!answer.endpoint) return show({ where: 'out', message: answer.message, occupants: [], lobby: [] });
    me = answer.endpoint;
    look();
  });
</script></body></html>
`;
