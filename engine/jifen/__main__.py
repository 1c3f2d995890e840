"""`python -m jifen`."""

from jifen.cli import main

if __name__ == "__main__":
    main()
