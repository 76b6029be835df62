// The environment a child of ours gets.

const passedOn = ['PATH', 'HOME', 'SystemRoot', 'TEMP'];

/** Only what FFmpeg needs: no proxies, no key log, no secrets of ours; `C` keeps its messages in English. */
export function childEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { LC_ALL: 'C' };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
