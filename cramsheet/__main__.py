import sys

from cramsheet.desk.cli import main

sys.exit(main())
