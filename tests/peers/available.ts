// Which test peers this machine has. Run by itself it prints the line that the test run begins with.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from './find-program.ts';

const run = promisify(execFile);
const ASK_LIMIT_MS = 30_000;

const peerNames = ['gstreamer', 'vlc', 'go2rtc', 'ffmpeg', 'ffprobe', 'ffplay', 'chromium', 'minio'] as const;
export type PeerName = (typeof peerNames)[number];

/** Everything gstreamer-cameras.py needs; a missing plugin would only show when its camera is first watched. */
const gstreamerQuestion = `
import gi
gi.require_version('Gst', '1.0'); gi.require_version('GstRtspServer', '1.0'); gi.require_version('GstVideo', '1.0')
from gi.repository import Gst, GstRtspServer, GstVideo
Gst.init(None)
elements = ('x264enc x265enc avenc_aac alawenc jpegenc clockoverlay overlaycomposition multifilesrc rawaudioparse valve '
  'h264parse h265parse aacparse rtph264pay rtph265pay rtpmp4gpay rtppcmapay rtpjpegpay').split()
missing = [name for name in elements if not Gst.ElementFactory.find(name)]
assert not missing, missing
`;

/** Where each peer lies, or undefined when this machine does not have it. */
export async function findPeers(): Promise<Readonly<Record<PeerName, string | undefined>>> {
  const entries = await Promise.all(peerNames.map(async (name) => [name, await findPeer(name)] as const));
  return Object.fromEntries(entries) as Record<PeerName, string | undefined>;
}

async function findPeer(name: PeerName): Promise<string | undefined> {
  if (name === 'chromium') return findProgram('chromium') ?? findProgram('google-chrome');
  if (name !== 'gstreamer') return findProgram(name);
  const python = '/usr/bin/python3';
  return run(python, ['-c', gstreamerQuestion], { timeout: ASK_LIMIT_MS }).then(
    () => python,
    () => undefined,
  );
}

/** "peers found gstreamer, vlc, …; missing go2rtc" */
export function peersLine(peers: Readonly<Record<PeerName, string | undefined>>): string {
  const list = (found: boolean) =>
    peerNames.filter((name) => (peers[name] !== undefined) === found).join(', ') || 'none';
  return `peers found ${list(true)}; missing ${list(false)}`;
}

if (import.meta.main) console.log(peersLine(await findPeers()));
