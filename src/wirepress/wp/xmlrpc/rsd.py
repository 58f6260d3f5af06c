"""Really Simple Discovery: what a program finds that looks for a way to write to a site (`xmlrpc.php?rsd`)."""

from __future__ import annotations

from wirepress.content.site import Site
from wirepress.render.entities import escape_html

_APIS = (("WordPress", "true"), ("Movable Type", "false"), ("MetaWeblog", "false"), ("Blogger", "false"))


def document(site: Site) -> str:
    """The document, which names each API with its address."""
    address = escape_html(f"{site.base}/xmlrpc.php")
    apis = "".join(
        f'\t\t\t<api name="{name}" blogID="1" preferred="{preferred}" apiLink="{address}" />\n'
        for name, preferred in _APIS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rsd version="1.0" xmlns="http://archipelago.phrasewise.com/rsd">\n'
        "\t<service>\n\t\t<engineName>WordPress</engineName>\n\t\t<engineLink>https://wordpress.org/</engineLink>\n"
        f"\t\t<homePageLink>{escape_html(site.home)}</homePageLink>\n\t\t<apis>\n{apis}"
        f'\t\t\t\t<api name="WP-API" blogID="1" preferred="false" apiLink="{escape_html(site.rest_url("/"))}" />\n'
        "\t\t\t</apis>\n\t</service>\n</rsd>\n\t"
    )
