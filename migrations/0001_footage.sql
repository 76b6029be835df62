-- Cameras, their streams and secrets, the footage store, its garbage list, settings. Times are UTC epoch milliseconds.
-- Ids the world sees are UUIDs; rows that are counted in millions refer to streams, inits and volumes by number.

CREATE TABLE cameras (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  recording   INTEGER NOT NULL CHECK (recording IN (0, 1)),
  created_ms  INTEGER NOT NULL,
  removed_ms  INTEGER
) STRICT;

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
