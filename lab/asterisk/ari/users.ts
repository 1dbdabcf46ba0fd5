/** A user of ari.conf. */
export interface AriUser {
  name: string;
  password: string;
  readOnly: boolean;
}

/** Who asks: by Basic authentication, or by `api_key=name:password` in the address, which browsers need for the websocket. Null for nobody. */
export function findUser(users: readonly AriUser[], authorization: string | undefined, query: URLSearchParams): AriUser | null {
  const basic = /^Basic\s+([\w+/=]+)$/i.exec(authorization ?? '')?.[1];
  const pair = basic === undefined ? (query.get('api_key') ?? '') : Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 1) return null;
  return users.find(({ name, password }) => name === pair.slice(0, colon) && password === pair.slice(colon + 1)) ?? null;
}
