import type { callsApi, CallView } from '../../../contract/people/calls.ts';
import type { Caller, Handlers } from '../../../contract/endpoint.ts';
import { OurError } from '../../domain/errors.ts';
import type { WorkHandlers } from '../../store/worker.ts';
import { putWork } from '../../store/work.ts';
import { askCall, askHangUp, phonesOf } from './ask.ts';
import type { CallsDeps } from './deps.ts';
import { heardProgress, performCall, performHangUp, settleCalls } from './perform.ts';
import { callsOf, findCall, type PhoneCall } from './rows.ts';

export type { CallsDeps, PlayableMessage, RingablePhone } from './deps.ts';

/** Calls of the last hour are shown. */
const shownMs = 60 * 60_000;

/** What the calls feature gives to the server. */
export interface CallsFeature {
  handlers: Handlers<typeof callsApi>;
  workHandlers: WorkHandlers;
  /** The state behind `calls:<person id>`, for that person alone; undefined for other topics. */
  snapshot(tenantId: string, viewer: string, topic: string): Promise<CallView[] | undefined>;
  /** Listens to the phone systems. Returns a function that stops it. */
  listen(tenantId: string): () => void;
  resume(tenantId: string): Promise<void>;
}

export function createCallsFeature(deps: CallsDeps): CallsFeature {
  const { db } = deps.store;

  async function shown(tenantId: string, personId: string): Promise<CallView[]> {
    return (await callsOf(db, tenantId, personId, deps.clock.now() - shownMs)).map(viewOf);
  }

  return {
    handlers: {
      async list(_input, caller) {
        const personId = me(caller);
        const phones = await phonesOf(deps, caller.tenantId, personId);
        return { phones: await Promise.all(phones.map(async ({ pbx, extension, name }) => ({ pbx, extension, name, isAway: await deps.isAway(pbx) }))), calls: await shown(caller.tenantId, personId) };
      },
      begin: async ({ body }, caller) => ({ call: viewOf(await askCall(deps, { ...caller, personId: me(caller) }, body)) }),
      async hangUp({ params }, caller) {
        const call = await askHangUp(deps, caller.tenantId, me(caller), params.id);
        return { call: viewOf((await findCall(db, caller.tenantId, params.id)) ?? call) };
      },
    },
    workHandlers: {
      'phone.call': ({ tenantId, key }) => performCall(deps, tenantId, key),
      'phone.hang-up': ({ tenantId, key }) => performHangUp(deps, tenantId, key),
      'phone.settle': ({ tenantId }) => settleCalls(deps, tenantId),
    },
    async snapshot(tenantId, viewer, topic) {
      const whose = /^calls:(.+)$/.exec(topic)?.[1];
      if (whose === undefined) return undefined;
      return whose === viewer ? shown(tenantId, viewer) : undefined;
    },
    listen(tenantId) {
      const stops = deps.controls.map((control) => {
        // One after the other: "answered" must not be written over "ended".
        let last = Promise.resolve();
        return control.onProgress((progress) => {
          last = last.then(() => heardProgress(deps, tenantId, progress)).catch((error: unknown) => deps.log.error({ instance: control.instance, err: error }, 'how a call went could not be written down'));
        });
      });
      return () => stops.forEach((stop) => stop());
    },
    resume: (tenantId) => putWork(db, { tenantId, kind: 'phone.settle', key: 'all', dueAt: deps.clock.now() }),
  };
}

function me({ personId }: Caller): string {
  if (personId === null) throw new OurError('a call needs a person');
  return personId;
}

function viewOf({ id, pbx, phone, number, message, state, outcome, askedAt }: PhoneCall): CallView {
  return { id, pbx, phone, number, voicemailId: message?.voicemailId ?? null, state, outcome, askedAt: new Date(askedAt).toISOString() };
}
