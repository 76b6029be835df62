-- Tags, marks with their full-text index, and the saved views of the wall.

CREATE TABLE tags (
  number      INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  category    TEXT NOT NULL,
  colour      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX tags_one_name ON tags (name COLLATE NOCASE);

-- A mark is about what a camera saw, whichever of its streams shows it. Without an end it is about a moment.
CREATE TABLE marks (
  number      INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  camera_id   TEXT NOT NULL REFERENCES cameras (id),
  kind        TEXT NOT NULL CHECK (kind IN ('note', 'marker', 'warning', 'evidence')),
  start_ms    INTEGER NOT NULL,
  end_ms      INTEGER CHECK (end_ms > start_ms),
  text        TEXT NOT NULL,
  author      TEXT NOT NULL,
  created_ms  INTEGER NOT NULL,
  changed_ms  INTEGER NOT NULL
) STRICT;
CREATE INDEX marks_of_camera ON marks (camera_id, start_ms);
CREATE INDEX marks_by_time ON marks (start_ms, id);

CREATE TABLE mark_tags (
  mark_number INTEGER NOT NULL REFERENCES marks (number) ON DELETE CASCADE,
  tag_number  INTEGER NOT NULL REFERENCES tags (number) ON DELETE CASCADE,
  PRIMARY KEY (mark_number, tag_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_tags_of_tag ON mark_tags (tag_number, mark_number);

-- Everything about a mark that words can be found in; a row's rowid is the mark's number. It holds its own copy of the
-- words: an index over the tables alone would need their old values at each change, and be wrong for ever if it missed one.
CREATE VIRTUAL TABLE mark_words USING fts5 (
  text, tags, camera, author,
  tokenize = "unicode61 remove_diacritics 2",
  prefix = '2 3'
);

CREATE TRIGGER mark_words_added AFTER INSERT ON marks
BEGIN
  INSERT INTO mark_words (rowid, text, tags, camera, author)
    VALUES (NEW.number, NEW.text, '', (SELECT name FROM cameras WHERE id = NEW.camera_id), NEW.author);
END;
CREATE TRIGGER mark_words_changed AFTER UPDATE OF text ON marks
BEGIN
  UPDATE mark_words SET text = NEW.text WHERE rowid = NEW.number;
END;
CREATE TRIGGER mark_words_removed AFTER DELETE ON marks
BEGIN
  DELETE FROM mark_words WHERE rowid = OLD.number;
END;
CREATE TRIGGER marks_keep_their_camera BEFORE UPDATE OF number, camera_id, author ON marks
BEGIN
  SELECT RAISE(ABORT, 'a mark keeps its camera and its author');
END;

CREATE TRIGGER mark_words_tagged AFTER INSERT ON mark_tags
BEGIN
  UPDATE mark_words SET tags = (SELECT group_concat(tags.category || ' ' || tags.name, char(10))
      FROM mark_tags JOIN tags ON tags.number = mark_tags.tag_number WHERE mark_tags.mark_number = NEW.mark_number)
    WHERE rowid = NEW.mark_number;
END;
CREATE TRIGGER mark_words_untagged AFTER DELETE ON mark_tags
BEGIN
  UPDATE mark_words SET tags = coalesce((SELECT group_concat(tags.category || ' ' || tags.name, char(10))
      FROM mark_tags JOIN tags ON tags.number = mark_tags.tag_number WHERE mark_tags.mark_number = OLD.mark_number), '')
    WHERE rowid = OLD.mark_number;
END;
CREATE TRIGGER mark_words_tag_renamed AFTER UPDATE OF name, category ON tags
BEGIN
  UPDATE mark_words SET tags = (SELECT group_concat(tags.category || ' ' || tags.name, char(10))
      FROM mark_tags JOIN tags ON tags.number = mark_tags.tag_number WHERE mark_tags.mark_number = mark_words.rowid)
    WHERE rowid IN (SELECT mark_number FROM mark_tags WHERE tag_number = NEW.number);
END;
CREATE TRIGGER mark_words_camera_renamed AFTER UPDATE OF name ON cameras
BEGIN
  UPDATE mark_words SET camera = NEW.name WHERE rowid IN (SELECT number FROM marks WHERE camera_id = NEW.id);
END;

-- How somebody arranged the wall; whose it is, is said by the person's name.
CREATE TABLE views (
  id          TEXT PRIMARY KEY,
  owner       TEXT NOT NULL,
  name        TEXT NOT NULL,
  layout      TEXT NOT NULL CHECK (json_valid(layout)),
  changed_ms  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX views_one_name ON views (owner, name COLLATE NOCASE);
