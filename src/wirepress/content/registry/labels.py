"""The labels of post types and taxonomies: WordPress's keys in its order, our own words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_LABELS = {
    "name": "{Many}",
    "singular_name": "{One}",
    "add_new": "Add {one}",
    "add_new_item": "Add {one}",
    "edit_item": "Edit {one}",
    "new_item": "New {one}",
    "view_item": "Show {one}",
    "view_items": "Show {many}",
    "search_items": "Search {many}",
    "not_found": "There are no {many} here.",
    "not_found_in_trash": "There are no {many} in the trash.",
    "parent_item_colon": "Parent {one}:",
    "all_items": "All {many}",
    "archives": "{One} archives",
    "attributes": "{One} attributes",
    "insert_into_item": "Insert into {one}",
    "uploaded_to_this_item": "Uploaded to this {one}",
    "featured_image": "Featured image",
    "set_featured_image": "Set featured image",
    "remove_featured_image": "Remove featured image",
    "use_featured_image": "Use as featured image",
    "filter_items_list": "Filter the list of {many}",
    "filter_by_date": "Filter by date",
    "items_list_navigation": "Paging of the list of {many}",
    "items_list": "List of {many}",
    "item_published": "{One} published.",
    "item_published_privately": "{One} published privately.",
    "item_reverted_to_draft": "{One} is a draft again.",
    "item_trashed": "{One} moved to the trash.",
    "item_scheduled": "{One} scheduled.",
    "item_updated": "{One} updated.",
    "item_link": "{One} link",
    "item_link_description": "A link to a {one}.",
    "menu_name": "{Many}",
    "name_admin_bar": "{One}",
}
_TERM_LABELS = {
    "name": "{Many}",
    "singular_name": "{One}",
    "search_items": "Search {many}",
    "popular_items": "Popular {many}",
    "all_items": "All {many}",
    "parent_item": "Parent {one}",
    "parent_item_colon": "Parent {one}:",
    "name_field_description": "What readers see.",
    "slug_field_description": "The name as addresses hold it.",
    "parent_field_description": "The {one} above this one.",
    "desc_field_description": "Shown where the theme wants it.",
    "edit_item": "Edit {one}",
    "view_item": "Show {one}",
    "update_item": "Update {one}",
    "add_new_item": "Add {one}",
    "new_item_name": "Name of the new {one}",
    "separate_items_with_commas": "Put commas between {many}",
    "add_or_remove_items": "Add or take away {many}",
    "choose_from_most_used": "Choose from the most used {many}",
    "not_found": "There are no {many}.",
    "no_terms": "No {many}",
    "filter_by_item": "Filter by {one}",
    "items_list_navigation": "Paging of the list of {many}",
    "items_list": "List of {many}",
    "most_used": "Most used",
    "back_to_items": "Back to {many}",
    "item_link": "{One} link",
    "item_link_description": "A link to a {one}.",
    "menu_name": "{Many}",
    "name_admin_bar": "{One}",
}


def labels(
    many: str, one: str, *, archives: bool = False, template_name: bool = True, term: bool = False
) -> Mapping[str, str]:
    """Labels in WordPress's keys and order; which of the last keys there are differs by type."""
    words = {"Many": many, "many": many.lower(), "One": one, "one": one.lower()}
    table = {name: text.format_map(words) for name, text in (_TERM_LABELS if term else _LABELS).items()}
    if archives:
        table["archives"] = many
    if template_name:
        table["template_name"] = one
    return MappingProxyType(table)
