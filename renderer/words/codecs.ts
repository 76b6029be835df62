// Codecs by the names on a camera's box.

const names: Record<string, string> = {
  avc1: 'H.264',
  avc3: 'H.264',
  h264: 'H.264',
  hvc1: 'H.265',
  hev1: 'H.265',
  hevc: 'H.265',
  h265: 'H.265',
  mjpeg: 'Motion JPEG',
  mp4a: 'AAC',
  aac: 'AAC',
  pcm_mulaw: 'G.711 µ-law',
  pcm_alaw: 'G.711 A-law',
};

/** The usual name of an RFC 6381 string or FFmpeg codec name; what is not known stays as it is. */
export function codecName(codec: string): string {
  return names[codec.split('.')[0]?.toLowerCase() ?? ''] ?? codec;
}
