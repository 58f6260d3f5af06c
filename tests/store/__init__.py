import pytest

pytest.register_assert_rewrite(
    *(f"tests.store.{name}" for name in ("nouns", "suite_units", "suite_reading", "suite_searching", "suite_keeping"))
)
