"""Make a data set of tunes in ABC notation: see `beam run pipeline/ingest.py --help`.

This file is only a call, since Beam cannot send what a script itself defines to workers.
"""

import sys

from tuneloom.pipeline.run import main

if __name__ == "__main__":
    sys.exit(main())
