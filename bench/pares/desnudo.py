"""A Django with nothing in it but one page: what any portal's process costs at the least."""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def inicio(_request: HttpRequest) -> HttpResponse:
    """The page."""
    return HttpResponse("1")


urlpatterns: list[Any] = [path("", inicio)]
if not settings.configured:
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql"}},
    )
application = get_wsgi_application()
