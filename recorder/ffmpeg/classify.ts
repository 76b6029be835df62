// Why an attempt ended, from FFmpeg's words and way of ending. FFmpeg's exit code says nothing (architecture.md): the words
// of libavformat 5.1 and the C library do, and where the libraries differ (Windows), the numbers in them.

import type { CaptureFailure } from '../model/states.ts';
import type { FfmpegExit } from './process.ts';

export interface Ending {
  readonly exit: FfmpegExit;
  /** True when pictures had come before. */
  readonly hadVideo: boolean;
}

export interface Failure {
  readonly reason: CaptureFailure;
  /** One sentence for the operator, then FFmpeg's own words if it had any; bounded, no credentials. */
  readonly detail: string;
}

const detailLimit = 300;

/** In this order: what a camera said outranks what the network said about it. */
const signs: readonly (readonly [CaptureFailure, RegExp])[] = [
  ['wrong-password', /\b401\b|\b403\b|authorization failed|Unauthorized/],
  ['not-found', /\b404\b|Not Found/],
  [
    'no-video',
    /Stream map '0:v:0' matches no streams|':v:0' in filtergraph .* matches no streams|Output file #0 does not contain any stream/,
  ],
  [
    'unsupported-codec',
    /Could not find tag for codec|not currently supported in container|Decoder \(codec .*\) not found|Decoder not found|no decoder found|Unknown encoder|Could not write header|Error (?:while opening|initializing)/i,
  ],
  ['refused', /Connection refused|-10061\b|Server returned [45]\d\d|failed: [45]\d\d|HTTP error [45]\d\d/],
  ['refused', /\[tls\b|\bTLS\b|certificate|not on whitelist/i],
  [
    'unreachable',
    /No route to host|Network is unreachable|Host is (?:down|unreachable)|Failed to resolve|Name or service not known|name resolution|-1005[01]\b|-10065\b/,
  ],
  ['timed-out', /timed out|ETIMEDOUT|-10060\b|-138\b/i],
];

const sentences: Readonly<Record<CaptureFailure, string>> = {
  'recorder-ended': 'The recorder ended by itself.',
  unreachable: 'The camera cannot be reached over the network.',
  refused: 'The camera refuses the connection.',
  'wrong-password': 'The camera does not accept the user name or the password.',
  'not-found': 'The camera does not know this address.',
  'no-video': 'The camera sends no video.',
  'unsupported-codec': 'The camera sends video in a format that cannot be recorded.',
  'timed-out': 'The camera does not answer.',
  stalled: 'The camera stopped sending pictures.',
  'stream-changed': 'The camera changed its stream.',
  'clock-changed': 'The clock of this computer was changed.',
  'no-recorder': 'FFmpeg cannot be started.',
  'disk-full': 'The disk is full.',
  'disk-error': 'The disk cannot be written.',
};

const hints: Readonly<Partial<Record<CaptureFailure, string>>> = {
  unreachable: 'Check the host name or IP address, the cable and the network of the camera.',
  refused: 'Check the port, and that RTSP is switched on in the camera.',
  'wrong-password': 'Check user name and password; some cameras want a user of their own for RTSP or ONVIF.',
  'not-found': "Check the path of the address: the camera's manual names the one of its main stream.",
  'no-video': 'The address may lead to sound alone, or to something that is no camera stream.',
  'unsupported-codec': 'Set the camera to H.264 or H.265.',
  'timed-out':
    'Check that the address belongs to a camera, and try TCP instead of UDP or the other way round.',
  'no-recorder': 'Install FFmpeg 5.1 or later. Lookout tries again by itself.',
};

/** What the operator is told about a reason. */
export function explain(reason: CaptureFailure): {
  readonly message: string;
  readonly hint: string | undefined;
} {
  return { message: sentences[reason], hint: hints[reason] };
}

/** The sentence of `reason`, followed by `words` in brackets when there are any. */
export function failure(reason: CaptureFailure, words = ''): Failure {
  const said = words.trim();
  const detail = said === '' ? sentences[reason] : `${sentences[reason]} (${said})`;
  return { reason, detail: detail.length > detailLimit ? `${detail.slice(0, detailLimit - 1)}…` : detail };
}

const complaint = /^(?:\[[^\]]* @ 0x[0-9a-f]+\] )?\[(?:error|fatal|panic)\] (.*)$/;
/** The name of the input, and lines that only repeat what the line before said. */
const repetition = /^(?:Impossible to open|Error opening input)/;

/** FFmpeg's complaints, oldest first, without its addresses in memory. */
function complaints(words: string): string[] {
  const found: string[] = [];
  for (const line of words.split(/\r?\n/)) {
    const said = complaint
      .exec(line)?.[1]
      ?.replace(/^pipe:0: /, '')
      .trim();
    if (said !== undefined && said !== '' && !repetition.test(said)) found.push(said);
  }
  return found;
}

const decodingSigns =
  /Error (?:re)?initializing (?:\w+ )*filter|Error while opening decoder|Decoder \(codec .*\) not found|Impossible to convert between|Error binding filtergraph/i;
/** A decoder that meets what it was not made for ends like this; recording alone decodes nothing. */
const crashSignals: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL']);

/** True when an FFmpeg may have ended because of the pictures it was to decode: without them it may well record. */
export function endedByDecoding({ exit, hadVideo }: Ending): boolean {
  return crashSignals.has(exit.signal ?? '') || (!hadVideo && decodingSigns.test(exit.words));
}

/** Why an FFmpeg that nobody asked to end did end. `redact` takes the credentials out of its words. */
export function classifyEnding(ending: Ending, redact: (text: string) => string): Failure {
  const { exit, hadVideo } = ending;
  if (exit.spawnError !== undefined) return failure('no-recorder', exit.spawnError);
  const said = complaints(exit.words);
  if (!hadVideo) {
    for (const [reason, sign] of signs) {
      const line = said.find((complained) => sign.test(complained));
      if (line !== undefined) return failure(reason, redact(line));
    }
    // RTSP: the answer that never came looks to FFmpeg like an answer it cannot read (seen with 5.1).
    if (said.some((line) => line.startsWith('Invalid data found'))) return failure('timed-out');
  }
  const how = exit.signal === null ? `exit code ${exit.code}` : exit.signal;
  return failure('recorder-ended', redact([said.at(-1), how].filter(Boolean).join(', ')));
}
