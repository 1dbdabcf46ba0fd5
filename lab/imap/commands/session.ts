import { capabilitiesOf } from '../capability.ts';
import type { Handler, Outcome, Session } from '../session-types.ts';
import { bad, no, ok } from '../session-types.ts';
import { textOf } from '../tokens.ts';

function nextLine({ reader }: Session): Promise<string> {
  return new Promise((resolve) => reader.expectLine(resolve));
}

/** User and token of XOAUTH2 (`user=…^Aauth=Bearer …^A^A`) and OAUTHBEARER (`n,a=…,^A…auth=Bearer …^A^A`, RFC 7628). */
function readBearer(text: string): { login: string; token: string } {
  const fields = text.split('\u0001');
  const login = fields.map((each) => /^(?:user=|n,a=)([^,]*),?$/.exec(each)?.[1]).find((each) => each !== undefined) ?? '';
  const token = fields.map((each) => /^auth=Bearer (.*)$/.exec(each)?.[1]).find((each) => each !== undefined) ?? '';
  return { login, token };
}

async function bearer(session: Session, text: string): Promise<Outcome> {
  const { login, token } = readBearer(text);
  if (await session.world.verifyToken(token, login)) return enter(session, login);
  // The reason comes as a challenge; the client answers with nothing, and only then it is refused.
  session.say(`+ ${Buffer.from(JSON.stringify({ status: 'invalid_token', schemes: 'bearer', scope: 'mail' })).toString('base64')}`);
  await nextLine(session);
  return no('[AUTHENTICATIONFAILED] Authentication failed.');
}

function plain(session: Session, text: string): Outcome {
  const [login = '', user = '', password = ''] = text.split('\u0000');
  return session.world.verifyMaster(user, password) ? enter(session, login) : no('[AUTHENTICATIONFAILED] Authentication failed.');
}

function enter(session: Session, login: string): Outcome {
  const { world } = session;
  const account = world.account(login);
  if (!account) return no('[AUTHENTICATIONFAILED] Authentication failed.');
  if (world.countOf(login) >= world.manner.mostConnections) return no('[ALERT] Too many simultaneous connections. (Failure)');
  session.login(account);
  return ok(`[CAPABILITY ${capabilitiesOf(world.manner, true)}] Signed in.`);
}

const authenticate: Handler = async (session, words) => {
  const mechanism = textOf(words[0]).toUpperCase();
  if (!session.world.manner.mechanisms.some((each) => each === mechanism)) return no('[CANNOT] This mechanism is not offered.');
  const initial = textOf(words[1]);
  if (initial === '') session.say('+ ');
  const text = Buffer.from(initial === '' ? await nextLine(session) : initial, 'base64').toString('utf8');
  return mechanism === 'PLAIN' ? plain(session, text) : bearer(session, text);
};

const enable: Handler = (session, words) => {
  const { condstore, qresync } = session.world.manner;
  const wanted = words.map((word) => textOf(word).toUpperCase());
  if (condstore && (wanted.includes('CONDSTORE') || wanted.includes('QRESYNC'))) session.enabled.add('CONDSTORE');
  if (condstore && qresync && wanted.includes('QRESYNC')) session.enabled.add('QRESYNC');
  session.say(`* ENABLED ${[...session.enabled].join(' ')}`.trimEnd());
  return ok();
};

const idle: Handler = async (session) => {
  if (!session.world.manner.idle) return bad('IDLE is not offered.');
  session.say('+ idling');
  const stop = session.listen();
  await nextLine(session);
  stop();
  return ok('Idle completed.');
};

export const sessionCommands = {
  CAPABILITY: (session) => {
    session.say(`* CAPABILITY ${capabilitiesOf(session.world.manner, session.account !== null)}`);
    return ok();
  },
  NOOP: () => ok(),
  ID: (session) => {
    session.say('* ID ("name" "stand-in")');
    return ok();
  },
  LOGIN: () => no('[PRIVACYREQUIRED] Passwords are not taken.'),
  LOGOUT: (session) => {
    session.say('* BYE Good bye.');
    return ok();
  },
  AUTHENTICATE: authenticate,
  ENABLE: enable,
  IDLE: idle,
} satisfies Record<string, Handler>;
