// What video is made into where it is encoded: codecs, the kinds of encoders, and a camera's storage saver.

export const encodedCodecs = ['h264', 'h265'] as const;
export type EncodedCodec = (typeof encodedCodecs)[number];

/** In the order they are preferred in; `software` is x264 and x265, which every FFmpeg we take has. */
export const encoderKinds = ['nvenc', 'qsv', 'vaapi', 'videotoolbox', 'amf', 'software'] as const;
export type EncoderKind = (typeof encoderKinds)[number];

/** A camera's pictures made smaller before they are stored; the same pictures are shown live. */
export interface StorageSaver {
  readonly codec: EncodedCodec;
  /** Larger pictures are scaled down to this; undefined leaves them as they are. */
  readonly heightLimit?: number | undefined;
  /** More pictures a second are left out; undefined keeps all. */
  readonly fpsLimit?: number | undefined;
  readonly kilobits: number;
}

export const saverLimits = {
  height: { least: 144, most: 2160 },
  fps: { least: 1, most: 60 },
  kilobits: { least: 64, most: 20_000 },
} as const;
