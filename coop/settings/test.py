"""For the tests: quick hashing, mail in memory, no hashed static names; the rest is production."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("MINKA_DATA", f"{tempfile.gettempdir()}/minka-tests")

from coop.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# People of the tests come in without one; tests/people/test_second_step.py is about those who do not.
SECOND_STEP_REQUIRED = ()
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
