-- How long footage is kept and where: retention of cameras, several volumes, evidence locks, the hash chain, what was found
-- damaged, and alarms.

-- Undefined is without limit: then footage goes when its room is needed.
ALTER TABLE cameras ADD COLUMN keep_days INTEGER CHECK (keep_days > 0);
ALTER TABLE cameras ADD COLUMN quota_bytes INTEGER CHECK (quota_bytes > 0);

ALTER TABLE volumes ADD COLUMN name TEXT NOT NULL DEFAULT 'Recordings';
-- What is to stay free; undefined is the rule's own.
ALTER TABLE volumes ADD COLUMN reserve_bytes INTEGER CHECK (reserve_bytes >= 0);
-- Nothing new is recorded on a retired volume.
ALTER TABLE volumes ADD COLUMN retired_ms INTEGER;

-- SHA-256 over the chain of the segment before, this one's own SHA-256, its start and its end: a segment that was exchanged,
-- taken out or put in shows at the next one. Undefined for rows from before there was a chain.
ALTER TABLE segments ADD COLUMN chain BLOB CHECK (length(chain) = 32);
-- Oldest first on a volume, for deletion, and the order in which a volume is read through.
CREATE INDEX segments_by_volume ON segments (volume_number, start_ms, stream_number);

-- Where the chain before a segment is not that of the row before it: what was before is deleted, or came later.
CREATE TABLE chain_anchors (
  stream_number INTEGER NOT NULL REFERENCES streams (number),
  start_ms      INTEGER NOT NULL,
  chain_before  BLOB NOT NULL CHECK (length(chain_before) = 32),
  PRIMARY KEY (stream_number, start_ms)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER segments_keep_chain AFTER DELETE ON segments WHEN OLD.chain IS NOT NULL
BEGIN
  INSERT INTO chain_anchors
    SELECT stream_number, start_ms, OLD.chain FROM segments
    WHERE stream_number = OLD.stream_number AND start_ms > OLD.start_ms ORDER BY start_ms LIMIT 1
    ON CONFLICT DO NOTHING;
  DELETE FROM chain_anchors WHERE stream_number = OLD.stream_number AND start_ms = OLD.start_ms;
END;

-- What each stream has on each volume. Derived, and kept by the triggers below.
CREATE TABLE stored_footage (
  stream_number INTEGER NOT NULL REFERENCES streams (number),
  volume_number INTEGER NOT NULL REFERENCES volumes (number),
  segments      INTEGER NOT NULL,
  size_bytes    INTEGER NOT NULL,
  PRIMARY KEY (stream_number, volume_number)
) STRICT, WITHOUT ROWID;
INSERT INTO stored_footage
  SELECT stream_number, volume_number, count(*), sum(size_bytes) FROM segments GROUP BY stream_number, volume_number;
CREATE TRIGGER segments_stored AFTER INSERT ON segments
BEGIN
  INSERT INTO stored_footage VALUES (NEW.stream_number, NEW.volume_number, 1, NEW.size_bytes)
    ON CONFLICT DO UPDATE SET segments = segments + 1, size_bytes = size_bytes + excluded.size_bytes;
END;
CREATE TRIGGER segments_unstored AFTER DELETE ON segments
BEGIN
  UPDATE stored_footage SET segments = segments - 1, size_bytes = size_bytes - OLD.size_bytes
    WHERE stream_number = OLD.stream_number AND volume_number = OLD.volume_number;
END;

-- A lock holds all footage of a camera that touches its range, what is recorded later as well.
CREATE TABLE evidence_locks (
  id          TEXT PRIMARY KEY,
  camera_id   TEXT NOT NULL REFERENCES cameras (id),
  start_ms    INTEGER NOT NULL,
  end_ms      INTEGER NOT NULL CHECK (end_ms > start_ms),
  reason      TEXT NOT NULL,
  created_ms  INTEGER NOT NULL,
  created_by  TEXT NOT NULL,
  expires_ms  INTEGER,
  released_ms INTEGER,
  released_by TEXT,
  CHECK ((released_ms IS NULL) = (released_by IS NULL))
) STRICT;
CREATE INDEX evidence_locks_held ON evidence_locks (camera_id, start_ms) WHERE released_ms IS NULL;

-- Store invariant 4, kept by the table itself, whoever deletes.
CREATE TRIGGER segments_locked BEFORE DELETE ON segments
WHEN EXISTS (
  SELECT 1 FROM evidence_locks JOIN streams ON streams.camera_id = evidence_locks.camera_id
  WHERE streams.number = OLD.stream_number AND released_ms IS NULL
    AND evidence_locks.start_ms < OLD.end_ms AND evidence_locks.end_ms > OLD.start_ms)
BEGIN
  SELECT RAISE(ABORT, 'a locked segment is never deleted');
END;

-- Segments whose file is not what its row says; the file is kept as it is.
CREATE TABLE damages (
  stream_number INTEGER NOT NULL,
  start_ms      INTEGER NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('missing', 'size', 'hash', 'unreadable')),
  found_ms      INTEGER NOT NULL,
  PRIMARY KEY (stream_number, start_ms),
  FOREIGN KEY (stream_number, start_ms) REFERENCES segments (stream_number, start_ms) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One alarm of a kind stands for a subject at a time.
CREATE TABLE alarms (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  detail      TEXT NOT NULL CHECK (json_valid(detail)),
  raised_ms   INTEGER NOT NULL,
  cleared_ms  INTEGER
) STRICT;
CREATE UNIQUE INDEX alarms_one_standing ON alarms (kind, subject) WHERE cleared_ms IS NULL;
CREATE INDEX alarms_by_time ON alarms (raised_ms);
