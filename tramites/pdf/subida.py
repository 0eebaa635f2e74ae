"""Stops receiving a file as soon as it is over the limit (S10)."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from .inspeccionar import MEGA, PdfRechazado, exceso

# What the other fields and the borders of the form may add to the file in the request's length.
HOLGURA = 64 * 1024


class TopeDeSubida(FileUploadHandler):
    """First of the upload handlers: past DOCUMENTO_MAX_MB in one request, nothing more is read.

    The fields that came before the file stay readable, hence every form **puts its file field last**,
    after the CSRF token and the `ficha`. Those of the whole request count together. `exceso_de`
    tells the view what happened.
    """

    recibido = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Do not even begin a file that the request's length gives away."""
        super().new_file(*args, **kwargs)
        if _largo(self.request) > self._tope + HOLGURA:
            self._parar()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let the chunk pass on to the temporary file while there is room."""
        self.recibido += len(raw_data)
        if self.recibido > self._tope:
            self._parar()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file belongs to the next handler."""

    @property
    def _tope(self) -> int:
        return settings.DOCUMENTO_MAX_MB * MEGA

    def _parar(self) -> None:
        self.request.bytes_en_exceso = max(self.recibido, _largo(self.request) - HOLGURA)
        raise StopUpload(connection_reset=True)


def exceso_de(request: HttpRequest) -> PdfRechazado | None:
    """The `muy_grande` refusal when the upload was cut short; `None` when it arrived whole."""
    request.FILES  # noqa: B018 reading the body is what runs the handlers
    tamano = getattr(request, "bytes_en_exceso", None)
    return exceso(tamano, settings.DOCUMENTO_MAX_MB) if tamano else None


def _largo(request: HttpRequest) -> int:
    """The announced length of the request, in bytes; zero when it is none."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
