// Why a catalog was not opened: a closed set, so that start-up can decide between asking, restoring and refusing.

export type CatalogErrorCode =
  /** There was a catalog here, and now the file is missing or empty. */
  | 'catalog-lost'
  /** The file is no database any more, or its pages contradict each other. */
  | 'catalog-damaged'
  /** Written by a newer version of Lookout. */
  | 'catalog-newer'
  /** A sound database, but not of Lookout. */
  | 'catalog-foreign'
  /** Another program holds its lock. */
  | 'catalog-busy'
  /** The disk or its permissions refuse. */
  | 'catalog-unreachable';

/** Message and hint are for the operator and name no path; `cause` is for the log. */
export class CatalogError extends Error {
  readonly code: CatalogErrorCode;
  readonly hint: string;

  constructor(code: CatalogErrorCode, cause?: unknown) {
    super(words[code].message, cause === undefined ? undefined : { cause });
    this.name = 'CatalogError';
    this.code = code;
    this.hint = words[code].hint;
  }
}

const words: Record<CatalogErrorCode, { message: string; hint: string }> = {
  'catalog-lost': {
    message: 'The catalog of the recordings is missing or empty.',
    hint: 'Put the catalog back from a backup. The recorded files are untouched.',
  },
  'catalog-damaged': {
    message: 'The catalog of the recordings is damaged.',
    hint: 'Put the catalog back from a backup. The recorded files are untouched.',
  },
  'catalog-newer': {
    message: 'The catalog was written by a newer version of Lookout.',
    hint: 'Start the newer version again.',
  },
  'catalog-foreign': {
    message: 'The catalog file belongs to another program.',
    hint: 'Choose another data folder, or move that file away.',
  },
  'catalog-busy': {
    message: 'Another program is using the catalog.',
    hint: 'Close the other program and start Lookout again.',
  },
  'catalog-unreachable': {
    message: 'The catalog cannot be opened.',
    hint: 'Check that the disk of the data folder is there, writable and not full.',
  },
};

/** SQLite's result codes (sqlite.org/rescode.html) in our words; undefined for an error of the program itself. */
export function catalogErrorFrom(error: unknown): CatalogError | undefined {
  if (error instanceof CatalogError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return new CatalogError('catalog-damaged', error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new CatalogError('catalog-busy', error);
  if (/^SQLITE_(CANTOPEN|IOERR|READONLY|PERM|FULL|AUTH)/.test(code) || /^E[A-Z]+$/.test(code)) {
    return new CatalogError('catalog-unreachable', error);
  }
  return undefined;
}
