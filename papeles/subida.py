"""Receives a file: on disk and without a name, and stops as soon as it is over the limit (S10)."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from .inspeccionar import MEGA, PdfRechazado, exceso
from .nombres import nombre_visible

# What the other fields and the borders of the form may add to the file in the request's length.
HOLGURA = 64 * 1024
# An upload up to so many times the limit is heard out, without keeping it: a browser that is cut off
# while it sends shows its own error instead of our answer. Beyond that, nobody uploads in good faith.
PACIENCIA = 10
# Where the request remembers the refusal and the name; no header can bear these.
EXCESO, NOMBRE = "ceo.exceso", "ceo.nombre_en_exceso"

logger = logging.getLogger(__name__)


class Subida(TemporaryFileUploadHandler):
    """Every file goes to disk, so that the inspecting child gets a descriptor; what does not fit stops it.

    It does not fit past DOCUMENTO_MAX_MB in one request, its files counted together, nor when the disk
    takes no more. The fields that came before the file stay readable, hence every form **puts its file
    field last**, after the CSRF token and the `ficha`. `exceso_de` and `nombre_en_exceso` tell the view
    what happened. The file loses its name at birth: a process that is killed leaves nothing behind.
    """

    request: HttpRequest
    recibido = 0

    def handle_raw_input(self, input_data: IO[bytes], *args: Any, **kwargs: Any) -> None:
        """Remember where the request's body comes from."""
        self._cuerpo = input_data

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Do not even begin a file that the request's length gives away."""
        self.file_name = file_name
        self.__dict__.pop("file", None)  # the one before is whole, and Django's by now
        if _largo(self.request) > self._tope + HOLGURA:
            self._parar(self._de_mas())
        with self._en_disco():
            super().new_file(field_name, file_name, *args, **kwargs)
            os.unlink(self.file.temporary_file_path())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk while there is room."""
        self.recibido += len(raw_data)
        if self.recibido > self._tope:
            self._parar(self._de_mas())
        with self._en_disco():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, all of it given to the disk."""
        with self._en_disco():
            self.file.flush()
        return super().file_complete(file_size)

    @property
    def _tope(self) -> int:
        return settings.DOCUMENTO_MAX_MB * MEGA

    def _de_mas(self) -> PdfRechazado:
        return exceso(max(self.recibido, _largo(self.request) - HOLGURA), settings.DOCUMENTO_MAX_MB)

    @contextmanager
    def _en_disco(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            logger.exception("subida_sin_espacio")
            if abierto := self.__dict__.pop("file", None):
                with suppress(OSError):  # it tries once more to write what did not fit
                    abierto.close()
            self._parar(PdfRechazado("sin_espacio"))

    def _parar(self, rechazo: PdfRechazado) -> None:
        self.request.META[EXCESO] = rechazo
        self.request.META[NOMBRE] = self.file_name
        if _largo(self.request) <= PACIENCIA * self._tope:
            # Django would do it line by line, and a hostile body is a single line.
            while self._cuerpo.read(HOLGURA):
                pass
        raise StopUpload(connection_reset=True)


def exceso_de(request: HttpRequest) -> PdfRechazado | None:
    """The refusal, `muy_grande` or `sin_espacio`, of an upload cut short; `None` when it arrived whole."""
    request.FILES  # noqa: B018 reading the body is what runs the handlers
    return request.META.get(EXCESO)


def nombre_en_exceso(request: HttpRequest) -> str:
    """What the person's own machine calls the file that `exceso_de` refuses."""
    return nombre_visible(request.META[NOMBRE])


def _largo(request: HttpRequest) -> int:
    """The announced length of the request, in bytes; zero when it is none."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
