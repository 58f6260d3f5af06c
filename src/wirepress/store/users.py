"""Users and their application passwords: what is asked of them and done with them."""

from wirepress.store.user_rows import (
    application_passwords,
    authored,
    by_email,
    by_login,
    by_slug,
    find,
    get,
    load,
    published,
)
from wirepress.store.user_write import (
    activation_key,
    add_application_password,
    delete,
    insert,
    note_use,
    remove_application_password,
    rename_application_password,
    set_activation_key,
    update,
)

__all__ = [
    "activation_key",
    "add_application_password",
    "application_passwords",
    "authored",
    "by_email",
    "by_login",
    "by_slug",
    "delete",
    "find",
    "get",
    "insert",
    "load",
    "note_use",
    "published",
    "remove_application_password",
    "rename_application_password",
    "set_activation_key",
    "update",
]
