"""The files window of a renglón, and «Cargar» (E2)."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from papeles import rechazos
from papeles.subida import exceso_de, nombre_en_exceso
from tramites import asistente
from tramites.acciones.cargar import Carga, cargar
from tramites.ciudadano.formularios import FichaForm
from tramites.consultas.tabla import Fila, renglones
from tramites.definicion import ClasePaso
from tramites.models import Gestion
from tramites.reglas.carga import ArchivoRechazado, exigir_abierto
from tramites.reglas.permisos import exigir

from .titular import de_titular, renglon_o_404


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def archivos(request: HttpRequest, gestion: Gestion, renglon: int) -> HttpResponse:
    """The files of a renglón, with their loading and their «Eliminar» (E2)."""
    renglon_o_404(gestion, renglon)
    if request.method != "POST":
        return _ventana(request, gestion, renglon)
    try:
        carga = _cargar(request, gestion, renglon)
    except ArchivoRechazado as rechazo:
        return _ventana(request, gestion, renglon, rechazo=rechazo.mensaje)
    messages.success(request, f"Se cargó {carga.documento.nombre}.")
    for aviso in carga.avisos:
        messages.warning(request, aviso)
    # With nothing observed standing, the question leads on to the files window by itself.
    return redirect("sustituir" if gestion.en_correccion else "archivos", gestion.numero, renglon)


def _cargar(request: HttpRequest, gestion: Gestion, renglon: int) -> Carga:
    archivo = request.FILES.get("archivo")
    if not isinstance(archivo, UploadedFile):
        exigir(gestion, request.user, "cargar")
        exigir_abierto(gestion, renglon)
        raise ArchivoRechazado(_sin_archivo(request))
    ficha = FichaForm(request.POST)
    return cargar(
        numero=gestion.numero,
        actor=request.user,
        renglon=renglon,
        archivo=archivo,
        ficha=ficha.cleaned_data["ficha"] if ficha.is_valid() else FichaForm().initial["ficha"],
        ahora=timezone.now(),
    )


def _sin_archivo(request: HttpRequest) -> str:
    """Nothing came: it was not chosen, or it was too big to be received at all."""
    exceso = exceso_de(request)
    if exceso is None:
        return rechazos.mensaje("sin_archivo", "")
    return rechazos.mensaje(exceso.clave, nombre_en_exceso(request), **exceso.datos)


def _ventana(request: HttpRequest, gestion: Gestion, renglon: int, **contexto: Any) -> HttpResponse:
    contexto |= {
        "gestion": gestion,
        "tramite": gestion.definicion,
        "por_confirmar": asistente.por_confirmar(gestion.pasos),
        "fila": fila_de(gestion, renglon),
        **_vuelta(gestion),
        "ficha": FichaForm(),
        "max_mb": settings.DOCUMENTO_MAX_MB,
        # For the script: it knows the size before sending, and a proxy's limit only after (mensajes.md §1).
        "muy_grande": rechazos.mensaje("muy_grande", "{nombre}", n="{n}", max=settings.DOCUMENTO_MAX_MB),
        "pesado": rechazos.mensaje("muy_pesado", "{nombre}"),
        "max_paginas": settings.DOCUMENTO_MAX_PAGINAS,
        "max_archivos": settings.DOCUMENTOS_MAX_POR_RENGLON,
    }
    return render(request, "tramites/ciudadano/archivos.html", contexto)


def _vuelta(gestion: Gestion) -> dict[str, str]:
    """The way back: to step 6 while it is open, to the Gestión otherwise."""
    if gestion.editable or gestion.en_correccion:
        paso = gestion.de_clase(ClasePaso.DOCUMENTOS)
        url = reverse("paso", args=[gestion.numero, paso.clave])
        return {"volver": url, "volver_dice": "Volver a los documentos"}
    return {"volver": reverse("gestion", args=[gestion.numero]), "volver_dice": "Volver a la Gestión"}


def fila_de(gestion: Gestion, renglon: int) -> Fila:
    return next(f for f in renglones(gestion) if f.renglon.numero == renglon)
