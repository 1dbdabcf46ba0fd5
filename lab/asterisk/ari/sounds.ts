import { message, type AriRoute } from './route.ts';

interface Listed {
  id: string;
  text?: string;
  formats: { language: string; format: string }[];
}

/** GET /sounds, with `lang` and `format` (res_ari_sounds): one row for each id, whatever number of folders has it; with none left, 404. */
export const soundRoutes: AriRoute = async ({ method, parts, query, exchange }) => {
  if (method !== 'GET' || parts.join('/') !== 'sounds') return null;
  const [lang, format] = [query.get('lang'), query.get('format')];
  const all = new Map<string, Listed>();
  for (const sound of await exchange.sounds.index()) {
    if ((lang !== null && sound.language !== lang) || (format !== null && sound.format !== format)) continue;
    const row = all.get(sound.id) ?? { id: sound.id, ...(sound.text === undefined ? {} : { text: sound.text }), formats: [] };
    row.formats.push({ language: sound.language, format: sound.format });
    all.set(sound.id, row);
  }
  return all.size === 0 ? message(404, 'No sounds found that matched the query') : { status: 200, json: [...all.values()] };
};
