import { mountOutlook } from '../../outlook/browser/page/mount.ts';
import { createBar } from './bar.ts';
import { createCalendarCard } from './calendar-card.ts';
import { createBridgeCard, createConferenceCard, createPhoneCard } from './cards.ts';
import type { Actions, Scene } from './context.ts';
import { h } from './dom.ts';
import { hearWorld, labTime, sendCommand, watchConference } from './lab-client.ts';
import { performStep, pointAt, type Desk } from './perform.ts';
import { createRail } from './rail.ts';
import { nextProgress, startOfProgress, type Progress } from './steps.ts';
import { sampleMeeting } from './sample-meeting.ts';
import { languages, type Language } from './words.ts';

/** The lab page: the bar, the minute and the faults, Outlook, and what the other systems hold. */

const query = new URLSearchParams(location.search);
const language: Language = query.get('language') === 'de' ? 'de' : 'en';
const words = languages[language];
const deskPhone = '201';
const progressKey = 'tieline-lab-progress';

document.documentElement.lang = language;
document.documentElement.dataset.theme = query.get('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.title = words.title;

const outlookHost = h('div', { id: 'outlook' });
const outlook = await mountOutlook(outlookHost, {
  open: sampleMeeting(await labTime()),
  theme: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light', 
  language: language === 'de' ? 'de-DE' : 'en-US',
});

const scene: Scene = {
  world: { clock: { now: 0, isPaused: true }, calendar: { timeZone: 'UTC', events: [], mails: 0, note: 'watched' }, bridge: { isConnected: false, rooms: [], lines: [] }, phone: { extension: deskPhone, display: [], state: 'idle', isLit: false }, mailChange: 0, faults: [], server: { isUp: true, restarts: 0 } },
  conference: null,
  progress: readProgress(),
  words,
  language,
};

const desk: Desk = {
  outlook,
  scene: () => scene,
  send: (command) => sendCommand(command),
};

const actions: Actions = {
  async send(command) {
    await trying(async () => {
      await sendCommand(command);
      if (command.do === 'start-over') startOver();
    });
  },
  perform: (step) => trying(() => performStep(desk, step)),
  point: (step) => pointAt(step),
};

const parts = [
  createBar(actions, { theme: () => reload({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' }), language: () => reload({ language: language === 'en' ? 'de' : 'en' }) }),
  createRail(actions),
  createCalendarCard(actions),
  createConferenceCard(),
  createBridgeCard(),
  createPhoneCard(actions, deskPhone),
];
const [bar, rail, ...cards] = parts.map((part) => part.element);
document.body.append(
  bar as HTMLElement, rail as HTMLElement,
  h('main', {}, outlookHost, h('h2', { class: 'curtain-title' }, `${words.curtain} `, h('span', {}, `· ${words.curtainText}`)), h('div', { class: 'curtain' }, ...cards)),
);

// The pane stands open, as whoever uses it daily has it; without the add-in there is none to open.
void outlook.press('Tieline').catch(() => undefined);

const conferences = watchConference((conference) => draw({ conference }));
let calendarShown = '';
let mailShown = -1;
hearWorld((world) => {
  draw({ world });
  // What was changed in the calendar is seen in the open form, as in Outlook.
  const calendar = JSON.stringify(world.calendar.events);
  if (calendar !== calendarShown) void outlook.refresh().catch(() => undefined);
  calendarShown = calendar;
  if (world.mailChange !== mailShown) void outlook.checkMail();
  mailShown = world.mailChange;
});
outlook.onBody((body) => {
  const id = /\/j\/([a-z2-7]{26})/.exec(body)?.[1] ?? null;
  if (id !== null) conferences.prefer(id);
  draw({}, id !== null);
});
for (const fault of query.getAll('fault')) void actions.send({ do: 'fault', name: fault, on: true });

function draw(news: Partial<Scene>, hasBlock = false): void {
  Object.assign(scene, news);
  scene.progress = nextProgress(scene.progress, { world: scene.world, conference: scene.conference, hasBlock });
  sessionStorage.setItem(progressKey, JSON.stringify(scene.progress));
  for (const part of parts) part.draw(scene);
}

function readProgress(): Progress {
  const kept = sessionStorage.getItem(progressKey);
  return kept ? (JSON.parse(kept) as Progress) : startOfProgress;
}

function startOver(): void {
  sessionStorage.removeItem(progressKey);
  location.reload();
}

function reload(change: Record<string, string>): void {
  for (const [name, value] of Object.entries(change)) query.set(name, value);
  location.search = query.toString();
}

async function trying(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const trouble = h('p', { class: 'trouble', role: 'alert' }, error instanceof Error ? error.message : String(error));
    document.body.append(trouble);
    setTimeout(() => trouble.remove(), 6000);
  }
}
