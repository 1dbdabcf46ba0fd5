import assert from 'node:assert/strict';
import { ConfidentialClientApplication } from '@azure/msal-node';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { AuthenticationHandler, Client, GraphError, RetryHandler, RetryHandlerOptions } from '@microsoft/microsoft-graph-client';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { ada, bob, clientId, clientSecret, members, startLabMail, tenantId, wire } from '../../../support/lab-mail.ts';
import type { LabMail } from '../../../support/lab-mail.ts';
import { event } from './shapes.ts';

/** MSAL's way to the network, over the test's certificate. */
function network(lab: LabMail): INetworkModule {
  async function send<T>(method: string, url: string, options: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> {
    const { status, headers, text } = await wire(url, { method, body: options.body, headers: options.headers ?? {}, ca: lab.certificate.cert });
    const body: T = JSON.parse(text);
    return { status, headers, body };
  }
  return { sendGetRequestAsync: (url, options) => send('GET', url, options), sendPostRequestAsync: (url, options) => send('POST', url, options) };
}

/** The last middleware of the chain: the request itself. */
class Wire implements Middleware {
  readonly #ca: string;

  constructor(ca: string) {
    this.#ca = ca;
  }

  async execute(context: Context): Promise<void> {
    const { body, headers, method = 'GET' } = context.options ?? {};
    const url = typeof context.request === 'string' ? context.request : context.request.url;
    const reply = await wire(url, { method, body: typeof body === 'string' ? body : undefined, headers: Object.fromEntries(new Headers(headers).entries()), ca: this.#ca });
    context.response = new Response(reply.status === 204 ? null : reply.text, { status: reply.status, headers: reply.headers });
  }
}

describe('lab graph: Microsoft’s own clients', () => {
  let lab: LabMail;
  let client: Client;
  let msal: ConfidentialClientApplication;

  beforeEach(async () => {
    lab = await startLabMail();
    const { host, hostname } = new URL(lab.origin);
    msal = new ConfidentialClientApplication({
      auth: { clientId, clientSecret, authority: `${lab.origin}/${tenantId}`, knownAuthorities: [host] },
      system: { networkClient: network(lab) },
    });
    const authentication = new AuthenticationHandler({
      async getAccessToken() {
        const result = await msal.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
        return result?.accessToken ?? '';
      },
    });
    const retry = new RetryHandler(new RetryHandlerOptions(0));
    authentication.setNext(retry);
    retry.setNext(new Wire(lab.certificate.cert));
    client = Client.initWithMiddleware({ middleware: authentication, baseUrl: lab.origin, customHosts: new Set([hostname]) });
  });

  afterEach(async () => lab.close());

  it('MSAL finds the endpoints, gets one token and keeps it', async () => {
    for (let count = 0; count < 2; count++) await client.api('/users').get();
    assert.deepEqual([...lab.entra.tokenRequests], [['client_credentials', 1]]);
    const assertion = await lab.entra.issueToken({ person: ada, audience: clientId, scopes: ['access_as_user'], clientId });
    const result = await msal.acquireTokenOnBehalfOf({ oboAssertion: assertion, scopes: ['https://graph.microsoft.com/Calendars.ReadWrite'] });
    const calendar = await lab.call('GET', '/me/calendar', { headers: { authorization: `Bearer ${result?.accessToken ?? ''}` } });
    assert.deepEqual(members(calendar)['owner'], { name: 'Ada Berger', address: ada });
  });

  it('graph-client writes, lists by delta over pages, and meets 410 with its Location', async () => {
    for (const day of [23, 24, 25]) {
      await client.api(`/users/${ada}/events`).header('Prefer', 'IdType="ImmutableId"').post({ ...event, start: { dateTime: `2026-03-${day}T09:00:00`, timeZone: 'UTC' }, end: { dateTime: `2026-03-${day}T10:00:00`, timeZone: 'UTC' } });
    }
    assert.equal(lab.graph.mails.filter(({ to }) => to === bob).length, 3);
    const start = `/users/${ada}/calendarView/delta`;
    const ids = new Set<string>();
    let page = await client.api(start).query({ startDateTime: '2026-03-20T00:00:00Z', endDateTime: '2026-04-10T00:00:00Z' }).header('Prefer', 'odata.maxpagesize=1').get();
    for (;;) {
      for (const { id } of page.value) ids.add(String(id));
      if (page['@odata.deltaLink']) break;
      page = await client.api(page['@odata.nextLink']).header('Prefer', 'odata.maxpagesize=1').get();
    }
    assert.equal(ids.size, 3);
    lab.graph.expireDeltaTokens();
    const gone: unknown = await client.api(page['@odata.deltaLink']).get().catch((error: unknown) => error);
    assert.ok(gone instanceof GraphError);
    assert.deepEqual([gone.statusCode, gone.code], [410, 'SyncStateNotFound']);
    assert.match(new Headers(gone.headers).get('location') ?? '', /startDateTime=2026-03-20/);
  });

  it('the client’s retry meets a POST that was done, and transactionId keeps it one event', async () => {
    lab.graph.faults.loseReply(503, { method: 'POST' }, 1);
    await client.api(`/users/${ada}/events`).post({ ...event, transactionId: 'one' });
    assert.deepEqual([lab.exchange.list(ada).length, lab.graph.mails.length, lab.graph.log.counts.get('POST 503'), lab.graph.log.counts.get('POST 201')], [1, 1, 1, 1]);
  });
});
