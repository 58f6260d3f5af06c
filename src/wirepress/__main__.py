"""`python -m wirepress` is the command `wirepress`."""

from wirepress.cli import main

if __name__ == "__main__":
    main()
