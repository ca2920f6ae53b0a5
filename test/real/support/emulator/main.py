"""Starts moto's server with what the checks need beyond it. Usage: python main.py -H 127.0.0.1 -p PORT"""

import sys

import backup
import codedeploy
import corrections
import cost
import fixtures
from moto.server import main

for part in (corrections, backup, codedeploy, cost, fixtures):
    part.install()
main(sys.argv[1:])
