/** What we ask of a directory about colleagues, for people who look somebody up. Nothing of it is stored. Every call ends within the connector's deadline and throws TheirError. */

/** Somebody in the organisation's directory. Texts may be empty; numbers are as an administrator wrote them. */
export interface DirectoryPerson {
  /** The system's stable id. */
  id: string;
  name: string;
  /** Lower case. */
  address: string;
  title: string;
  department: string;
  office: string;
  numbers: { kind: 'work' | 'mobile'; number: string }[];
}

export interface DirectoryPhoto {
  contentType: 'image/jpeg' | 'image/png';
  bytes: Uint8Array;
}

export interface DirectorySource {
  readonly instance: string;
  /** People whose name has words that begin like these, or whose address or department begins so. */
  search(text: string, limit: number): Promise<DirectoryPerson[]>;
  /** By any of its addresses, or by the system's id; null when there is none. */
  person(addressOrId: string): Promise<DirectoryPerson | null>;
  /** A small square picture; null when there is none. */
  photo(id: string): Promise<DirectoryPhoto | null>;
}
