import type { Command } from '../world.ts';
import type { Scene } from './context.ts';

/** "Do it for me": the same buttons that a person presses, one after the other. */

export interface Desk {
  outlook: { press(path: string): Promise<void>; send(): Promise<unknown> };
  scene(): Scene;
  send(command: Command): Promise<void>;
}

const half = 30 * 60_000;

export async function performStep(desk: Desk, step: number): Promise<void> {
  const steps = [
    () => desk.outlook.press('Conference > Add conference'),
    async () => void (await desk.outlook.send()),
    () => dial(desk),
    async () => {
      const event = eventOf(desk);
      await desk.send({ do: 'move', id: event.id, start: Math.ceil((event.start + half) / (2 * half)) * 2 * half });
      await until(() => desk.scene().progress.done[3] === true);
      await dial(desk);
    },
    async () => {
      await desk.send({ do: 'delete', id: eventOf(desk).id });
      await until(() => desk.scene().conference?.state === 'cancelled');
      await dial(desk);
    },
  ];
  await steps[step]?.();
}

async function dial(desk: Desk): Promise<void> {
  const code = desk.scene().conference?.accessCode;
  if (code === undefined) throw new Error(desk.scene().words.conferenceNone);
  await desk.send({ do: 'hang-up' });
  await desk.send({ do: 'dial', number: '8000' });
  await until(() => desk.scene().world.phone.state === 'talking');
  await desk.send({ do: 'press', digits: `${code}#` });
}

function eventOf(desk: Desk): { id: string; start: number } {
  const { conference, world } = desk.scene();
  const startsAt = conference?.startsAt ? Date.parse(conference.startsAt) : null;
  const event = world.calendar.events.find((each) => each.start === startsAt) ?? world.calendar.events[0];
  if (!event) throw new Error(desk.scene().words.calendarEmpty);
  return event;
}

/** Looks again on every frame of the page, for 20 s. */
function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  return new Promise((resolve, reject) => {
    function look(): void {
      if (isSo()) resolve();
      else if (performance.now() > end) reject(new Error('That did not happen within 20 s. Look behind the curtain.'));
      else setTimeout(look, 50);
    }
    look();
  });
}

/** Rings the place where a step is done. */
export function pointAt(step: number): void {
  const place = ['#outlook [data-ribbon="Conference"]', '#outlook [data-ribbon="Send"]', '#card-phone', '#card-calendar', '#card-calendar'][step] ?? '';
  const element = document.querySelector(place) ?? document.querySelector('#outlook');
  element?.classList.add('ring');
  element?.scrollIntoView({ block: 'nearest' });
  setTimeout(() => element?.classList.remove('ring'), 2500);
}
