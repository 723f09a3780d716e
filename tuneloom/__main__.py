"""`python -m tuneloom` is the `tuneloom` command."""

import sys

from tuneloom.cli.app import main

sys.exit(main())
