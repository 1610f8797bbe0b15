"""``python -m index``: the engine's command line, without Slack."""

import sys

from index.cli import main

if __name__ == "__main__":
    sys.exit(main())
