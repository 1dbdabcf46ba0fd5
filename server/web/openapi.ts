import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problem } from '../../contract/problem.ts';
import type { BoundEndpoint } from './settings.ts';

/** The OpenAPI document of our endpoints, made from the same data that serves them. */
export function openApi(endpoints: readonly BoundEndpoint[], { version, publicUrl }: { version: string; publicUrl: string }): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const { endpoint } of endpoints) {
    const path = endpoint.route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.route.method.toLowerCase()]: operation(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Tieline', version, description: 'Additive only: unknown fields are to be ignored. Instants are ISO 8601 UTC, zones IANA names.' },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: {
        person: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Access token of Entra ID for Tieline\'s own audience.' },
        ticket: { type: 'apiKey', in: 'header', name: 'Tieline-Ticket', description: 'Send ticket: good for one conference.' },
      },
    },
  });
}

function json(schema: unknown): object {
  return { content: { 'application/json': { schema } } };
}

function operation({ route, summary, params, query, body, response }: BoundEndpoint['endpoint']): object {
  const hasBody = route.method === 'POST' || route.method === 'PUT' || route.method === 'PATCH';
  const security = route.who.flatMap((who) => (who === 'public' ? [{}] : who === 'ticket' ? [{ ticket: [] }] : [{ person: [] }]));
  return {
    summary,
    security,
    requestParams: { path: params, query },
    ...(hasBody ? { requestBody: json(body) } : {}),
    responses: {
      200: { description: 'Done.', ...json(response) },
      default: { description: 'A problem (RFC 9457).', content: { 'application/problem+json': { schema: problem } } },
    },
  };
}
