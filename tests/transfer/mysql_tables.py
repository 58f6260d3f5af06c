"""WordPress's tables as MySQL types them, and loading them from a SQLite copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pymysql

ID = "bigint unsigned NOT NULL"
TIME = "datetime NOT NULL DEFAULT '0000-00-00 00:00:00'"
OWNERS = {"postmeta": "post_id", "usermeta": "user_id", "termmeta": "term_id", "commentmeta": "comment_id"}

TABLES: Mapping[str, Mapping[str, str]] = {
    "posts": {
        "ID": ID,
        "post_author": ID,
        "post_date": TIME,
        "post_date_gmt": TIME,
        "post_content": "longtext NOT NULL",
        "post_title": "text NOT NULL",
        "post_excerpt": "text NOT NULL",
        "post_status": "varchar(20) NOT NULL",
        "comment_status": "varchar(20) NOT NULL",
        "ping_status": "varchar(20) NOT NULL",
        "post_password": "varchar(255) NOT NULL",
        "post_name": "varchar(200) NOT NULL",
        "to_ping": "text NOT NULL",
        "pinged": "text NOT NULL",
        "post_modified": TIME,
        "post_modified_gmt": TIME,
        "post_content_filtered": "longtext NOT NULL",
        "post_parent": ID,
        "guid": "varchar(255) NOT NULL",
        "menu_order": "int NOT NULL",
        "post_type": "varchar(20) NOT NULL",
        "post_mime_type": "varchar(100) NOT NULL",
        "comment_count": "bigint NOT NULL",
    },
    "postmeta": {"meta_id": ID, "post_id": ID, "meta_key": "varchar(255)", "meta_value": "longtext"},
    "terms": {
        "term_id": ID,
        "name": "varchar(200) NOT NULL",
        "slug": "varchar(200) NOT NULL",
        "term_group": "bigint NOT NULL",
    },
    "termmeta": {"meta_id": ID, "term_id": ID, "meta_key": "varchar(255)", "meta_value": "longtext"},
    "term_taxonomy": {
        "term_taxonomy_id": ID,
        "term_id": ID,
        "taxonomy": "varchar(32) NOT NULL",
        "description": "longtext NOT NULL",
        "parent": ID,
        "count": "bigint NOT NULL",
    },
    "term_relationships": {"object_id": ID, "term_taxonomy_id": ID, "term_order": "int NOT NULL"},
    "users": {
        "ID": ID,
        "user_login": "varchar(60) NOT NULL",
        "user_pass": "varchar(255) NOT NULL",
        "user_nicename": "varchar(50) NOT NULL",
        "user_email": "varchar(100) NOT NULL",
        "user_url": "varchar(100) NOT NULL",
        "user_registered": TIME,
        "user_activation_key": "varchar(255) NOT NULL",
        "user_status": "int NOT NULL",
        "display_name": "varchar(250) NOT NULL",
    },
    "usermeta": {"umeta_id": ID, "user_id": ID, "meta_key": "varchar(255)", "meta_value": "longtext"},
    "comments": {
        "comment_ID": ID,
        "comment_post_ID": ID,
        "comment_author": "tinytext NOT NULL",
        "comment_author_email": "varchar(100) NOT NULL",
        "comment_author_url": "varchar(200) NOT NULL",
        "comment_author_IP": "varchar(100) NOT NULL",
        "comment_date": TIME,
        "comment_date_gmt": TIME,
        "comment_content": "text NOT NULL",
        "comment_karma": "int NOT NULL",
        "comment_approved": "varchar(20) NOT NULL",
        "comment_agent": "varchar(255) NOT NULL",
        "comment_type": "varchar(20) NOT NULL",
        "comment_parent": ID,
        "user_id": ID,
    },
    "commentmeta": {"meta_id": ID, "comment_id": ID, "meta_key": "varchar(255)", "meta_value": "longtext"},
    "options": {
        "option_id": ID,
        "option_name": "varchar(191) NOT NULL",
        "option_value": "longtext NOT NULL",
        "autoload": "varchar(20) NOT NULL",
    },
    "links": {
        "link_id": ID,
        "link_url": "varchar(255) NOT NULL",
        "link_name": "varchar(255) NOT NULL",
        "link_image": "varchar(255) NOT NULL",
        "link_target": "varchar(25) NOT NULL",
        "link_description": "varchar(255) NOT NULL",
        "link_visible": "varchar(20) NOT NULL",
        "link_owner": ID,
        "link_rating": "int NOT NULL",
        "link_updated": TIME,
        "link_rel": "varchar(255) NOT NULL",
        "link_notes": "mediumtext NOT NULL",
        "link_rss": "varchar(255) NOT NULL",
    },
}


def create(cursor: pymysql.cursors.Cursor, prefix: str = "wp_") -> None:
    """Makes the tables of an install."""
    for table, columns in TABLES.items():
        first = next(iter(columns))
        key = "object_id, term_taxonomy_id" if table == "term_relationships" else first
        listed = [
            f"`{name}` {kind}{' AUTO_INCREMENT' if name == first and key == first else ''}"
            for name, kind in columns.items()
        ]
        listed.append(f"PRIMARY KEY ({key})")
        if owner := OWNERS.get(table):
            listed.append(f"KEY ({owner})")
        cursor.execute(
            f"CREATE TABLE `{prefix}{table}` ({', '.join(listed)})"
            " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci"
        )


def load(cursor: pymysql.cursors.Cursor, path: Path, prefix: str = "wp_") -> None:
    """Copies a SQLite copy of WordPress's tables into them."""
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in TABLES.items():
            listed = ", ".join(f"`{name}`" for name in columns)
            rows = connection.execute(f"SELECT {listed} FROM wp_{table}")
            marks = ", ".join(["%s"] * len(columns))
            while batch := rows.fetchmany(500):
                cursor.executemany(f"INSERT INTO `{prefix}{table}` ({listed}) VALUES ({marks})", batch)
