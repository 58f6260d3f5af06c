import pytest

SUITES = (
    "nouns",
    "suite_units",
    "suite_reading",
    "suite_searching",
    "suite_keeping",
    "suite_hearing",
    "suite_schema",
    "suite_bounds",
)
pytest.register_assert_rewrite(*(f"tests.store.{name}" for name in SUITES))
