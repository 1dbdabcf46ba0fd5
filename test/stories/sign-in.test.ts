import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { reasonOf } from '../../addin/talk/rungs.ts';
import type { SignInReason } from '../../addin/talk/sign-in.ts';
import { anna, openStage, type Desk, type Stage } from '../support/tieline.ts';

/**
 * The ladder of sign-in with the library that ships (`@azure/msal-browser`, the very msal.js), in the pane under office.js: nested app authentication over the bridge of the lab's Outlook, and the
 * window that goes to the lab's Entra. Only the server says whether a token is good.
 */
describe('story: sign-in with the real library, and refused at each rung', function () {
  this.timeout(90_000);
  let stage: Stage;
  let desk: Desk;
  let pane: Frame;

  async function openPane(): Promise<Frame> {
    await desk.outlook((outlook) => outlook.press('Tieline'));
    const frame = await (await desk.page.waitForSelector('.ol-pane iframe')).contentFrame();
    assert.ok(frame);
    return frame;
  }

  /** The pane shows what only the server can have told. */
  async function isKnown(frame: Frame): Promise<void> {
    await frame.locator('.me', { hasText: 'Available' }).waitFor();
  }

  /** A press that opens the sign-in window, at Entra's page. */
  async function windowOf(press: () => Promise<void>): Promise<Page> {
    const opening = desk.page.context().waitForEvent('page');
    await press();
    const window = await opening;
    await window.getByText('Pick an account').waitFor();
    return window;
  }

  before(async () => {
    stage = await openStage();
  });
  after(async () => stage?.stop());

  describe('an Outlook with nested app authentication', () => {
    before(async () => {
      desk = await stage.open();
      await desk.outlook((outlook) => void Object.assign(outlook.sets, { NestedAppAuth: '1.1' }));
      pane = await openPane();
    });
    after(async () => desk.close());

    it('the library gets a token for our scope without a window, and the server takes it; nothing else is asked', async () => {
      await isKnown(pane);
      const { asked, singleSignOns } = await desk.outlook((outlook) => ({ asked: outlook.nestedAppAuth.asked, singleSignOns: outlook.trace.filter(({ dispid }) => dispid === 98).length }));
      const { clientId } = stage.tieline.lab.secrets;
      assert.deepEqual(asked.map(({ method, scope, isFresh }) => [method, scope, isFresh]), [['GetInitContext', '', false], ['GetToken', `api://${new URL(stage.tieline.origin).host}/${clientId}/access_as_user`, false]]);
      assert.equal(singleSignOns, 0);
      assert.equal(desk.page.context().pages().length, 1);
    });

    it('a token that the server refuses is had anew from Outlook and not from the library’s memory', async () => {
      const fresh = await pane.evaluate(async (path) => {
        const { entra } = (await (await fetch(path)).json()) as { entra: Parameters<NonNullable<typeof window.tielineMsal>['nested']>[0] };
        const nested = await window.tielineMsal?.nested(entra);
        return [await nested?.silent(false), await nested?.silent(true)].map((token) => typeof token);
      }, '/api/v1/sign-in');
      assert.deepEqual(fresh, ['string', 'string']);
      assert.equal(await desk.outlook((outlook) => outlook.nestedAppAuth.asked.at(-1)?.isFresh), true);
    });

    const refusals: readonly [status: string, entra: { code?: string; description?: string }, reason: SignInReason][] = [
      ['USER_INTERACTION_REQUIRED', {}, 'signed-out'],
      ['USER_CANCEL', {}, 'signed-out'],
      ['NO_NETWORK', {}, 'unreachable'],
      ['TRANSIENT_ERROR', {}, 'signed-out'],
      ['PERSISTENT_ERROR', { code: 'invalid_grant', description: 'AADSTS65001: The user or administrator has not consented' }, 'not-allowed'],
      ['PERSISTENT_ERROR', { code: 'untrusted_origin', description: 'The origin is not valid for Nested App Auth.' }, 'signed-out'],
      ['DISABLED', {}, 'signed-out'],
      ['ACCOUNT_UNAVAILABLE', {}, 'signed-out'],
      ['NESTED_APP_AUTH_UNAVAILABLE', {}, 'signed-out'],
    ];
    for (const [status, entra, reason] of refusals) {
      it(`refused with ${status}${entra.code === undefined ? '' : ` (${entra.code})`}: what the library throws is understood as "${reason}"`, async () => {
        await desk.outlook((outlook, error) => outlook.nestedAppAuth.refuse('GetTokenPopup', error), { status, ...entra });
        const thrown = await pane.evaluate(async () => {
          const nested = await window.tielineMsal?.nested({ clientId: 'client', authority: 'https://login.microsoftonline.com/organizations', scope: 'api://tieline/access_as_user' });
          return nested?.popup().then(
            () => undefined,
            (fault: Error & { errorCode?: string }) => ({ message: fault.message, errorCode: fault.errorCode }),
          );
        });
        assert.ok(thrown, 'the library took a refusal for a token');
        assert.equal(reasonOf(Object.assign(new Error(thrown.message), { errorCode: thrown.errorCode })), reason, JSON.stringify(thrown));
      });
    }

    it('an Outlook that claims it and has no bridge is passed, and no window opens behind the person’s back', async () => {
      const message = await pane.evaluate(async () => {
        Reflect.deleteProperty(window, 'nestedAppAuthBridge');
        return window.tielineMsal?.nested({ clientId: 'client', authority: 'https://login.microsoftonline.com/organizations', scope: 'scope' }).then(() => 'made', (fault: Error) => fault.message);
      });
      assert.match(String(message), /no nested app authentication/);
      assert.equal(desk.page.context().pages().length, 1);
    });
  });

  describe('every rung refuses, down to the window', () => {
    before(async () => {
      desk = await stage.open();
      await desk.outlook((outlook) => {
        Object.assign(outlook.sets, { NestedAppAuth: '1.1' });
        outlook.nestedAppAuth.refuse('GetToken', { status: 'USER_INTERACTION_REQUIRED' });
        outlook.nestedAppAuth.refuse('GetTokenPopup', { status: 'USER_CANCEL' });
        // 13001: nobody is signed in to Office.
        outlook.failAlways(98, 13_001);
      });
      // The frame tries again by itself from time to time; here only its hearing of the sign-in can do it.
      await desk.page.addInitScript(() => {
        const { setInterval: real } = window;
        Object.assign(window, { setInterval: (run: () => void, ms: number) => (ms >= 20_000 ? 0 : real(run, ms)) });
      });
      pane = await openPane();
      await pane.getByRole('button', { name: 'Add conference' }).click();
    });
    after(async () => desk.close());

    const signIn = () => pane.getByRole('button', { name: 'Sign in' }).click();

    it('unasked, no window opens: the pane shows the button', async () => {
      await pane.getByRole('button', { name: 'Sign in' }).waitFor();
      assert.equal(desk.page.context().pages().length, 1);
    });

    it('pressed, Outlook’s own ways are tried first; who closes our window as well reads what to do', async () => {
      const window = await windowOf(signIn);
      const isAsked = await desk.outlook((outlook) => outlook.nestedAppAuth.asked.some(({ method }) => method === 'GetTokenPopup'));
      await window.close();
      assert.ok(isAsked);
      await pane.locator('.message', { hasText: 'Signing in did not work.' }).waitFor();
    });

    it('where an administrator has to consent, that is what stands there', async () => {
      await desk.outlook((outlook) => outlook.nestedAppAuth.refuse('GetTokenPopup', { status: 'PERSISTENT_ERROR', code: 'invalid_grant', description: 'AADSTS65001: not consented' }));
      const window = await windowOf(signIn);
      await window.close();
      await pane.locator('.message', { hasText: /not allowed|administrator/ }).waitFor();
    });

    it('signed in at Entra’s page, the window closes, the server knows the person, and the head of the pane says at once how they are', async () => {
      assert.equal(await pane.locator('.me', { hasText: 'Available' }).count(), 0);
      const window = await windowOf(signIn);
      const closed = window.waitForEvent('close');
      await window.getByRole('button', { name: anna }).click();
      await closed;
      // What is usually added is this person's own, and the server's word.
      await pane.getByText('Usually added for you').waitFor();
      await isKnown(pane);
      assert.equal(stage.tieline.lab.entra.tokenRequests.get('authorization_code'), 1, 'one code, redeemed once, by the page itself');
    });
  });
});
