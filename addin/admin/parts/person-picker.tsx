import { Button, Field, Input } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { knownPeopleRoutes } from '../../../contract/people/known-people-routes.ts';
import type { KnownPeopleResponse, KnownPerson } from '../../../contract/people/known-people.ts';
import { useSurroundings } from '../surroundings.tsx';
import { get } from './get.ts';

/** So long nobody types before the server is asked, ms. */
const QUIET_MS = 250;
const MOST = 8;

interface Given {
  label: string;
  nobody: string;
  chosen: KnownPerson | undefined;
  choose: (person: KnownPerson | undefined) => void;
  /** It was opened by a press: what is typed next goes into it. */
  isFocused?: boolean;
}

/** Finds one of the people whom Tieline knows, by beginnings of name, address or extension. */
export function PersonPicker({ label, nobody, chosen, choose, isFocused = false }: Given) {
  const { transport } = useSurroundings();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, [isFocused]);
  const [found, setFound] = useState<readonly KnownPerson[] | undefined>(undefined);
  useEffect(() => {
    if (chosen !== undefined || typed.trim() === '') return undefined;
    const end = new AbortController();
    const timer = setTimeout(() => {
      // Without an answer the list stays as it is; whatever is asked about the person next says what is wrong.
      get<KnownPeopleResponse>(transport, knownPeopleRoutes.list, 'people', { query: { search: typed.trim(), limit: MOST }, signal: end.signal }).then(({ people }) => setFound(people), () => undefined);
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [transport, typed, chosen]);
  const type = (value: string): void => {
    setTyped(value);
    if (value.trim() === '') setFound(undefined);
    choose(undefined);
  };
  return (
    <div className="picker">
      <Field label={label}>
        <Input ref={field} type="search" value={chosen?.name ?? typed} maxLength={100} onChange={(_event, { value }) => type(value)} />
      </Field>
      {chosen !== undefined || found === undefined ? null : (
        <div className="list" role="group" aria-label={label}>
          {found.length === 0 ? <p role="status">{nobody}</p> : null}
          {found.map((person) => (
            <Button
              key={person.personId}
              appearance="subtle"
              onClick={() => {
                choose(person);
                // The button goes, the field has the name.
                field.current?.focus();
              }}
            >
              {person.name}
              <bdi className="quiet">{person.lines.map(({ extension }) => extension).join(', ') || person.address}</bdi>
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
