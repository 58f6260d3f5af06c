"""`python -m wirepress` is the command `wirepress`."""

import sys


def main() -> None:
    """The entry point of the installed command; whoever interrupts it while it is still loaded is answered as later."""
    try:
        from wirepress.cli.main import app
    except KeyboardInterrupt:
        if "--json" in sys.argv:
            print('{"error": {"code": "interrupted", "message": "interrupted"}}')
        else:
            print("wirepress: interrupted", file=sys.stderr)
        sys.exit(130)
    app()


if __name__ == "__main__":
    main()
