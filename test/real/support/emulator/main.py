"""Starts moto's server with what the checks need beyond it. Usage: python main.py -H 127.0.0.1 -p PORT"""

import os
import sys
import threading

import backup
import codedeploy
import corrections
import cost
import fixtures
from moto.server import main


def end_with_parent() -> None:
    """The parent holds the other end of standard input; when it is gone, however it ended, so is this server."""
    sys.stdin.read()
    os._exit(0)


if os.environ.get("ENDS_WITH_STDIN") == "1":
    threading.Thread(target=end_with_parent, daemon=True).start()
for part in (corrections, backup, codedeploy, cost, fixtures):
    part.install()
main(sys.argv[1:])
