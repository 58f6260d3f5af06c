"""What a store must do on every database.  `test_sqlite.py` and `test_postgres.py` run it."""

from __future__ import annotations

from tests.store.suite_audit import Auditing
from tests.store.suite_backlog import Backlogs
from tests.store.suite_bounds import Bounds
from tests.store.suite_entries import Entries
from tests.store.suite_far import Far
from tests.store.suite_health import Health
from tests.store.suite_hearing import Hearing
from tests.store.suite_identities import Identities
from tests.store.suite_keeping import Keeping
from tests.store.suite_listing import Listing
from tests.store.suite_orders import Ordering
from tests.store.suite_originals import Offering
from tests.store.suite_reading import Reading
from tests.store.suite_remote import Remote
from tests.store.suite_schema import Schemas
from tests.store.suite_searching import Searching
from tests.store.suite_stories import Stories
from tests.store.suite_subscriptions import Subscriptions
from tests.store.suite_takedowns import Takedowns
from tests.store.suite_units import Identifiers, Units


class Conformance(
    Units, Identifiers, Reading, Listing, Searching, Keeping, Hearing, Health, Identities, Schemas, Bounds, Remote,
    Ordering, Auditing, Backlogs, Takedowns, Offering, Entries, Stories, Subscriptions, Far,
):  # fmt: skip
    """All of it."""
