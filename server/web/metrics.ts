import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ConnectorStatus } from '../ports/connector.ts';

export interface Metrics {
  request(fact: { method: string; route: string; status: number; tookMs: number }): void;
  work(fact: { kind: string; outcome: 'done' | 'again' | 'failed'; tookMs: number; lateMs: number }): void;
  streams(open: number): void;
  /** Text in Prometheus' format, and its content type. */
  read(): Promise<{ text: string; type: string }>;
}

/** How far behind the work with a connector is. */
export interface Lag {
  connector: string;
  /** Age of the oldest change that could not be brought over yet. */
  lagSeconds: number;
  waiting: number;
}

/** Metrics of this process. `connectors` and `lags` are asked when somebody reads. */
export function createMetrics(connectors: () => readonly ConnectorStatus[], lags: () => readonly Lag[] = () => []): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'tieline_http_request_seconds', help: 'Requests by route and status.', labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10], registers,
  });
  const attempts = new Counter({ name: 'tieline_work_attempts_total', help: 'Attempts at work by kind and outcome.', labelNames: ['kind', 'outcome'], registers });
  const took = new Histogram({ name: 'tieline_work_seconds', help: 'How long work took.', labelNames: ['kind'], buckets: [0.01, 0.1, 0.5, 1, 5, 30, 120], registers });
  const late = new Histogram({ name: 'tieline_work_late_seconds', help: 'How long after its instant work began.', labelNames: ['kind'], buckets: [0.05, 0.25, 1, 5, 30, 120, 600], registers });
  const streams = new Gauge({ name: 'tieline_live_streams', help: 'Open live streams.', registers });
  const up = new Gauge({
    name: 'tieline_connector_up', help: '1 when the connector works, with or without gaps.', labelNames: ['instance', 'type', 'state'], registers,
  });
  const lag = new Gauge({ name: 'tieline_sync_lag_seconds', help: 'Age of the oldest change that could not be brought over to or from this connector yet.', labelNames: ['instance'], registers });
  const waiting = new Gauge({ name: 'tieline_sync_waiting', help: 'Boxes that wait for this connector.', labelNames: ['instance'], registers });

  return {
    request: ({ method, route, status, tookMs }) => requests.observe({ method, route, status }, tookMs / 1000),
    work({ kind, outcome, tookMs, lateMs }) {
      attempts.inc({ kind, outcome });
      took.observe({ kind }, tookMs / 1000);
      late.observe({ kind }, Math.max(0, lateMs) / 1000);
    },
    streams: (open) => streams.set(open),
    async read() {
      lag.reset();
      waiting.reset();
      for (const each of lags()) {
        lag.set({ instance: each.connector }, each.lagSeconds);
        waiting.set({ instance: each.connector }, each.waiting);
      }
      up.reset();
      // Of what another process connects to, nothing is known here: a 0 would be a false alarm.
      for (const { instance, type, state } of connectors().filter((each) => each.state !== 'elsewhere')) up.set({ instance, type, state }, state === 'ready' || state === 'limited' ? 1 : 0);
      return { text: await registry.metrics(), type: registry.contentType };
    },
  };
}
