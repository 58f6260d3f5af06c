"""`python -m tests.eval` (`tests.eval.table`)."""

from tests.eval.table import main

if __name__ == "__main__":
    main()
