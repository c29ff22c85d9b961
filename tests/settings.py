"""Settings of the tests: those of `coop.settings.test`, on the database the harness chose.

The harness starts PostgreSQL here, when it is asked for, since settings must know it.
"""

import os

from tests.harness import run

os.environ["MINKA_DATA"] = str(run.own_data_dir())
os.environ["DATABASE_URL"] = run.database_url()

from coop.settings.test import *  # noqa: F403
