import { icon } from './icons.ts';
import { flash, h, show } from './dom.ts';
import type { LabWords } from './words.ts';
import { timeOfDay, type Actions, type Part, type Scene } from './context.ts';

/** A card behind the curtain: head with icon, title and what it is; a body; it flashes once when what it shows has changed. */
export function createCard(name: string, iconName: string, head: (words: LabWords, scene: Scene) => [string, string], body: HTMLElement, keyOf: (scene: Scene) => unknown): Part & { changed(scene: Scene): boolean } {
  const title = h('h3');
  const about = h('span', { class: 'about' });
  const element = h('article', { class: `card ${name}`, id: `card-${name}`, tabindex: '-1' }, h('header', {}, icon(iconName), title, about), body);
  let key: string | null = null;

  function draw(scene: Scene): void {
    const [text, what] = head(scene.words, scene);
    title.textContent = text;
    about.textContent = what;
  }

  /** True when the card's content has to be drawn anew. */
  function changed(scene: Scene): boolean {
    const next = JSON.stringify([keyOf(scene), scene.words.title]);
    if (next === key) return false;
    if (key !== null) flash(element);
    key = next;
    return true;
  }

  return { element, draw, changed };
}

/** The conference as Tieline knows it: where it stands, every step with its time, and why. */
export function createConferenceCard(): Part {
  const path = h('p', { class: 'path' });
  const lines = h('div', { class: 'lines', tabindex: '0' });
  const why = h('p', { class: 'why' });
  const card = createCard('conference', 'link', (words) => [words.conference, words.conferenceText], h('div', {}, path, lines, why), ({ conference }) => conference);

  function draw(scene: Scene): void {
    card.draw(scene);
    if (!card.changed(scene)) return;
    const { conference, words, language, world } = scene;
    if (!conference) {
      show(path);
      show(lines, words.conferenceNone);
      show(why);
      return;
    }
    const others = ['held', 'scheduled', 'live', 'ended'];
    const states = others.includes(conference.state) ? others : ['held', 'scheduled', conference.state];
    show(path, ...states.flatMap((state, index) => [
      index > 0 ? h('i', {}, '›') : '',
      h('span', { class: state === conference.state ? 'state here' : 'state' }, words.states[state] ?? state),
    ]));
    show(lines, ...conference.history.map((line) => h('code', {}, `${timeOfDay(Date.parse(line.at), language, world.calendar.timeZone)} ${words.states[line.to] ?? line.to}`, h('em', {}, ` ${words.whys[line.why] ?? line.why}`))));
    lines.scrollTop = lines.scrollHeight;
    show(why, h('b', {}, `${words.why} `), words.whys[conference.why] ?? conference.why);
  }

  return { element: card.element, draw };
}

/** The bridge: is the code valid, who is in, and what was said over the wire. */
export function createBridgeCard(): Part {
  const top = h('p', { class: 'path' });
  const lines = h('div', { class: 'lines', tabindex: '0' });
  const toggle = h('button', { onclick: () => { card.element.classList.toggle('whole'); } });
  const card = createCard('bridge', 'bridge', (words) => [words.bridge, words.bridgeText], h('div', {}, top, lines, h('div', { class: 'buttons' }, toggle)),
    ({ world, conference }) => [world.bridge, conference?.accessCode, conference?.state, conference?.bridge.state]);

  function draw(scene: Scene): void {
    card.draw(scene);
    const { conference, words, world, language } = scene;
    toggle.textContent = card.element.classList.contains('whole') ? words.closeLog : words.wholeLog;
    if (!card.changed(scene)) return;
    const isLiving = conference?.state === 'scheduled' || conference?.state === 'live';
    const valid = isLiving ? (conference?.bridge.state === 'agreed' ? words.codeValid : words.codePending) : words.codeNone;
    const members = world.bridge.rooms.reduce((sum, room) => sum + room.members, 0);
    show(top,
      ...(conference ? [h('b', {}, grouped(conference.accessCode)), h('span', { class: `state ${valid === words.codeValid ? 'here' : ''}` }, valid)] : []),
      h('span', { class: 'right' }, members === 0 ? words.nobody : words.inIt(members)));
    show(lines, ...world.bridge.lines.map((line) => h('code', { class: line.direction === '<' ? 'in' : 'out' }, `${timeOfDay(line.at, language, world.calendar.timeZone)} ${line.direction} ${line.text}`)));
    lines.scrollTop = lines.scrollHeight;
  }

  return { element: card.element, draw };
}

/** The desk phone: display and keys. */
export function createPhoneCard(actions: Actions, extension: string): Part {
  const display = h('output', { class: 'display', 'aria-live': 'polite' });
  const keys = h('div', { class: 'keys' }, ...'123456789*0#'.split('').map((key) => h('button', { 'aria-label': key, onclick: () => void actions.send({ do: 'press', digits: key }) }, key)));
  const paste = h('button', {});
  const hangUp = h('button', { class: 'danger', onclick: () => void actions.send({ do: 'hang-up' }) });
  const answer = h('button', { onclick: () => void actions.send({ do: 'answer' }) });
  const message = h('button', { onclick: () => void actions.send({ do: 'leave-message' }) });
  const call = h('button', { class: 'call', onclick: () => void actions.send({ do: 'dial', number: '8000' }) }, icon('phone'));
  const body = h('div', { class: 'desk' }, h('div', {}, display, h('div', { class: 'buttons' }, paste, answer, hangUp), h('div', { class: 'buttons' }, message)), h('div', {}, keys, call));
  const card = createCard('phone', 'phone', (words) => [words.phone(extension), ''], body, ({ world }) => world.phone);
  let code = '';
  paste.addEventListener('click', () => void actions.send({ do: 'press', digits: `${code}#` }));

  function draw(scene: Scene): void {
    card.draw(scene);
    const { words, world, conference } = scene;
    code = conference?.accessCode ?? '';
    paste.textContent = words.paste;
    paste.disabled = code === '' || world.phone.state !== 'talking';
    hangUp.textContent = words.hangUp;
    answer.textContent = words.answer;
    answer.disabled = world.phone.state !== 'ringing';
    message.textContent = words.leaveMessage;
    call.setAttribute('aria-label', words.call);
    if (!card.changed(scene)) return;
    const idle = { idle: words.phoneIdle, talking: '', ringing: '', unplugged: words.phoneUnplugged, busy: words.phoneBusy }[world.phone.state];
    const light = world.phone.isLit ? [h('span', { class: 'lit' }, words.messageLight)] : [];
    show(display, ...(world.phone.display.length > 0 ? world.phone.display : [idle]).map((line) => h('span', {}, line)), ...light);
    display.scrollTop = display.scrollHeight;
  }

  return { element: card.element, draw };
}

/** Codes are read in threes. */
export function grouped(code: string): string {
  return code.replaceAll(/(\d{3})(?=\d)/g, '$1\u00a0');
}
