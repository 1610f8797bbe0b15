"""``python -m index``: the engine's command line, without Slack."""

import sys

from index.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
