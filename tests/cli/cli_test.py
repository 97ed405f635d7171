"""Every promise of the command line: python3 tests/cli/cli_test.py runs call_test.py and run_test.py."""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.discover(str(HERE), pattern="*_test.py")
    own = [t for t in suite if "cli_test" not in str(t)]
    outcome = unittest.TextTestRunner(verbosity=1).run(unittest.TestSuite(own))
    sys.exit(not outcome.wasSuccessful())
