-- What moved: how cameras are looked at, events, and a heat map per segment. All of it goes with its footage.

-- A camera without a row is looked at as any other.
CREATE TABLE motion_settings (
  camera_id   TEXT PRIMARY KEY REFERENCES cameras (id),
  enabled     INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  sensitivity INTEGER NOT NULL CHECK (sensitivity BETWEEN 0 AND 100),
  -- JSON: areas that are never looked at, each a list of corners in parts of the picture.
  masks       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE motion_events (
  stream_number INTEGER NOT NULL REFERENCES streams (number),
  start_ms      INTEGER NOT NULL,
  -- The last keyframe with motion: the same as the start when there was one alone.
  end_ms        INTEGER NOT NULL CHECK (end_ms >= start_ms),
  peak_ms       INTEGER NOT NULL CHECK (peak_ms BETWEEN start_ms AND end_ms),
  -- Moving part of the picture at the peak, in thousandths.
  peak_level    INTEGER NOT NULL CHECK (peak_level BETWEEN 0 AND 1000),
  cells         BLOB NOT NULL CHECK (length(cells) = 18),
  PRIMARY KEY (stream_number, start_ms)
) STRICT, WITHOUT ROWID;

-- Only segments in which something moved have one (recorder/motion/heat-map.ts); a day lies side by side for a search.
CREATE TABLE heat_maps (
  stream_number INTEGER NOT NULL,
  start_ms      INTEGER NOT NULL,
  cells         BLOB NOT NULL,
  PRIMARY KEY (stream_number, start_ms),
  FOREIGN KEY (stream_number, start_ms) REFERENCES segments (stream_number, start_ms) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- An event goes with the segment it begins in, or else with the first one after it.
CREATE TRIGGER segments_take_motion AFTER DELETE ON segments
BEGIN
  DELETE FROM motion_events
    WHERE stream_number = OLD.stream_number AND start_ms < OLD.end_ms
      AND start_ms >= coalesce((SELECT end_ms FROM segments WHERE stream_number = OLD.stream_number
        AND start_ms < OLD.start_ms ORDER BY start_ms DESC LIMIT 1), 0);
END;
