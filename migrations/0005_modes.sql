-- How a camera is recorded, what its pictures are made into, and how its streams were doing, minute by minute.

-- Whether it is recorded at all stands in `cameras.recording`; a camera without a row here is recorded continuously.
CREATE TABLE recording_modes (
  camera_id       TEXT PRIMARY KEY REFERENCES cameras (id),
  kind            TEXT NOT NULL CHECK (kind IN ('continuous', 'motion', 'schedule')),
  -- Seven days from Monday, each of 24 hours: `c` continuously, `m` on motion, `-` not at all.
  week            TEXT NOT NULL CHECK (length(week) = 168 AND week NOT GLOB '*[^cm-]*'),
  pre_roll_ms     INTEGER NOT NULL CHECK (pre_roll_ms >= 0),
  post_roll_ms    INTEGER NOT NULL CHECK (post_roll_ms >= 0),
  -- Recorded by hand until then.
  manual_until_ms INTEGER
) STRICT;

CREATE TABLE storage_savers (
  camera_id    TEXT PRIMARY KEY REFERENCES cameras (id),
  codec        TEXT NOT NULL CHECK (codec IN ('h264', 'h265')),
  height_limit INTEGER,
  fps_limit    INTEGER,
  kilobits     INTEGER NOT NULL CHECK (kilobits > 0)
) STRICT;

-- The minutes of all streams lie side by side, as they are written and read: what a minute has to say of each.
CREATE TABLE stream_minutes (
  at_ms            INTEGER NOT NULL,
  stream_number    INTEGER NOT NULL REFERENCES streams (number),
  -- How much of the minute pictures came, and how much of it was recorded.
  running_ms       INTEGER NOT NULL,
  recording_ms     INTEGER NOT NULL,
  frames           INTEGER NOT NULL,
  size_bytes       INTEGER NOT NULL,
  -- The longest time between keyframes.
  keyframe_ms      INTEGER,
  restarts         INTEGER NOT NULL,
  -- Why it was away last, if it was.
  reason           TEXT,
  PRIMARY KEY (at_ms, stream_number)
) STRICT, WITHOUT ROWID;
