"""Stops receiving a file as soon as it is over the limit (S10)."""

from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from .inspeccionar import MEGA, PdfRechazado, exceso
from .nombres import nombre_visible

# What the other fields and the borders of the form may add to the file in the request's length.
HOLGURA = 64 * 1024
# An upload up to so many times the limit is heard out, without keeping it: a browser that is cut off
# while it sends shows its own error instead of our answer. Beyond that, nobody uploads in good faith.
PACIENCIA = 10
# Where the request remembers the size, in bytes, and the name; no header can bear these.
EXCESO, NOMBRE = "ceo.bytes_en_exceso", "ceo.nombre_en_exceso"


class TopeDeSubida(FileUploadHandler):
    """First of the upload handlers: past DOCUMENTO_MAX_MB in one request, nothing more is kept.

    The fields that came before the file stay readable, hence every form **puts its file field last**,
    after the CSRF token and the `ficha`. Those of the whole request count together. `exceso_de`
    and `nombre_en_exceso` tell the view what happened.
    """

    request: HttpRequest
    recibido = 0

    def handle_raw_input(self, input_data: IO[bytes], *args: Any, **kwargs: Any) -> None:
        """Remember where the request's body comes from."""
        self._cuerpo = input_data

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
        anunciado = _largo(self.request)
        self.request.META[EXCESO] = max(self.recibido, anunciado - HOLGURA)
        self.request.META[NOMBRE] = self.file_name
        if anunciado <= PACIENCIA * self._tope:
            # Django would do it line by line, and a hostile body is a single line.
            while self._cuerpo.read(HOLGURA):
                pass
        raise StopUpload(connection_reset=True)


def exceso_de(request: HttpRequest) -> PdfRechazado | None:
    """The `muy_grande` refusal when the upload was cut short; `None` when it arrived whole."""
    request.FILES  # noqa: B018 reading the body is what runs the handlers
    tamano = request.META.get(EXCESO)
    return exceso(tamano, settings.DOCUMENTO_MAX_MB) if tamano else None


def nombre_en_exceso(request: HttpRequest) -> str:
    """What the person's own machine calls the file that `exceso_de` refuses."""
    return nombre_visible(request.META[NOMBRE])


def _largo(request: HttpRequest) -> int:
    """The announced length of the request, in bytes; zero when it is none."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
