import { z } from 'zod';
import { UserError } from '../../../domain/errors.ts';
import type { PageRequest } from '../../../ports/page.ts';
import { callingBridgeFor, webBridgeFor } from '../bridge/bridge-set.ts';
import type { Conference } from '../conference.ts';
import type { ConferenceDeps } from '../deps.ts';
import { addGuess, countGuesses } from '../admission/guess-rows.ts';
import { askBridge } from '../room/ask.ts';
import { standingFor } from './state.ts';
import { findVisit, proofOf, putVisit } from './visit-rows.ts';

/** What a visitor does on the join page. */

const longestName = 60;
/** Calls that one address may ask for; the bridge's own limits per conference and organisation come on top (room/ask.ts). */
const callLimit = { calls: 3, periodMs: 10 * 60_000 };

/** Pressed the button: waits, or goes in at once. A passcode is looked at when the door is open, so that an early guess counts as any other. */
export async function wantIn(deps: ConferenceDeps, conference: Conference, { browser, form, visitor }: PageRequest): Promise<void> {
  const now = deps.clock.now();
  const known = await findVisit(deps.store.db, conference.tenantId, conference.id, browser, now);
  const typed = (form.get('passcode') ?? '').trim().slice(0, 32);
  const name = nameOf(form.get('name') ?? '') || known?.name || visitor?.name || '';
  await putVisit(deps.store.db, conference.tenantId, conference.id, browser, { name, proof: typed === '' ? (known?.proof ?? null) : proofOf(conference.id, typed), wantsIn: true }, now);
}

/** The bridge's own link for this one person, good for a moment; null when they may not come in (any more). Throws TheirError. */
export async function linkFor(deps: ConferenceDeps, conference: Conference, request: PageRequest): Promise<string | null> {
  const bridge = webBridgeFor(deps, conference.bridgeInstance);
  const { verdict, visit } = await standingFor(deps, conference, request);
  if (!bridge || !verdict.admit) return null;
  const now = deps.clock.now();
  // Whoever comes back to this page later decides anew.
  if (visit) await putVisit(deps.store.db, conference.tenantId, conference.id, request.browser, { ...visit, wantsIn: false }, now);
  return bridge.joinLink({
    room: verdict.room, role: verdict.role, name: visit?.name || request.visitor?.name || '', language: request.language, from: now, until: verdict.until, asksToBeLetIn: verdict.asksToBeLetIn,
  });
}

/** Rings the visitor's phone, and leads them in. Only for those who may come in; the same key rings once. @throws UserError */
export async function callMe(deps: ConferenceDeps, conference: Conference, request: PageRequest): Promise<void> {
  const bridge = callingBridgeFor(deps, conference.bridgeInstance);
  await showPasscode(deps, conference, request);
  const { verdict, visit } = await standingFor(deps, conference, request);
  if (!bridge) throw new UserError(422, { code: 'no-calls', message: 'Nobody is called from here.', remedy: 'Dial one of the numbers.' });
  if (!verdict.admit) throw new UserError(403, { code: 'not-admitted', message: 'Only those who may come in are called.', remedy: 'Enter the passcode first, or sign in.' });
  const id = z.uuid().safeParse(request.form.get('key'));
  if (!id.success) throw new UserError(422, { code: 'invalid-request', message: 'The form is not complete.', remedy: 'Open the page again.' });
  await countCall(deps, conference, request.address);
  const number = (request.form.get('number') ?? '').replaceAll(/[\s()/.-]/g, '').replace(/^00/, '+').slice(0, 20);
  const name = visit?.name || request.visitor?.name || number;
  await askBridge(deps, conference, bridge, {
    id: id.data, instance: bridge.instance, what: 'call', askedBy: null,
    call: { number, name, role: verdict.role, language: request.language, waitsForHost: verdict.waitsForHost, asksToBeLetIn: verdict.asksToBeLetIn },
  });
}

/** A passcode that was typed beside the number counts like one that was typed at the door. */
async function showPasscode(deps: ConferenceDeps, conference: Conference, { browser, form }: PageRequest): Promise<void> {
  const typed = (form.get('passcode') ?? '').trim().slice(0, 32);
  if (typed === '') return;
  const now = deps.clock.now();
  const known = await findVisit(deps.store.db, conference.tenantId, conference.id, browser, now);
  await putVisit(deps.store.db, conference.tenantId, conference.id, browser, { name: known?.name ?? '', proof: proofOf(conference.id, typed), wantsIn: false }, now);
}

async function countCall(deps: ConferenceDeps, { tenantId, id }: Conference, address: string): Promise<void> {
  const now = deps.clock.now();
  const keys = { caller: `call:${address}`, code: `call-of:${id}`, overall: 'call:overall' };
  const { caller } = await countGuesses(deps.store.db, tenantId, keys, now - callLimit.periodMs);
  if (caller >= callLimit.calls) throw new UserError(429, { code: 'too-many-calls', message: 'Too many calls were asked for from here.', remedy: 'Wait ten minutes, or dial in.' });
  await deps.store.transaction((tx) => addGuess(tx, tenantId, keys, now, now - callLimit.periodMs));
}

function nameOf(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(0, longestName);
}
