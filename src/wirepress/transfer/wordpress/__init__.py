"""A WordPress database becomes this site: every id, slug, guid, date, hash, role, meta value and option as it was."""

from wirepress.transfer.wordpress.database import import_database
from wirepress.transfer.wordpress.report import Progress, Remark, Report, Tally, quiet

__all__ = ["Progress", "Remark", "Report", "Tally", "import_database", "quiet"]
