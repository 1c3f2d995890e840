"""`python -m jifen`."""

import sys

from jifen.cli import main

if __name__ == "__main__":
    sys.exit(main())
