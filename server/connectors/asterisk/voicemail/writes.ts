import { TheirError } from '../../../domain/errors.ts';
import type { Log } from '../../../ports/log.ts';
import type { Hub } from '../hub.ts';
import { foldersOf, lostBetween, type Step, stepsFrom, unheardFolder } from './changes.ts';
import type { Holders } from './holders.ts';
import { addressOf, checkId, type Lists } from './lists.ts';
import type { SummaryRow } from './rows.ts';

/** The writing half of the port; see there for what each promises. */
export interface Writes {
  /** Ids that we purged from a box since we started, whatever Asterisk still keeps of them in Deleted. */
  purgedFrom(box: string): ReadonlySet<string>;
  setHeard(box: string, id: string, isHeard: boolean): Promise<void>;
  remove(box: string, id: string): Promise<void>;
  restore(box: string, id: string, as: 'heard' | 'unheard'): Promise<void>;
  purge(box: string, id: string): Promise<void>;
  forward(box: string, id: string, target: string): Promise<void>;
}

export interface WritesOptions {
  hub: Hub;
  instance: string;
  log: Log;
  lists: Lists;
  holders: Holders;
  trash: string;
  restoreMs: number;
  /** Something is missing that we did not remove. */
  onLoss(box: string): void;
}

/** Asterisk's word for what it did; the words end in a line feed on the wire. */
function saysFailed(message: string): boolean {
  return message.trim().endsWith(' failed');
}

export function createWrites({ hub, instance, log, lists, holders, trash, restoreMs, onLoss }: WritesOptions): Writes {
  const purged = new Map<string, Set<string>>();

  function purgedFrom(box: string): ReadonlySet<string> {
    return purged.get(box) ?? new Set();
  }

  /** Our own changes of a box, one after the other. */
  const queues = new Map<string, Promise<unknown>>();

  function alone<T>(box: string, run: () => Promise<T>): Promise<T> {
    const turn = (queues.get(box) ?? Promise.resolve()).then(run, run);
    const settled = turn.then(() => undefined, () => undefined);
    queues.set(box, settled);
    void settled.then(() => queues.get(box) === settled && queues.delete(box));
    return turn;
  }

  async function refuseIfTaken(...boxes: string[]): Promise<void> {
    for (const box of boxes) if (await holders.isTaken(box)) throw new TheirError(instance, 'busy', `a phone has the box ${box}`);
  }

  function gone(): TheirError {
    return new TheirError(instance, 'gone', 'this message is not there');
  }

  /** One step, by Asterisk's word. False when it says that it failed. */
  async function act(box: string, id: string, { folder, to }: Step): Promise<boolean> {
    const fields = { ...addressOf(instance, box), Folder: folder, ID: id };
    const more = folder === 'Deleted' ? { deadlineMs: restoreMs } : {};
    const reply = to === null ? await hub.call('VoicemailRemove', fields, more) : await hub.call('VoicemailMove', { ...fields, ToFolder: to }, more);
    if (!reply.isSuccess) throw new TheirError(instance, 'refused', `Asterisk refused the change: ${reply.message}`);
    return !saysFailed(reply.message);
  }

  /** The trash lets its oldest go when it is full, as Asterisk's own does. */
  async function makeRoomInTrash(box: string, rows: readonly SummaryRow[]): Promise<void> {
    const inTrash = rows.filter(({ folder }) => folder === trash);
    const { most } = await lists.box(box);
    const [oldest] = inTrash;
    if (!oldest || most === 0 || inTrash.length < most) return;
    log.info({ box, message: oldest.id }, 'the trash of a voicemail box is full, its oldest message goes');
    await act(box, oldest.id, { folder: trash, to: null });
  }

  /** A box for greetings alone (`maxmsg=0`, app_voicemail.c) has room for nothing. */
  async function tooFull(box: string, folder: string): Promise<boolean> {
    const [{ most }, rows] = [await lists.box(box), await lists.summary(box)];
    return rows.filter((row) => row.folder === folder).length >= most;
  }

  /** Everything that is there, before and after: nothing but what was meant may be missing. */
  function compare(box: string, id: string, before: readonly SummaryRow[], after: readonly SummaryRow[], removed: number): void {
    const lost = lostBetween(before, after);
    const strange = lost.filter((each) => each !== id);
    if (strange.length === 0 && lost.length <= removed) return;
    log.error({ box, meant: id, missing: lost.slice(0, 20) }, 'voicemail messages are missing after a change');
    onLoss(box);
    throw new TheirError(instance, 'unavailable', `after the change ${strange.length || lost.length} message(s) of ${box} are missing`);
  }

  /** Does what `plan` finds to do, while no phone has the box, and looks whether it is so. */
  function change(box: string, id: string, plan: (rows: readonly SummaryRow[]) => Step[]): Promise<void> {
    return alone(box, async () => {
      if (plan(await lists.summary(box)).length === 0) return;
      await refuseIfTaken(box);
      const before = await lists.summary(box);
      const steps = plan(before);
      if (trash !== 'none' && steps.some(({ to }) => to === trash)) await makeRoomInTrash(box, before);
      const start = trash !== 'none' && steps.some(({ to }) => to === trash) ? await lists.summary(box) : before;
      let refused: Step | undefined;
      for (const step of steps) if (!(await act(box, id, step))) refused ??= step;
      const after = await lists.summary(box);
      compare(box, id, start, after, steps.filter(({ to }) => to === null).length);
      const [left] = plan(after);
      if (!left) return;
      if (refused?.to && (await tooFull(box, refused.to))) throw new TheirError(instance, 'full', `the folder ${refused.to} of ${box} has no room`);
      throw new TheirError(instance, 'unavailable', `Asterisk said that it changed the message, and it lies in ${left.folder} as before`, {
        remedy: 'A message without its sound file stops every change behind it: look for msgNNNN.txt files without audio in that folder of the spool.',
      });
    });
  }

  function isUnheard(folder: string): boolean {
    return folder === 'INBOX' || folder === 'Urgent';
  }

  function isLiving(folder: string): boolean {
    return folder !== trash && folder !== 'Deleted';
  }

  async function mustBe(box: string, id: string, where: (folder: string) => boolean): Promise<void> {
    checkId(instance, id);
    if (!foldersOf(await lists.summary(box), id).some(where)) throw gone();
  }

  return {
    purgedFrom,
    async setHeard(box, id, isHeard) {
      await mustBe(box, id, isLiving);
      // What people filed counts as heard and stays there; what was heard lies in Old.
      await change(box, id, (rows) => (isHeard ? stepsFrom(rows, id, isUnheard, 'Old') : stepsFrom(rows, id, (folder) => folder === 'Old', unheardFolder(rows, id))));
    },
    async remove(box, id) {
      checkId(instance, id);
      await change(box, id, (rows) => stepsFrom(rows, id, isLiving, trash === 'none' ? null : trash));
    },
    async restore(box, id, as) {
      checkId(instance, id);
      const folders = foldersOf(await lists.summary(box), id);
      const inTrash = folders.includes(trash);
      // What a phone deleted is in Deleted alone; beside a living copy it is only what Asterisk keeps of each move.
      if (!inTrash && (folders.some(isLiving) || !folders.includes('Deleted') || purgedFrom(box).has(id))) throw gone();
      await change(box, id, (rows) => {
        const to = as === 'heard' ? 'Old' : unheardFolder(rows, id);
        if (inTrash) return stepsFrom(rows, id, (folder) => folder === trash, to);
        return foldersOf(rows, id).some(isLiving) ? [] : stepsFrom(rows, id, (folder) => folder === 'Deleted', to).slice(0, 1);
      });
    },
    async purge(box, id) {
      checkId(instance, id);
      if (trash === 'none') return;
      let isOurs = false;
      await change(box, id, (rows) => {
        const steps = stepsFrom(rows, id, (folder) => folder === trash, null);
        isOurs ||= steps.length > 0;
        return steps;
      });
      if (isOurs) purged.set(box, new Set([...purgedFrom(box), id]));
    },
    async forward(box, id, target) {
      await mustBe(box, id, isLiving);
      const to = addressOf(instance, target);
      await alone(box, () => alone(`to ${target}`, async () => {
        const [before, there] = [await lists.summary(box), await lists.summary(target)];
        await refuseIfTaken(box, target);
        const folder = foldersOf(before, id).find(isLiving);
        if (folder === undefined) throw gone();
        const copies = (rows: readonly SummaryRow[]): number => rows.filter((row) => row.id === id && row.folder === 'INBOX').length;
        await hub.call('VoicemailForward', { ...addressOf(instance, box), Folder: folder, ID: id, ToMailbox: to.Mailbox, ToContext: to.Context, ToFolder: 'INBOX' });
        // "Successful" also when the box is full (tried): only counting tells.
        if (copies(await lists.summary(target)) > copies(there)) return;
        if (await tooFull(target, 'INBOX')) throw new TheirError(instance, 'full', `the box ${target} has no room`);
        throw new TheirError(instance, 'unavailable', 'Asterisk said that it forwarded the message, and it did not come');
      }));
    },
  };
}
