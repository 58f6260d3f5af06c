"""In SQLite an index of the words of the search texts, so that a search of words need look at no text; and an index
of the posts by id, type, status and date, so that what was found is counted and ordered without reading the posts.

The index of words holds no copy of what it was told.  Its triggers call `indexed_words`, which every connection of
`store.sqlite` knows: a program of another kind can read the database, but not change what is searched.  Another
version of that function needs a step that builds the index anew.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_COLUMNS = "title, excerpt, content, file"
_NEW = "new.post, new.title, new.excerpt, new.content, new.file"
_OLD = _NEW.replace("new.", "old.")
_NEW_WORDS = "indexed_words(new.title, new.excerpt, new.content, new.file)"
_OLD_WORDS = _NEW_WORDS.replace("new.", "old.")
_LEARN = (
    "INSERT OR IGNORE INTO search_words (word) SELECT j.value FROM json_each('[\"' ||"
    f" replace({_NEW_WORDS}, ' ', '\",\"') || '\"]') j WHERE unicode(j.value) NOT IN (178, 185);"
)
"""Adds the words of a text to the vocabulary: all but the marked ones."""
_TOLD = (
    f"INSERT INTO search_index (rowid, {_COLUMNS}) VALUES ({_NEW});"
    f" INSERT INTO search_word_index (rowid, words) VALUES (new.post, {_NEW_WORDS});"
)
_UNTOLD = (
    f"INSERT INTO search_index (search_index, rowid, {_COLUMNS}) VALUES ('delete', {_OLD});"
    f" INSERT INTO search_word_index (search_word_index, rowid, words) VALUES ('delete', old.post, {_OLD_WORDS});"
)
_SQLITE = (
    "DROP TRIGGER search_texts_insert",
    "DROP TRIGGER search_texts_delete",
    "DROP TRIGGER search_texts_update",
    (
        "CREATE VIRTUAL TABLE search_word_index USING fts5(words, content='', tokenize='ascii', detail='none',"
        " columnsize=0)"
    ),
    "CREATE VIRTUAL TABLE search_word_counts USING fts5vocab(search_word_index, 'row')",
    "CREATE TABLE search_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)",
    (
        "CREATE VIRTUAL TABLE search_vocabulary USING fts5(word, content='search_words', content_rowid='id',"
        " tokenize='trigram case_sensitive 1', detail='none', columnsize=0)"
    ),
    (
        "CREATE TRIGGER search_words_insert AFTER INSERT ON search_words BEGIN"
        " INSERT INTO search_vocabulary (rowid, word) VALUES (new.id, new.word); END"
    ),
    (
        "CREATE TRIGGER search_words_delete AFTER DELETE ON search_words BEGIN"
        " INSERT INTO search_vocabulary (search_vocabulary, rowid, word) VALUES ('delete', old.id, old.word); END"
    ),
    (
        "INSERT INTO search_word_index (rowid, words)"
        f" SELECT new.post, {_NEW_WORDS} FROM search_texts new ORDER BY new.post"
    ),
    "INSERT INTO search_words (word) SELECT term FROM search_word_counts WHERE unicode(term) NOT IN (178, 185)",
    f"CREATE TRIGGER search_texts_insert AFTER INSERT ON search_texts BEGIN {_TOLD} {_LEARN} END",
    f"CREATE TRIGGER search_texts_delete AFTER DELETE ON search_texts BEGIN {_UNTOLD} END",
    f"CREATE TRIGGER search_texts_update AFTER UPDATE ON search_texts BEGIN {_UNTOLD} {_TOLD} {_LEARN} END",
)


def upgrade() -> None:
    op.create_index("ix_posts_id_type_status_date", "posts", ["id", "type", "status", "date"])
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE:
            op.get_bind().exec_driver_sql(statement)
