/** A file that a feature answers with; web/ knows ranges, caches and names of files. */
export interface ByteAnswer {
  contentType: string;
  /** Bytes of all of it. */
  length: number;
  /** Names these bytes: another value when they are others. Letters, digits, dots and hyphens. */
  version: string;
  /** For whoever saves it: "voicemail.wav". */
  fileName: string;
  /** To be saved and not shown. */
  isDownload: boolean;
  /** Browsers keep no copy of it. */
  isSecret?: boolean;
  /** The bytes from `from` to before `to`, in pieces of bounded size. Between two pieces others get their turn; an empty piece is nothing but that. */
  read(from: number, to: number): Iterable<Uint8Array>;
}
