"""`python -m tuneloom` is the `tuneloom` command."""

import sys

from tuneloom.cli import main

sys.exit(main())
