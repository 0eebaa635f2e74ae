"""A PDF on its way to whoever may read it."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from .almacen import abrir
from .nombres import nombre_de_pdf


def descarga(archivo: FieldFile, nombre: str) -> FileResponse:
    """A PDF to keep, never to run: its own policy allows nothing and its name says what it is (S11, S12).

    Raises `ArchivoPerdido`.
    """
    respuesta = FileResponse(
        abrir(archivo),
        as_attachment=True,
        filename=nombre_de_pdf(nombre),
        content_type="application/pdf",
    )
    respuesta["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return respuesta
