"""Turn tunes in ABC notation into a data set: `beam run pipeline/ingest.py --help` says how.

Nothing but the call stands here, since what a script defines itself cannot travel to workers.
"""

import sys

from tuneloom.pipeline.run import main

if __name__ == "__main__":
    sys.exit(main())
