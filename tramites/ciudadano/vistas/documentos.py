"""The files window of a renglón, and the files themselves."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tramites import consultas
from tramites.acciones.cargar import ArchivoRechazado, Carga, cargar
from tramites.acciones.guarda import Conflicto, exigir_editable
from tramites.acciones.imprimir import imprimir_constancia, imprimir_formulario
from tramites.acciones.retirar import retirar
from tramites.ciudadano.formularios import Ficha
from tramites.definicion import Requisito
from tramites.models import Gestion
from tramites.pdf import rechazos
from tramites.pdf.descarga import descarga
from tramites.pdf.subida import exceso_de, nombre_en_exceso

from .titular import de_titular


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def archivos(request: HttpRequest, gestion: Gestion, renglon: int) -> HttpResponse:
    """The files of a renglón, with their loading and their «Eliminar» (E2)."""
    requisito = gestion.definicion.requisito(renglon)
    if request.method != "POST":
        return _ventana(request, gestion, requisito)
    try:
        carga = _cargar(request, gestion, renglon)
    except ArchivoRechazado as rechazo:
        return _ventana(request, gestion, requisito, rechazo=rechazo.mensaje)
    messages.success(request, f"Se cargó {carga.documento.nombre}.")
    for aviso in carga.avisos:
        messages.warning(request, aviso)
    return redirect("archivos", gestion.numero, renglon)


def _cargar(request: HttpRequest, gestion: Gestion, renglon: int) -> Carga:
    exigir_editable(gestion)
    archivo = request.FILES.get("archivo")
    if not isinstance(archivo, UploadedFile):
        raise ArchivoRechazado(_sin_archivo(request))
    ficha = Ficha(request.POST)
    return cargar(
        numero=gestion.numero,
        actor=request.user,
        renglon=renglon,
        archivo=archivo,
        ficha=ficha.cleaned_data["ficha"] if ficha.is_valid() else Ficha().initial["ficha"],
        ahora=timezone.now(),
    )


def _sin_archivo(request: HttpRequest) -> str:
    """Nothing came: it was not chosen, or it was too big to be received at all."""
    exceso = exceso_de(request)
    if exceso is None:
        return rechazos.mensaje("sin_archivo", "")
    return rechazos.mensaje(exceso.clave, nombre_en_exceso(request), **exceso.datos)


def _ventana(request: HttpRequest, gestion: Gestion, requisito: Requisito, **contexto: Any) -> HttpResponse:
    fila = next(r for r in consultas.renglones(gestion) if r.requisito is requisito)
    contexto |= {
        "gestion": gestion,
        "tramite": gestion.definicion,
        "fila": fila,
        "ficha": Ficha(),
        "max_mb": settings.DOCUMENTO_MAX_MB,
        "max_paginas": settings.DOCUMENTO_MAX_PAGINAS,
        "max_archivos": settings.DOCUMENTOS_MAX_POR_RENGLON,
    }
    return render(request, "tramites/ciudadano/archivos.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def eliminar(request: HttpRequest, gestion: Gestion, pk: UUID) -> HttpResponse:
    """«Eliminar», confirmed with «Sí, eliminar» / «No» (E4)."""
    exigir_editable(gestion)
    documento = consultas.documento_de(gestion, pk)
    if request.method == "POST":
        retirar(numero=gestion.numero, actor=request.user, documento_id=pk, ahora=timezone.now())
        messages.success(request, f"Se eliminó {documento.nombre}.")
        return redirect("archivos", gestion.numero, documento.renglon)
    return render(request, "tramites/ciudadano/eliminar.html", {"gestion": gestion, "documento": documento})


@require_safe
@de_titular
def documento(request: HttpRequest, gestion: Gestion, pk: UUID) -> FileResponse:
    """A file as it was received, only for its owner here."""
    hallado = consultas.documento_de(gestion, pk)
    return descarga(hallado.archivo, hallado.nombre)


@require_safe
@de_titular
def formulario_pdf(request: HttpRequest, gestion: Gestion) -> FileResponse:
    """The printed form in force: the same bytes every time (B4.3)."""
    version = gestion.formulario_vigente
    if version is None:
        raise Conflicto("Primero confirme el paso 5. Después podrá descargar el formulario.")
    return descarga(imprimir_formulario(version), f"Formulario Gestion {gestion.numero}.pdf")


@require_safe
@de_titular
def constancia(request: HttpRequest, gestion: Gestion) -> FileResponse:
    """The receipt of the last sending."""
    envio = consultas.ultimo_envio(gestion)
    if envio is None:
        raise Conflicto("Todavía no ha enviado esta Gestión. La constancia sale al enviarla.")
    return descarga(imprimir_constancia(envio), f"Constancia Gestion {gestion.numero}.pdf")
