"""The fields of every settings screen, under WordPress's options (wp-admin/options-*.php) and some of our own.

Options that nothing here obeys have no field: docs/differences.md names them.
"""

from __future__ import annotations

from wirepress.admin.settings import checks, choices, consequences
from wirepress.admin.settings.discussion import DISCUSSION
from wirepress.admin.settings.fields import Field, Section, SettingsPage
from wirepress.admin.settings.machines import MACHINES, SLOTS

GENERAL = SettingsPage(
    path="options-general.php",
    title="General settings",
    label="General",
    consequences=consequences.of_addresses,
    sections=(
        Section(
            "The site",
            (
                Field(option="blogname", label="Site title"),
                Field(option="blogdescription", label="Tagline", help="In a few words: what is this site about?"),
            ),
        ),
        Section(
            "Addresses",
            (
                Field(
                    option="home",
                    label="Site address",
                    kind="address",
                    required=True,
                    help="Where readers find the site.",
                    fixed=consequences.fixed_address,
                ),
                Field(
                    option="siteurl",
                    label="Address of the administration",
                    kind="address",
                    required=True,
                    help="What stands before /wp-admin/ and before the addresses of uploaded files.",
                    fixed=consequences.fixed_address,
                ),
            ),
        ),
        Section(
            "People",
            (
                Field(
                    option="admin_email",
                    label="E-mail address of the site",
                    kind="email",
                    longest=100,
                    help="Messages about the site go there. When it changes, the address before is told of it.",
                ),
                Field(
                    option="default_role",
                    label="Role of new users",
                    kind="choice",
                    choices=choices.roles,
                    help="For those who are added without one.",
                ),
            ),
        ),
        Section(
            "Language",
            (
                Field(
                    option="WPLANG",
                    label="Site language",
                    kind="grouped",
                    choices=choices.languages,
                    help="Users can choose another one for themselves in their profile.",
                ),
                Field(
                    option="typography",
                    label="Quotation marks",
                    kind="choice",
                    choices=choices.quotes,
                    help="What straight quotes in articles become.",
                ),
            ),
        ),
        Section(
            "Date and time",
            (
                Field(
                    option="timezone_string",
                    label="Time zone",
                    kind="zone",
                    choices=choices.zones,
                    example=choices.zone_example,
                    help="A city in the site's time zone, or so many hours from UTC.",
                ),
                Field(
                    option="date_format",
                    label="Date format",
                    kind="pattern",
                    required=True,
                    longest=50,
                    presets=choices.dates,
                    example=choices.moment_example,
                    help="Letters as PHP's: j day, F month in words, m month, Y year, l day of the week.",
                ),
                Field(
                    option="time_format",
                    label="Time format",
                    kind="pattern",
                    required=True,
                    longest=50,
                    presets=choices.times,
                    example=choices.moment_example,
                    help="Letters as PHP's: H hour, i minute, g hour of twelve, a am or pm.",
                ),
                Field(
                    option="start_of_week",
                    label="Weeks begin on",
                    kind="choice",
                    choices=choices.fixed(*choices.DAYS),
                ),
            ),
        ),
    ),
)

WRITING = SettingsPage(
    path="options-writing.php",
    title="Writing settings",
    label="Writing",
    sections=(
        Section(
            "Articles",
            (
                Field(
                    option="default_category",
                    label="Default category",
                    kind="choice",
                    choices=choices.categories,
                    help="For articles that are given none.",
                ),
                Field(
                    option="use_smilies",
                    label="Turn emoticons such as :-) into pictures",
                    kind="check",
                ),
                Field(
                    option="revisions_to_keep",
                    label="Revisions of an article",
                    kind="number",
                    least=-1,
                    most=10_000,
                    help="How many earlier versions are kept. -1: all, 0: none.",
                ),
            ),
        ),
        Section(
            "Newsroom",
            (
                Field(
                    option="wirepress_second_factor_roles",
                    label="Second factor when logging in",
                    kind="roles",
                    choices=choices.roles,
                    help="Who has one of these roles needs a code from an app besides the password,"
                    " and is led to set it up.",
                ),
                Field(
                    option="wirepress_audit_days",
                    label="Keep the audit log for",
                    kind="number",
                    unit="days",
                    least=1,
                    most=36_500,
                    help="What is older is deleted.",
                ),
            ),
        ),
    ),
)

READING = SettingsPage(
    path="options-reading.php",
    title="Reading settings",
    label="Reading",
    sections=(
        Section(
            "Front",
            (
                Field(
                    option="show_on_front",
                    label="The front shows",
                    kind="radio",
                    choices=choices.fixed(("posts", "The newest articles"), ("page", "A page")),
                ),
                Field(
                    option="page_on_front",
                    label="Page on the front",
                    kind="choice",
                    choices=choices.pages("page_on_front", "Choose a page"),
                    under="show_on_front",
                    check=checks.front_page,
                ),
                Field(
                    option="page_for_posts",
                    label="Page with the list of articles",
                    kind="choice",
                    choices=choices.pages("page_for_posts", "None"),
                    under="show_on_front",
                    check=checks.posts_page,
                ),
                Field(
                    option="wirepress_front_sections",
                    label="Sections on the front page",
                    help="The slugs of three categories at most, separated by commas. Empty: the fullest ones.",
                ),
            ),
        ),
        Section(
            "Lists and feeds",
            (
                Field(
                    option="posts_per_page",
                    label="Lists show",
                    kind="number",
                    unit="articles a page",
                    least=1,
                    most=100,
                ),
                Field(
                    option="posts_per_rss",
                    label="Feeds hold",
                    kind="number",
                    unit="newest articles",
                    least=1,
                    most=100,
                ),
                Field(
                    option="rss_use_excerpt",
                    label="Of each article, feeds hold",
                    kind="radio",
                    choices=choices.fixed(("0", "The whole text"), ("1", "The excerpt")),
                ),
                Field(
                    option="excerpt_length",
                    label="Length of excerpts",
                    kind="number",
                    unit="words",
                    least=1,
                    most=1000,
                    otherwise="55",
                    help="For articles whose excerpt nobody has written.",
                ),
            ),
        ),
        Section(
            "Search engines",
            (
                Field(
                    option="blog_public",
                    label="Ask search engines not to show this site",
                    kind="check",
                    on="0",
                    off="1",
                    help="They are asked, and most follow it; nothing keeps them out.",
                ),
            ),
        ),
    ),
)


def _size(option: str, label: str) -> Field:
    return Field(option=option, label=label, kind="number", unit="pixels", most=9999)


MEDIA = SettingsPage(
    path="options-media.php",
    title="Media settings",
    label="Media",
    sections=(
        Section(
            "Sizes of pictures",
            (
                _size("thumbnail_size_w", "Thumbnail: width"),
                _size("thumbnail_size_h", "Thumbnail: height"),
                Field(
                    option="thumbnail_crop",
                    label="Cut thumbnails to exactly this size",
                    kind="check",
                    help="Otherwise they keep their proportions.",
                ),
                _size("medium_size_w", "Medium: width"),
                _size("medium_size_h", "Medium: height"),
                _size("large_size_w", "Large: width"),
                _size("large_size_h", "Large: height"),
            ),
            help="The most that each size has; 0 bounds nothing. It holds for pictures that are uploaded from now on.",
        ),
        Section(
            "Uploads",
            (
                Field(
                    option="uploads_use_yearmonth_folders",
                    label="Sort uploaded files into folders by year and month",
                    kind="check",
                ),
            ),
        ),
    ),
)

PERMALINKS = SettingsPage(
    path="options-permalink.php",
    title="Permalinks",
    label="Permalinks",
    consequences=consequences.of_permalinks,
    sections=(
        Section(
            "Addresses of articles",
            (
                Field(
                    option="permalink_structure",
                    label="Structure",
                    kind="pattern",
                    longest=200,
                    presets=consequences.structures,
                    example=consequences.structure_example,
                    tags=consequences.STRUCTURE_TAGS,
                    check=checks.structure,
                ),
            ),
        ),
        Section(
            "Addresses of archives",
            (
                Field(
                    option="category_base",
                    label="Categories begin with",
                    check=checks.base,
                    longest=100,
                    help="Such as topics, for addresses such as /topics/world/. Empty: category.",
                ),
                Field(
                    option="tag_base",
                    label="Tags begin with",
                    check=checks.base,
                    longest=100,
                    help="Empty: tag.",
                ),
            ),
        ),
    ),
)

PRIVACY = SettingsPage(
    path="options-privacy.php",
    title="Privacy",
    label="Privacy",
    sections=(
        Section(
            "Privacy policy",
            (
                Field(
                    option="wp_page_for_privacy_policy",
                    label="Page with the privacy policy",
                    kind="choice",
                    choices=choices.pages("wp_page_for_privacy_policy", "None"),
                    help="Only those who may change these settings can change or delete this page.",
                ),
            ),
        ),
        Section(
            "Other sites",
            (
                Field(
                    option="wirepress_embeds",
                    label="Load films and other embeds from their sites at once",
                    kind="check",
                    help="Their sites learn of every reader. Otherwise readers see a link that they may follow.",
                ),
            ),
        ),
    ),
)

PAGES = (GENERAL, WRITING, READING, DISCUSSION, MEDIA, PERMALINKS, PRIVACY, MACHINES, SLOTS)
"""Every settings screen, in the order of the menu."""
