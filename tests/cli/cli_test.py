"""Every promise of the command line: python3 tests/cli/cli_test.py runs call_test.py and run_test.py."""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.dont_write_bytecode = True
    suite = unittest.defaultTestLoader.discover(str(HERE), pattern="*_test.py")
    sys.exit(not unittest.TextTestRunner().run(suite).wasSuccessful())
