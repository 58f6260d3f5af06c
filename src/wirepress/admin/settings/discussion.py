"""The fields of the discussion settings (options-discussion.php)."""

from __future__ import annotations

from wirepress.admin.settings.choices import fixed
from wirepress.admin.settings.fields import Field, Section, SettingsPage

_NEW = Section(
    "New articles",
    (
        Field(
            option="default_comment_status",
            label="Take comments on new articles",
            kind="check",
            on="open",
            off="closed",
            help="Each article can say otherwise.",
        ),
        Field(
            option="default_ping_status",
            label="Mark new articles as open for pings",
            kind="check",
            on="open",
            off="closed",
            help="Feeds and programs are told so; this site takes no pings itself.",
        ),
    ),
)
_WHO = Section(
    "Who may comment",
    (
        Field(option="require_name_email", label="Comments need a name and an e-mail address", kind="check"),
        Field(option="comment_registration", label="Only users who are logged in may comment", kind="check"),
        Field(
            option="rest_allow_anonymous_comments",
            label="Take comments of people who are not logged in over the API",
            kind="check",
            help="For programs; the form under articles does not need it.",
        ),
        Field(
            option="close_comments_for_old_posts",
            label="Close comments on old articles",
            kind="check",
        ),
        Field(
            option="close_comments_days_old",
            label="Articles are old after",
            kind="number",
            unit="days",
            least=1,
            most=36_500,
            under="close_comments_for_old_posts",
        ),
        Field(
            option="show_comments_cookies_opt_in",
            label="Offer readers to have their name remembered",
            kind="check",
            help="In cookies of their browser, for a year, and only if they tick it.",
        ),
        Field(
            option="wirepress_comment_address_days",
            label="Forget where comments came from after",
            kind="number",
            unit="days",
            most=36_500,
            help="Their network addresses and browsers, whatever their state. 0: both are kept for good.",
        ),
    ),
)
_SHOWN = Section(
    "How comments are shown",
    (
        Field(option="thread_comments", label="Answers stand below what they answer", kind="check"),
        Field(
            option="thread_comments_depth",
            label="At most",
            kind="number",
            unit="levels deep",
            least=2,
            most=10,
            under="thread_comments",
        ),
        Field(option="page_comments", label="Cut the comments of an article into pages", kind="check"),
        Field(
            option="comments_per_page",
            label="A page has",
            kind="number",
            unit="threads",
            least=1,
            most=1000,
            under="page_comments",
        ),
        Field(
            option="default_comments_page",
            label="Shown first",
            kind="choice",
            under="page_comments",
            choices=fixed(("newest", "The newest comments"), ("oldest", "The oldest comments")),
        ),
        Field(
            option="comment_order",
            label="Order",
            kind="choice",
            choices=fixed(("asc", "Oldest first"), ("desc", "Newest first")),
        ),
    ),
)
_MAIL = Section(
    "E-mail",
    (
        Field(option="comments_notify", label="Tell authors of comments on their articles", kind="check"),
        Field(option="moderation_notify", label="Tell those who moderate of comments that wait", kind="check"),
        Field(option="wp_notes_notify", label="Tell authors of notes on their articles", kind="check", otherwise="1"),
    ),
)
_MODERATION = Section(
    "Moderation",
    (
        Field(option="comment_moderation", label="Every comment waits for approval", kind="check"),
        Field(
            option="comment_previously_approved",
            label="First comments wait: only who was approved before is shown at once",
            kind="check",
        ),
        Field(
            option="comment_max_links",
            label="Comments wait from",
            kind="number",
            unit="links on",
            most=1000,
            help="0: links do not matter.",
        ),
        Field(
            option="moderation_keys",
            label="Words that make a comment wait",
            kind="lines",
            help="One a line: words, names, e-mail or network addresses. They are found inside other words as well.",
        ),
        Field(
            option="disallowed_keys",
            label="Words that put a comment into the trash",
            kind="lines",
            help="One a line, as above.",
        ),
    ),
)
_AVATARS = Section(
    "Pictures of people",
    (
        Field(
            option="show_avatars",
            label="Show pictures of people who comment",
            kind="check",
            help="Their initials, drawn here.",
        ),
        Field(
            option="wirepress_gravatar",
            label="Ask Gravatar for pictures",
            kind="check",
            under="show_avatars",
            help="gravatar.com learns of every reader who sees one.",
        ),
        Field(
            option="avatar_rating",
            label="Suitable for",
            kind="choice",
            under="wirepress_gravatar",
            choices=fixed(
                ("G", "G: everybody"), ("PG", "PG: from 13 years on"), ("R", "R: from 17 years on"), ("X", "X: adults")
            ),
        ),
        Field(
            option="avatar_default",
            label="For people without one",
            kind="choice",
            under="wirepress_gravatar",
            choices=fixed(
                ("mystery", "A silhouette"),
                ("blank", "Nothing"),
                ("gravatar_default", "Gravatar's sign"),
                ("identicon", "A pattern of their own"),
                ("wavatar", "A drawn face"),
                ("monsterid", "A monster"),
                ("retro", "A pixel face"),
                ("robohash", "A robot"),
            ),
        ),
    ),
)

DISCUSSION = SettingsPage(
    path="options-discussion.php",
    title="Discussion settings",
    label="Discussion",
    sections=(_NEW, _WHO, _SHOWN, _MAIL, _MODERATION, _AVATARS),
)
