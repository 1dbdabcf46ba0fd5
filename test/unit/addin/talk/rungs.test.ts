import assert from 'node:assert/strict';
import { dialogRung } from '../../../../addin/talk/dialog-rung.ts';
import { quietRungs } from '../../../../addin/talk/rungs.ts';
import { SignInFault, createSignIn, type SignIn } from '../../../../addin/talk/sign-in.ts';

type Give = () => Promise<string>;
type Rungs = Record<'nested' | 'nestedWindow' | 'office' | 'officeWindow' | 'exchange' | 'dialog', Give>;

const entra = { clientId: 'client', authority: 'https://login.microsoftonline.com/t', scope: 'api://tieline.test/client/access_as_user' };

/** The rungs as the pane has them, over an Outlook in which each does what the test says. What was tried stands in `tried`. */
describe('sign-in ladder: the rungs of the pane', () => {
  let gives: Rungs;
  let tried: string[];
  let has: { nested: boolean; office: boolean; account: string; entra: boolean };
  const kept = new Map<string, PropertyDescriptor | undefined>();

  const refusing = (message: string, code?: number): Give => () => Promise.reject(Object.assign(new Error(message), code === undefined ? {} : { code }));
  const giving = (token: string): Give => () => Promise.resolve(token);
  const attempt = (name: keyof Rungs): Promise<string> => {
    tried.push(name);
    return gives[name]();
  };

  /** As Outlook answers: in a later turn, by a callback. */
  function answer(name: keyof Rungs, done: (result: object) => void): void {
    attempt(name).then((value) => done({ status: 'succeeded', value }), (error: Error) => done({ status: 'failed', error: { code: 9018, name: 'Failed', message: error.message } }));
  }

  const dialogWindow = () => {
    const handlers = new Map<string, (event: object) => void>();
    /** A person takes longer than the page that listens. */
    const addEventHandler = (type: string, handler: (event: object) => void): void => {
      handlers.set(type, handler);
      if (handlers.size < 2) return;
      attempt('dialog').then((token) => handlers.get('message')?.({ message: JSON.stringify({ token }) }), () => handlers.get('event')?.({ error: 12006 }));
    };
    return { close: () => undefined, addEventHandler };
  };

  const office = {
    AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
    EventType: { DialogMessageReceived: 'message', DialogEventReceived: 'event' },
    context: {
      requirements: { isSetSupported: (set: string) => (set === 'NestedAppAuth' ? has.nested : set === 'IdentityAPI' && has.office) },
      mailbox: { get userProfile() { return { accountType: has.account }; }, getUserIdentityTokenAsync: (done: (result: object) => void) => answer('exchange', done) },
      ui: { displayDialogAsync: (_url: string, _options: object, done: (result: object) => void) => setImmediate(() => done({ status: 'succeeded', value: dialogWindow() })) },
    },
  };
  const runtime = { auth: { getAccessToken: ({ allowSignInPrompt }: { allowSignInPrompt: boolean }) => attempt(allowSignInPrompt ? 'officeWindow' : 'office') } };
  const msal = { nested: async () => ({ silent: () => attempt('nested'), popup: () => attempt('nestedWindow') }) };

  before(() => {
    for (const [name, value] of Object.entries({ Office: office, OfficeRuntime: runtime, window: { tielineMsal: msal } })) {
      kept.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  });
  after(() => {
    for (const [name, known] of kept) {
      if (known) Object.defineProperty(globalThis, name, known);
      else Reflect.deleteProperty(globalThis, name);
    }
  });
  beforeEach(() => {
    tried = [];
    has = { nested: true, office: true, account: 'enterprise', entra: true };
    const no = refusing('interaction_required');
    gives = { nested: no, nestedWindow: no, office: no, officeWindow: no, exchange: no, dialog: no };
  });

  const ladder = (): SignIn => {
    const settings = async () => (has.entra ? entra : null);
    return createSignIn([...quietRungs(settings), dialogRung('https://tieline.test/addin/sign-in.html', settings)]);
  };
  const faultOf = async (work: Promise<string>): Promise<SignInFault> => work.then(() => assert.fail('signed in'), (fault: unknown) => (fault instanceof SignInFault ? fault : assert.fail(String(fault))));

  const silent = ['nested', 'office', 'exchange'] as const;
  for (const [index, name] of silent.entries()) {
    it(`without a window: what refuses before ${name} is passed, and nothing after it is asked`, async () => {
      gives[name] = giving(name);
      assert.equal(await ladder().token(false), name);
      assert.deepEqual(tried, silent.slice(0, index + 1));
    });
  }

  const windows = ['nestedWindow', 'officeWindow', 'dialog'] as const;
  for (const [index, name] of windows.entries()) {
    it(`with a window: what refuses before ${name} is passed, and nothing after it is asked`, async () => {
      gives[name] = giving(name);
      assert.equal(await ladder().ask(), name);
      assert.deepEqual(tried, windows.slice(0, index + 1));
    });
  }

  it('all refuse: nobody is signed in, each refusal stands in Details, and no window was opened unasked', async () => {
    const fault = await faultOf(ladder().token(false));
    assert.equal(fault.reason, 'signed-out');
    assert.deepEqual(fault.rungs.map((each) => each.split(':')[0]), ['nested', 'office', 'exchange', 'dialog']);
    assert.deepEqual(tried, ['nested', 'office', 'exchange']);
  });

  it('a person who closes the last window is signed out, and not told that they may not', async () => {
    assert.equal((await faultOf(ladder().ask())).reason, 'signed-out');
    assert.deepEqual(tried, [...windows]);
  });

  it('a consent that is missing at one rung is told when no other rung works', async () => {
    gives.office = refusing('The user has not consented', 13005);
    assert.equal((await faultOf(ladder().token(false))).reason, 'not-allowed');
    gives.exchange = giving('exchange');
    assert.equal(await ladder().token(false), 'exchange');
  });

  it('rungs that this Outlook, this mailbox or this server does not have are not tried', async () => {
    has = { nested: false, office: false, account: 'office365', entra: true };
    gives.dialog = giving('dialog');
    await faultOf(ladder().token(false));
    assert.equal(await ladder().ask(), 'dialog');
    assert.deepEqual(tried, ['dialog']);
    has = { nested: true, office: false, account: 'office365', entra: false };
    assert.deepEqual((await faultOf(ladder().ask())).rungs, ['no way to sign in here']);
    assert.deepEqual(tried, ['dialog']);
  });

  it('a token of an Exchange that the server refused is no dead end: the window stands behind it', async () => {
    gives.exchange = giving('exchange');
    gives.dialog = giving('dialog');
    const signIn = ladder();
    assert.equal(await signIn.token(false), 'exchange');
    assert.equal((await faultOf(signIn.token(true))).reason, 'signed-out');
    assert.equal(await signIn.ask(), 'dialog');
    assert.equal(await signIn.token(false), 'dialog');
  });
});
