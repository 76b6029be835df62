#!/usr/bin/python3
"""Test cameras: GStreamer's RTSP server, told over stdin what to serve and when to misbehave.

One JSON object per line in both directions. The first line in is the plan (see gstreamer.ts, which writes
it); the first line out is {"port": n, "guardedPort": n | null, "tlsPort": n | null}. After that every line in carries an
"id" and one command, {"stall": "/cam"}, {"resume": ...}, {"drop": ...}, {"return": ...}, {"count": ...}, {"resize": ...}
(with "size": [width, height]) or {"guard": ...} (with another "password"), and is answered by one line with the same "id" and "frames" (pictures handed to the RTP
payloader since the start) or "error".

The plan comes over stdin and not as an argument because it holds passwords and `ps` shows arguments.
The end of stdin ends the process: a test that is killed leaves no camera behind.
"""
import binascii
import json
import os
import sys
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
gi.require_version("GstVideo", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer, GstVideo  # noqa: E402

CLOCK_COLUMNS = 32  # layout of the burnt-in clock: burnt-clock.ts is its specification
CLOCK_ROWS_OF_PICTURE = 18


def clock_bits(epoch_ms):
    """64 cells: 1 0, 44 bits of UTC epoch ms, CRC-16/CCITT-FALSE of them as 6 bytes, 0 1."""
    crc = binascii.crc_hqx(epoch_ms.to_bytes(6, "big"), 0xFFFF)
    return format(0b10 << 62 | epoch_ms << 18 | crc << 2 | 0b01, "064b")


def epoch_offset(clock):
    """UTC ns at the zero of a pipeline's clock, to within half a millisecond: another thread may come between two readings."""
    while True:
        before = time.time_ns()
        now = clock.get_time()
        after = time.time_ns()
        if 0 <= after - before < 1_000_000:
            return (before + after) // 2 - now


def clock_burner(visitor):
    """Draws the clock of one pipeline. Its offset is taken once, so that a busy machine moves no picture's time."""
    offset = None

    def burn(overlay, sample):
        nonlocal offset
        if offset is None:
            offset = epoch_offset(overlay.get_clock())
        running = sample.get_segment().to_running_time(Gst.Format.TIME, sample.get_buffer().pts)
        return composition_of(sample, (offset + overlay.get_base_time() + running) // 1_000_000, visitor)

    return burn


def composition_of(sample, epoch_ms, visitor):
    """Overlay for one frame: the UTC ms at which the frame's own timestamp lies, and the visitor of that moment."""
    caps = sample.get_caps().get_structure(0)
    cell_width = caps.get_value("width") // CLOCK_COLUMNS
    cell_height = caps.get_value("height") // CLOCK_ROWS_OF_PICTURE
    bits = clock_bits(epoch_ms)
    cells = {"0": b"\x00\x00\x00\xff" * cell_width, "1": b"\xff\xff\xff\xff" * cell_width}
    rows = [b"".join(cells[bit] for bit in bits[start : start + CLOCK_COLUMNS]) for start in (0, CLOCK_COLUMNS)]
    pixels = Gst.Buffer.new_wrapped(b"".join(row * cell_height for row in rows))
    width, height = cell_width * CLOCK_COLUMNS, cell_height * 2
    GstVideo.buffer_add_video_meta(pixels, GstVideo.VideoFrameFlags.NONE, GstVideo.VideoFormat.BGRA, width, height)
    none = GstVideo.VideoOverlayFormatFlags.NONE
    composition = GstVideo.VideoOverlayComposition.new(
        GstVideo.VideoOverlayRectangle.new_raw(pixels, 0, 0, width, height, none)
    )
    if visitor and epoch_ms % visitor["everyMs"] < visitor["forMs"]:
        composition.add_rectangle(visitor_at(epoch_ms % visitor["everyMs"] / visitor["forMs"], caps))
    return composition


def visitor_at(part, caps):
    """A white box on its way through the left third of the picture, in the middle of its height."""
    picture_width, picture_height = caps.get_value("width"), caps.get_value("height")
    width, height = picture_width // 12, picture_height // 4
    pixels = Gst.Buffer.new_wrapped(b"\xff\xff\xff\xff" * (width * height))
    GstVideo.buffer_add_video_meta(pixels, GstVideo.VideoFrameFlags.NONE, GstVideo.VideoFormat.BGRA, width, height)
    left, top = int((0.02 + 0.28 * part) * picture_width), picture_height * 3 // 8
    none = GstVideo.VideoOverlayFormatFlags.NONE
    return GstVideo.VideoOverlayRectangle.new_raw(pixels, left, top, width, height, none)


def stamp_frames(fps):
    """A probe that gives each frame of a relay its time. An elementary stream has none and h264parse (1.22) makes none up;
    counted from the start, it goes on over the seam of the loop."""
    frames = 0

    def stamp(_pad, info):
        nonlocal frames
        buffer = info.get_buffer()
        buffer.pts = buffer.dts = frames * Gst.SECOND // fps
        frames += 1
        return Gst.PadProbeReturn.OK

    return stamp


GATE = "valve name=gate{n} ! identity name=sent{n} silent=true"
AUDIO_RATE = {"pcma": 8000, "aac": 16000}


def raw_caps(plan, width, height):
    return f"video/x-raw,format=I420,width={width},height={height},framerate={plan['fps']}/1"


def picture_launch(plan):
    """A live test picture with the clock burnt in, encoded here."""
    if plan["kind"] == "mjpeg":
        coded, payloader = "jpegenc quality=70", "rtpjpegpay name=pay0 pt=26"
    else:
        # One slice per picture: rtph264pay (1.22) puts parameter sets before every slice of a key frame, and FFmpeg then
        # takes each slice for a picture of its own.
        encoder, options = {
            "h264": ("x264enc", "threads=1:sliced-threads=0:scenecut=0"),
            "h265": ("x265enc", "frame-threads=1:slices=1:scenecut=0:bframes=0"),
        }[plan["kind"]]
        coded = (
            f"{encoder} tune=zerolatency speed-preset=ultrafast key-int-max={plan['gopFrames']} "
            f"bitrate={plan['kilobits']} option-string={options} ! {plan['kind']}parse"
        )
        payloader = f"rtp{plan['kind']}pay config-interval=-1 name=pay0 pt=96"
    background = plan.get("background", 0xFF000000)
    # Nothing moves but the visitor, where there is one.
    pattern = f"pattern=ball background-color={background}"
    if plan.get("visitor"):
        pattern = f"pattern=solid-color foreground-color={background}"
    return (
        f"videotestsrc is-live=true {pattern} ! "
        f"capsfilter name=size caps={raw_caps(plan, plan['width'], plan['height'])} ! "
        "clockoverlay valignment=bottom halignment=right time-format=%H:%M:%S ! overlaycomposition name=clock ! "
        f"{coded} ! queue ! {GATE.format(n=0)} ! {payloader}"
    )


def relay_launch(plan):
    """Encoded pictures from files, for ever, not encoded again; see stamp_frames for their time. Paced before the gate: a
    file would rush through a closed one."""
    codec = plan["codec"]
    return (
        f"multifilesrc location=\"{plan['pictures']}\" index=0 loop=true "
        f"caps=\"video/x-{codec},stream-format=byte-stream,framerate={plan['fps']}/1\" ! "
        f"{codec}parse name=parser ! clocksync ! {GATE.format(n=0)} ! rtp{codec}pay config-interval=-1 name=pay0 pt=96"
    )


def sound_launch(plan, n):
    """Sound as the n-th track: G.711 in packets of 20 ms like cameras send it, or AAC."""
    packets = "min-ptime=20000000 max-ptime=20000000"
    if plan["kind"] == "relay":
        return (
            f"multifilesrc location=\"{plan['sound']}\" loop=true ! "
            "rawaudioparse use-sink-caps=false format=alaw sample-rate=8000 num-channels=1 ! clocksync ! "
            f"{GATE.format(n=n)} ! rtppcmapay name=pay{n} pt=8 {packets}"
        )
    source = f"audiotestsrc is-live=true wave=ticks ! audio/x-raw,rate={AUDIO_RATE[plan['audio']]},channels=1 ! "
    if plan["audio"] == "aac":
        return f"{source}avenc_aac bitrate=32000 ! aacparse ! {GATE.format(n=n)} ! rtpmp4gpay name=pay{n} pt=97"
    return f"{source}alawenc ! {GATE.format(n=n)} ! rtppcmapay name=pay{n} pt=8 {packets}"


def launch(plan):
    tracks = []
    if plan["kind"] == "relay":
        tracks.append(relay_launch(plan))
    elif plan["kind"] != "audio":
        tracks.append(picture_launch(plan))
    if plan.get("audio") or plan.get("sound"):
        tracks.append(sound_launch(plan, len(tracks)))
    return "( " + " ".join(tracks) + " )"


class Camera:
    """One mount point and its faults. Its media exists only while somebody plays it."""

    def __init__(self, server, path, plan, guarded):
        self.server, self.path = server, path
        self.plan = plan
        self.stalled = False
        self.pipelines = []
        self.frames_of_ended = 0
        # Media begin and end in threads of the server.
        self.counting = threading.Lock()
        self.clients = []
        self.factory = GstRtspServer.RTSPMediaFactory()
        self.factory.set_launch(launch(plan))
        self.factory.set_shared(True)
        if guarded:
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role("user", "media.factory.access", True)
            permissions.add_permission_for_role("user", "media.factory.construct", True)
            self.factory.set_permissions(permissions)
        self.factory.connect("media-configure", self.on_media)
        self.put_up()

    def put_up(self):
        self.server.get_mount_points().add_factory(self.path, self.factory)

    def on_media(self, _factory, media):
        pipeline = media.get_element()
        clock = pipeline.get_by_name("clock")
        if clock:
            clock.connect("draw", clock_burner(self.plan.get("visitor")))
        parser = pipeline.get_by_name("parser")
        if parser:
            parser.get_static_pad("src").add_probe(Gst.PadProbeType.BUFFER, stamp_frames(self.plan["fps"]))
        self.pipelines.append(pipeline)
        media.connect("unprepared", lambda _media: self.on_end(pipeline))

    def on_end(self, pipeline):
        with self.counting:
            if pipeline in self.pipelines:
                self.pipelines.remove(pipeline)
                self.frames_of_ended += frames_through(pipeline)

    def gates(self):
        named = (pipeline.get_by_name(f"gate{n}") for pipeline in list(self.pipelines) for n in (0, 1))
        return [gate for gate in named if gate]

    def set_gates(self, closed):
        for gate in self.gates():
            gate.set_property("drop", closed)

    def stall(self):
        self.stalled = True
        self.set_gates(closed=True)

    def resume(self):
        if not self.stalled:
            return
        self.stalled = False
        for gate in self.gates():
            gate.get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER, until_key_frame)
        self.set_gates(closed=False)

    def resize(self, size):
        """Goes on with pictures of another size, like a camera whose settings are changed while it is watched."""
        self.plan = {**self.plan, "width": size[0], "height": size[1]}
        self.factory.set_launch(launch(self.plan))
        for pipeline in list(self.pipelines):
            caps = Gst.Caps.from_string(raw_caps(self.plan, *size))
            pipeline.get_by_name("size").set_property("caps", caps)

    def guard(self, password):
        """Another password for its user, like a camera whose settings are changed; whoever watches is sent away."""
        user = self.plan["digest"]["user"]
        self.server.get_auth().remove_digest(user)
        self.server.get_auth().add_digest(user, password, viewer_token())
        self.close_clients()

    def drop(self):
        self.server.get_mount_points().remove_factory(self.path)
        self.close_clients()

    def close_clients(self):
        for client in list(self.clients):
            client.close()

    def frames(self):
        with self.counting:
            return self.frames_of_ended + sum(frames_through(pipeline) for pipeline in self.pipelines)


def until_key_frame(_pad, info):
    """What a resumed camera sends first can be decoded by itself."""
    if info.get_buffer().has_flags(Gst.BufferFlags.DELTA_UNIT):
        return Gst.PadProbeReturn.DROP
    return Gst.PadProbeReturn.REMOVE


def frames_through(pipeline):
    return pipeline.get_by_name("sent0").get_property("stats").get_value("num-buffers")


def new_server():
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    # A thread per client: a camera that is slow to prepare must not hold up the others.
    server.get_thread_pool().set_max_threads(-1)
    return server


def viewer_token():
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    return token


def guard(server, plans):
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    for plan in plans:
        auth.add_digest(plan["digest"]["user"], plan["digest"]["password"], viewer_token())
    server.set_auth(auth)


def encrypt(server, certificate):
    """Serves RTSPS to anybody."""
    auth = GstRtspServer.RTSPAuth()
    auth.set_tls_certificate(Gio.TlsCertificate.new_from_pem(certificate, -1))
    auth.set_default_token(viewer_token())
    server.set_auth(auth)


def watch_clients(server, cameras):
    """A stalled camera still answers PLAY, for which the server waits until a picture of each track has come through: its
    gates are open for that long."""

    def on_request(_client, context):
        camera = cameras.get(context.uri.abspath.rstrip("/"))
        if camera:
            camera.set_gates(closed=False)
        return GstRtsp.RTSPStatusCode.OK

    def on_play(client, context):
        camera = cameras.get(context.uri.abspath.rstrip("/"))
        if camera:
            camera.set_gates(closed=camera.stalled)
            camera.clients.append(client)
            client.connect("closed", lambda closed: closed in camera.clients and camera.clients.remove(closed))

    def on_client(_server, client):
        client.connect("pre-play-request", on_request)
        client.connect("play-request", on_play)

    server.connect("client-connected", on_client)


def obey(cameras, request):
    """Runs in the main loop; one command, one answer."""
    answer = {"id": request.pop("id")}
    size = request.pop("size", None)
    password = request.pop("password", None)
    ((command, path),) = request.items()
    camera = cameras.get(path)
    if camera is None:
        answer["error"] = f"no camera {path}"
    else:
        {
            "stall": camera.stall,
            "resume": camera.resume,
            "drop": camera.drop,
            "return": camera.put_up,
            "count": lambda: None,
            "resize": lambda: camera.resize(size),
            "guard": lambda: camera.guard(password),
        }[command]()
        answer["frames"] = camera.frames()
    print(json.dumps(answer), flush=True)
    return False


def main():
    Gst.init(None)
    plans = json.loads(sys.stdin.readline())
    cameras = {}
    guarded_plans = [plan for plan in plans.values() if plan.get("digest")]
    tls_plans = [plan for plan in plans.values() if plan.get("tls")]
    open_server, guarded_server, tls_server = new_server(), None, None
    servers = [open_server]
    # With authentication on, GStreamer answers 404 and not 401 to strangers it has a default token for: two servers.
    if guarded_plans:
        guarded_server = new_server()
        guard(guarded_server, guarded_plans)
        servers.append(guarded_server)
    if tls_plans:
        tls_server = new_server()
        encrypt(tls_server, tls_plans[0]["tls"])
        servers.append(tls_server)
    for path, plan in plans.items():
        server = guarded_server if plan.get("digest") else tls_server if plan.get("tls") else open_server
        cameras[path] = Camera(server, path, plan, server is not open_server)
    for server in servers:
        watch_clients(server, cameras)
        server.attach(None)
    port, guarded_port, tls_port = (
        server and server.get_bound_port() for server in (open_server, guarded_server, tls_server)
    )
    print(json.dumps({"port": port, "guardedPort": guarded_port, "tlsPort": tls_port}), flush=True)

    def read_commands():
        for line in sys.stdin:
            GLib.idle_add(obey, cameras, json.loads(line))
        os._exit(0)

    threading.Thread(target=read_commands, daemon=True).start()
    GLib.MainLoop().run()


main()
