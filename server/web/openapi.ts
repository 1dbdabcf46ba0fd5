import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Route } from '../../contract/endpoint.ts';
import { problem } from '../../contract/problem.ts';
import type { BoundBytes, BoundEndpoint } from './settings.ts';

/** The OpenAPI document of our endpoints, made from the same data that serves them. */
export function openApi(endpoints: readonly BoundEndpoint[], bytes: readonly BoundBytes[], { version, publicUrl }: { version: string; publicUrl: string }): object {
  const paths: ZodOpenApiPathsObject = {};
  const add = ({ path, method }: Route, described: object): void => {
    const name = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[name] = { ...paths[name], [method.toLowerCase()]: described };
  };
  for (const { endpoint } of endpoints) add(endpoint.route, operation(endpoint));
  for (const { endpoint } of bytes) add(endpoint.route, bytesOperation(endpoint));
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

const anyProblem = { description: 'A problem (RFC 9457).', content: { 'application/problem+json': { schema: problem } } };

function securityOf({ who }: Route): object[] {
  return who.flatMap((each) => (each === 'public' ? [{}] : each === 'ticket' ? [{ ticket: [] }] : [{ person: [] }]));
}

function bytesOperation({ route, summary, params, query, contentTypes }: BoundBytes['endpoint']): object {
  const content = Object.fromEntries(contentTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
  return {
    summary,
    security: securityOf(route),
    requestParams: { path: params, query },
    responses: { 200: { description: 'All of it.', content }, 206: { description: 'The range that was asked for.', content }, 304: { description: 'You have it.' }, default: anyProblem },
  };
}

function json(schema: unknown): object {
  return { content: { 'application/json': { schema } } };
}

function operation({ route, summary, params, query, body, response }: BoundEndpoint['endpoint']): object {
  const hasBody = route.method === 'POST' || route.method === 'PUT' || route.method === 'PATCH';
  return {
    summary,
    security: securityOf(route),
    requestParams: { path: params, query },
    ...(hasBody ? { requestBody: json(body) } : {}),
    responses: {
      200: { description: 'Done.', ...json(response) },
      default: anyProblem,
    },
  };
}
