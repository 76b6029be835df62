// VLC's test cameras as FFmpeg sees them, over UDP.
import { describe, expect, it } from 'vitest';
import { movie } from './clips.ts';
import { probePackets, probeStreams } from './ffmpeg-client.ts';
import { rtspStatus } from './peer-process.ts';
import { startVlcCamera } from './vlc.ts';

describe('a camera served by VLC', () => {
  it.each([
    ['h264-gop2s-long', 'h264 640x360'],
    ['h265-gop2s-long', 'hevc 640x360'],
  ] as const)('plays %s over UDP with even timestamps, and leaves nothing', async (name, stream) => {
    const camera = await startVlcCamera(await movie(name));
    try {
      expect(await probeStreams(camera.url, 'udp')).toEqual([stream]);
      const packets = await probePackets(camera.url, { seconds: 4, transport: 'udp' });
      expect(packets.length).toBeGreaterThan(40);
      const uneven = packets
        .slice(1)
        .filter(
          ({ ptsSeconds }, at) => Math.abs(ptsSeconds - (packets[at]?.ptsSeconds ?? NaN) - 1 / 15) > 0.002,
        );
      expect(uneven).toEqual([]);
    } finally {
      await camera.stop();
    }
    expect(await rtspStatus(camera.port, '/cam')).toBeUndefined();
    expect(() => process.kill(camera.pid, 0)).toThrow('ESRCH');
  });

  it('refuses RTP over TCP', async () => {
    await using camera = await startVlcCamera(await movie('h264-gop1s'));
    await expect(probeStreams(camera.url, 'tcp')).rejects.toThrow('461');
  });
});
