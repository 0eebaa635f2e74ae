"""Django's registration of this app: its commands, and the folder that the portal cannot do without."""

import os
from contextlib import suppress

from django.apps import AppConfig
from django.conf import settings
from django.core.files.storage import default_storage


class OperacionConfig(AppConfig):
    name = "ceo_portal.operacion"
    label = "operacion"

    def ready(self) -> None:
        """Make the documents' folder once, at the start: if it is lost later, /salud/lista/ says so."""
        with suppress(OSError):
            os.makedirs(default_storage.path(""), settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, exist_ok=True)
