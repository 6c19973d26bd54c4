"""`python3 build.py [ARGUMENTS]`: readies the environment, then is `cramsheet ARGUMENTS`."""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "error: this is Python %d.%d, and cramsheet needs 3.11 or newer\n"
        "  hint: run build.py with a newer one, such as python3.11 build.py\n"
        % sys.version_info[:2]
    )
    sys.exit(3)

from cramsheet.desk.begin import build

if __name__ == "__main__":
    sys.exit(build(sys.argv[1:]))
