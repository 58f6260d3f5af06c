"""In PostgreSQL too an index of the words of the search texts, so that a search of words need look at no text.

The words are those that `store.search_tokens.indexed_words` names, found by the database itself: whoever writes the
search texts need not know of them.  Another version of that function needs a step that builds the lists anew.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

_RUN = "[0-9a-z\u00c0-\u0dff\u10a0-\u177f\u1800-\u1fff\u2c00-\u2dff]+"
_MARKS = "'\u00b9', '\u00b2'"
_STATEMENTS = (
    'CREATE TABLE search_words (word text COLLATE "C" PRIMARY KEY)',
    "CREATE INDEX ix_search_words_word ON search_words USING gin (word gin_trgm_ops)",
    (
        "CREATE TABLE search_word_lists (post bigint PRIMARY KEY REFERENCES search_texts ON DELETE CASCADE,"
        " words text[] NOT NULL)"
    ),
    (
        # A very long word comes in windows that overlap, so that each term lies whole in one of them.
        "CREATE FUNCTION search_words_in(folded text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$"
        " WITH words AS MATERIALIZED"
        f" (SELECT DISTINCT found.run[1] AS word FROM regexp_matches(folded, '{_RUN}', 'g') AS found(run))"
        " SELECT word FROM words WHERE length(word) <= 64 UNION SELECT substr(word, start, 64)"
        " FROM words, generate_series(1, length(word) - 32, 32) start WHERE length(word) > 64 $$"
    ),
    (
        # What a title's words are taken to come to in the worst case would have each call compiled first.
        "CREATE FUNCTION indexed_words(title text, others text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE"
        " SET jit = off AS $$ SELECT ARRAY(SELECT search_words_in(title || ' ' || others))"
        " || ARRAY(SELECT '\u00b9' || word FROM search_words_in(title) word)"
        " || ARRAY(SELECT DISTINCT '\u00b2' || substr(word, start, size) FROM search_words_in(title) word,"
        " generate_series(1, 2) size, generate_series(1, length(word) - size + 1) start) $$"
    ),
    (
        "CREATE FUNCTION search_texts_told() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE told text[] := indexed_words(new.title, concat_ws(' ', new.excerpt, new.content, new.file));"
        " BEGIN INSERT INTO search_word_lists VALUES (new.post, told)"
        " ON CONFLICT (post) DO UPDATE SET words = excluded.words;"
        f" INSERT INTO search_words SELECT word FROM unnest(told) word WHERE left(word, 1) NOT IN ({_MARKS})"
        " ON CONFLICT DO NOTHING; RETURN NULL; END $$"
    ),
    (
        "INSERT INTO search_word_lists"
        " SELECT post, indexed_words(title, concat_ws(' ', excerpt, content, file)) FROM search_texts"
    ),
    (
        "INSERT INTO search_words SELECT DISTINCT word FROM search_word_lists, unnest(words) word"
        f" WHERE left(word, 1) NOT IN ({_MARKS})"
    ),
    "CREATE INDEX ix_search_word_lists_words ON search_word_lists USING gin (words)",
    (
        "CREATE TRIGGER search_texts_told AFTER INSERT OR UPDATE ON search_texts"
        " FOR EACH ROW EXECUTE FUNCTION search_texts_told()"
    ),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in _STATEMENTS:
            op.get_bind().exec_driver_sql(statement)
