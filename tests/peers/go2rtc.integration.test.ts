// go2rtc's test camera as FFmpeg sees it, on machines that have go2rtc.
import { describe, expect, it } from 'vitest';
import { probeStreams } from './ffmpeg-client.ts';
import { findProgram } from './find-program.ts';
import { startGo2rtcCamera } from './go2rtc.ts';
import { standardCameras, startGstreamerCameras } from './gstreamer.ts';
import { rtspStatus } from './peer-process.ts';

describe.skipIf(findProgram('go2rtc') === undefined)('a camera served by go2rtc', () => {
  it('plays what its source sends, and leaves nothing', async () => {
    await using source = await startGstreamerCameras({ clock: standardCameras().clock });
    const camera = await startGo2rtcCamera(source.urls.clock);
    try {
      expect(await probeStreams(camera.url, 'tcp')).toEqual(['h264 640x360', 'pcm_alaw']);
    } finally {
      await camera.stop();
    }
    expect(await rtspStatus(camera.port, '/cam')).toBeUndefined();
  });
});
