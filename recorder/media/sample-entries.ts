// Sample entries: what a track's `stsd` says about its codec (ISO/IEC 14496-12, 8.5.2; -14, 5.6; -15, 5.3 and 8.3).

import { readChildren, readFullBoxHeader } from './box.ts';
import type { ByteReader } from './byte-reader.ts';
import { avcCodecString, hevcCodecString, mp4aCodecString } from './codec-strings.ts';

export type SampleEntry =
  | { readonly kind: 'video'; readonly codec: string; readonly width: number; readonly height: number }
  | {
      readonly kind: 'audio';
      readonly codec: string;
      readonly channels: number;
      readonly sampleRate: number;
    };

/** The first sample entry of a video or audio track; a track of ours never has two. */
export function readSampleDescription(reader: ByteReader): SampleEntry {
  readFullBoxHeader(reader);
  reader.skip(4, 'entry_count');
  let entry: SampleEntry | undefined;
  readChildren(reader, (type, child) => {
    entry ??= readSampleEntry(type, child);
  });
  if (entry === undefined) throw reader.error('entry_count', 'no sample entry');
  return entry;
}

function readSampleEntry(type: string, reader: ByteReader): SampleEntry {
  switch (type) {
    case 'avc1':
    case 'avc3':
    case 'hvc1':
    case 'hev1':
      return readVisualSampleEntry(type, reader);
    case 'mp4a':
      return readAudioSampleEntry(reader);
    default:
      throw reader.error('format', `a codec that is not recorded: ${type}`);
  }
}

/** VisualSampleEntry (-12, 12.1.3) with the configuration record of its codec inside. */
function readVisualSampleEntry(type: string, reader: ByteReader): SampleEntry {
  reader.skip(6, 'reserved');
  reader.skip(2, 'data_reference_index');
  reader.skip(16, 'pre_defined');
  const width = reader.uint16('width');
  const height = reader.uint16('height');
  reader.skip(8, 'horizresolution');
  reader.skip(4, 'reserved');
  reader.skip(2, 'frame_count');
  reader.skip(32, 'compressorname');
  reader.skip(2, 'depth');
  reader.skip(2, 'pre_defined');
  let codec: string | undefined;
  readChildren(reader, (child, childReader) => {
    if (child === 'avcC') codec = readAvcConfiguration(type, childReader);
    if (child === 'hvcC') codec = readHevcConfiguration(type, childReader);
  });
  if (codec === undefined) throw reader.error('avcC', 'no configuration record');
  return { kind: 'video', codec, width, height };
}

/** AVCDecoderConfigurationRecord (-15, 5.3.3.1) up to the level, which is all a codec string needs. */
function readAvcConfiguration(sampleEntry: string, reader: ByteReader): string {
  reader.skip(1, 'configurationVersion');
  const AVCProfileIndication = reader.uint8('AVCProfileIndication');
  const profile_compatibility = reader.uint8('profile_compatibility');
  const AVCLevelIndication = reader.uint8('AVCLevelIndication');
  return avcCodecString(sampleEntry, { AVCProfileIndication, profile_compatibility, AVCLevelIndication });
}

/** HEVCDecoderConfigurationRecord (-15, 8.3.3.1) up to the level. */
function readHevcConfiguration(sampleEntry: string, reader: ByteReader): string {
  reader.skip(1, 'configurationVersion');
  const profile = reader.uint8('general_profile_space');
  const general_profile_compatibility_flags = reader.uint32('general_profile_compatibility_flags');
  const general_constraint_indicator_flags = reader.block(6, 'general_constraint_indicator_flags');
  const general_level_idc = reader.uint8('general_level_idc');
  return hevcCodecString(sampleEntry, {
    general_profile_space: profile >>> 6,
    general_tier_flag: (profile >>> 5) & 1,
    general_profile_idc: profile & 0x1f,
    general_profile_compatibility_flags,
    general_constraint_indicator_flags,
    general_level_idc,
  });
}

interface AudioDetails {
  readonly codec: string;
  readonly channels: number | undefined;
  readonly sampleRate: number | undefined;
}

/** AudioSampleEntry (-12, 12.2.3). Its own channel count is 2 for every AAC that FFmpeg writes: `esds` knows better. */
function readAudioSampleEntry(reader: ByteReader): SampleEntry {
  reader.skip(6, 'reserved');
  reader.skip(2, 'data_reference_index');
  reader.skip(8, 'reserved');
  const channelcount = reader.uint16('channelcount');
  reader.skip(2, 'samplesize');
  reader.skip(2, 'pre_defined');
  reader.skip(2, 'reserved');
  const samplerate = reader.uint32('samplerate') >>> 16;
  let details: AudioDetails | undefined;
  readChildren(reader, (type, child) => {
    if (type === 'esds') details = readElementaryStreamDescriptor(child);
  });
  if (details === undefined) throw reader.error('esds', 'no elementary stream descriptor');
  return {
    kind: 'audio',
    codec: details.codec,
    channels: details.channels ?? channelcount,
    sampleRate: details.sampleRate ?? samplerate,
  };
}

/** `esds` (-14, 5.6.1): ES_Descriptor > DecoderConfigDescriptor > DecoderSpecificInfo (14496-1, 7.2.6). */
function readElementaryStreamDescriptor(reader: ByteReader): AudioDetails {
  readFullBoxHeader(reader);
  readDescriptor(reader, 0x03, 'ES_Descriptor');
  reader.skip(2, 'ES_ID');
  const flags = reader.uint8('streamDependenceFlag');
  if (flags & 0x80) reader.skip(2, 'dependsOn_ES_ID');
  if (flags & 0x40) reader.skip(reader.uint8('URLlength'), 'URLstring');
  if (flags & 0x20) reader.skip(2, 'OCR_ES_Id');
  readDescriptor(reader, 0x04, 'DecoderConfigDescriptor');
  const objectTypeIndication = reader.uint8('objectTypeIndication');
  if (objectTypeIndication !== mpeg4Audio) {
    return {
      codec: mp4aCodecString(objectTypeIndication, undefined),
      channels: undefined,
      sampleRate: undefined,
    };
  }
  reader.skip(1, 'streamType');
  reader.skip(3, 'bufferSizeDB');
  reader.skip(4, 'maxBitrate');
  reader.skip(4, 'avgBitrate');
  const sizeBytes = readDescriptor(reader, 0x05, 'DecoderSpecificInfo');
  return readAudioSpecificConfig(reader.block(sizeBytes, 'AudioSpecificConfig'));
}

const mpeg4Audio = 0x40;

/** Tag and expandable size of a descriptor (14496-1, 8.3.3): seven bits a byte, at most four bytes. */
function readDescriptor(reader: ByteReader, wanted: number, name: string): number {
  const tag = reader.uint8(`${name}.tag`);
  if (tag !== wanted) throw reader.error(`${name}.tag`, `0x${tag.toString(16)} found`);
  let size = 0;
  for (let count = 0; count < 4; count += 1) {
    const byte = reader.uint8(`${name}.sizeOfInstance`);
    size = size * 0x80 + (byte & 0x7f);
    if (byte < 0x80) return size;
  }
  throw reader.error(`${name}.sizeOfInstance`, 'more than four bytes long');
}

/** Table 1.18 of ISO/IEC 14496-3. */
const samplingFrequencies = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

/** AudioSpecificConfig (14496-3, 1.6.2.1) up to channelConfiguration; a config too short for a field leaves it open. */
function readAudioSpecificConfig(config: Uint8Array): AudioDetails {
  let atBits = 0;
  const bits = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index += 1, atBits += 1) {
      const byte = config[atBits >>> 3] ?? 0;
      value = value * 2 + ((byte >>> (7 - (atBits & 7))) & 1);
    }
    return value;
  };
  let audioObjectType = bits(5);
  if (audioObjectType === 31) audioObjectType = 32 + bits(6);
  const samplingFrequencyIndex = bits(4);
  const samplingFrequency =
    samplingFrequencyIndex === 15 ? bits(24) : samplingFrequencies[samplingFrequencyIndex];
  const channelConfiguration = bits(4);
  const isWhole = atBits <= config.length * 8;
  const channels = channelConfiguration === 7 ? 8 : channelConfiguration;
  return {
    codec: mp4aCodecString(mpeg4Audio, audioObjectType),
    channels: isWhole && channels > 0 ? channels : undefined,
    sampleRate: isWhole ? samplingFrequency : undefined,
  };
}
