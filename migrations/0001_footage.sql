-- Cameras, their streams and secrets, the footage store with its coverage and garbage list, settings. Times are UTC epoch milliseconds.
-- Ids the world sees are UUIDs; rows that are counted in millions refer to streams, inits and volumes by number.

CREATE TABLE cameras (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  recording   INTEGER NOT NULL CHECK (recording IN (0, 1)),
  created_ms  INTEGER NOT NULL,
  removed_ms  INTEGER
) STRICT;
-- The operator tells cameras apart by name; a removed camera gives its name free.
CREATE UNIQUE INDEX cameras_one_name ON cameras (name COLLATE NOCASE) WHERE removed_ms IS NULL;

CREATE TABLE streams (
  number      INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  camera_id   TEXT NOT NULL REFERENCES cameras (id),
  role        TEXT NOT NULL CHECK (role IN ('main', 'sub')),
  source      TEXT NOT NULL CHECK (source IN ('rtsp', 'http', 'test-pattern')),
  url         TEXT,
  transport   TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
  CHECK ((source = 'test-pattern') = (url IS NULL)),
  UNIQUE (camera_id, role)
) STRICT;

-- Encrypted by the shell's secret box; never a readable column.
CREATE TABLE credentials (
  stream_number INTEGER PRIMARY KEY REFERENCES streams (number),
  sealed        BLOB NOT NULL
) STRICT;

CREATE TABLE volumes (
  number      INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  folder      TEXT NOT NULL,
  added_ms    INTEGER NOT NULL
) STRICT;

CREATE TABLE inits (
  number        INTEGER PRIMARY KEY,
  stream_number INTEGER NOT NULL REFERENCES streams (number),
  sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
  bytes         BLOB NOT NULL,
  UNIQUE (stream_number, sha256)
) STRICT;

-- The key is the segment's name: segments of one stream never overlap (store invariant 3), and a day of a stream lies
-- side by side on the pages that a timeline reads.
CREATE TABLE segments (
  stream_number INTEGER NOT NULL REFERENCES streams (number),
  start_ms      INTEGER NOT NULL,
  end_ms        INTEGER NOT NULL CHECK (end_ms > start_ms),
  run_start_ms  INTEGER NOT NULL CHECK (run_start_ms <= start_ms),
  size_bytes    INTEGER NOT NULL CHECK (size_bytes > 0),
  volume_number INTEGER NOT NULL REFERENCES volumes (number),
  init_number   INTEGER NOT NULL REFERENCES inits (number),
  sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
  PRIMARY KEY (stream_number, start_ms)
) STRICT, WITHOUT ROWID;

-- Store invariant 3, kept by the table itself, whoever writes.
CREATE TRIGGER segments_never_overlap BEFORE INSERT ON segments
WHEN EXISTS (SELECT 1 FROM segments WHERE stream_number = NEW.stream_number AND start_ms >= NEW.start_ms AND start_ms < NEW.end_ms)
  OR (SELECT end_ms FROM segments WHERE stream_number = NEW.stream_number AND start_ms < NEW.start_ms
      ORDER BY start_ms DESC LIMIT 1) > NEW.start_ms
BEGIN
  SELECT RAISE(ABORT, 'segments of a stream never overlap');
END;
CREATE TRIGGER segments_never_move BEFORE UPDATE OF stream_number, start_ms, end_ms ON segments
BEGIN
  SELECT RAISE(ABORT, 'a segment keeps its times');
END;

-- What a timeline draws: the segments of a stream with those that follow each other joined, so that a month is read from
-- as many rows as it has interruptions, not from millions of segments. Derived, and kept by the triggers below. Segments
-- at most 100 ms apart are joined: inside a run only the rounding and slewing of wall times lies between them.
CREATE TABLE coverage (
  stream_number INTEGER NOT NULL REFERENCES streams (number),
  start_ms      INTEGER NOT NULL,
  end_ms        INTEGER NOT NULL CHECK (end_ms > start_ms),
  PRIMARY KEY (stream_number, start_ms)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER segments_cover AFTER INSERT ON segments
BEGIN
  UPDATE coverage SET end_ms = NEW.end_ms
    WHERE stream_number = NEW.stream_number
      AND start_ms = (SELECT max(start_ms) FROM coverage WHERE stream_number = NEW.stream_number AND start_ms < NEW.start_ms)
      AND end_ms >= NEW.start_ms - 100 AND end_ms <= NEW.start_ms;
  INSERT INTO coverage
    SELECT NEW.stream_number, NEW.start_ms, NEW.end_ms
    WHERE NEW.end_ms > coalesce((SELECT end_ms FROM coverage WHERE stream_number = NEW.stream_number
      AND start_ms <= NEW.start_ms ORDER BY start_ms DESC LIMIT 1), 0);
  -- The row that now ends with the new segment takes in the one that begins right behind it.
  UPDATE coverage SET end_ms = (SELECT end_ms FROM coverage AS later WHERE later.stream_number = NEW.stream_number
      AND later.start_ms BETWEEN NEW.end_ms AND NEW.end_ms + 100 ORDER BY later.start_ms LIMIT 1)
    WHERE stream_number = NEW.stream_number
      AND start_ms = (SELECT max(start_ms) FROM coverage WHERE stream_number = NEW.stream_number AND start_ms <= NEW.start_ms)
      AND EXISTS (SELECT 1 FROM coverage AS later WHERE later.stream_number = NEW.stream_number
        AND later.start_ms BETWEEN NEW.end_ms AND NEW.end_ms + 100);
  DELETE FROM coverage
    WHERE stream_number = NEW.stream_number
      AND start_ms = (SELECT min(start_ms) FROM coverage WHERE stream_number = NEW.stream_number
        AND start_ms BETWEEN NEW.end_ms AND NEW.end_ms + 100);
END;

CREATE TRIGGER segments_uncover AFTER DELETE ON segments
BEGIN
  -- What the row has behind the deleted segment becomes a row of its own …
  INSERT INTO coverage
    SELECT row.stream_number, later.start_ms, row.end_ms
    FROM coverage AS row, segments AS later
    WHERE row.stream_number = OLD.stream_number
      AND row.start_ms = (SELECT max(start_ms) FROM coverage WHERE stream_number = OLD.stream_number AND start_ms <= OLD.start_ms)
      AND row.end_ms > OLD.end_ms
      AND later.stream_number = OLD.stream_number
      AND later.start_ms = (SELECT min(start_ms) FROM segments WHERE stream_number = OLD.stream_number AND start_ms > OLD.start_ms)
      AND later.start_ms - 100 > coalesce((SELECT end_ms FROM segments WHERE stream_number = OLD.stream_number
        AND start_ms < OLD.start_ms AND start_ms >= row.start_ms ORDER BY start_ms DESC LIMIT 1), 0);
  -- … and what it has before ends with the segment before.
  UPDATE coverage SET end_ms = (SELECT end_ms FROM segments WHERE stream_number = OLD.stream_number
      AND start_ms < OLD.start_ms ORDER BY start_ms DESC LIMIT 1)
    WHERE stream_number = OLD.stream_number
      AND start_ms = (SELECT max(start_ms) FROM coverage WHERE stream_number = OLD.stream_number AND start_ms < OLD.start_ms)
      AND end_ms >= OLD.end_ms
      AND (end_ms = OLD.end_ms OR EXISTS (SELECT 1 FROM coverage AS later WHERE later.stream_number = OLD.stream_number
        AND later.start_ms > OLD.start_ms AND later.end_ms = coverage.end_ms));
  DELETE FROM coverage WHERE stream_number = OLD.stream_number AND start_ms = OLD.start_ms;
END;

CREATE TABLE fragment_indexes (
  stream_number INTEGER NOT NULL,
  start_ms      INTEGER NOT NULL,
  spans         BLOB NOT NULL,
  PRIMARY KEY (stream_number, start_ms),
  FOREIGN KEY (stream_number, start_ms) REFERENCES segments (stream_number, start_ms) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE gaps (
  stream_number INTEGER NOT NULL REFERENCES streams (number),
  start_ms      INTEGER NOT NULL,
  end_ms        INTEGER CHECK (end_ms > start_ms),
  reason        TEXT NOT NULL,
  PRIMARY KEY (stream_number, start_ms)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX gaps_one_open ON gaps (stream_number) WHERE end_ms IS NULL;

-- Files on their way out: the row left `segments`, the file may still be there (store procedure Delete).
CREATE TABLE garbage (
  volume_number INTEGER NOT NULL REFERENCES volumes (number),
  path          TEXT NOT NULL,
  since_ms      INTEGER NOT NULL,
  PRIMARY KEY (volume_number, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name        TEXT PRIMARY KEY,
  value       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
