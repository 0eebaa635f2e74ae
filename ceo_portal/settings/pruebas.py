"""Settings of the test suite; DATABASE_URL and REDIS_URL choose PostgreSQL and Redis or the embedded pair."""

from .base import *  # noqa: F403

SECRET_KEY = "pruebas-" + "x" * 60
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
DEMO = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Hashing strength is Django's business; the suite only needs it to be correct.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
