// The log as the recorder and the station see it: fields first, then one plain sentence.

type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** Fields hold ids, numbers and redacted words; an error goes under `err`. Never a credential. */
export interface Log {
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
