"""The files window of a renglón, and the files themselves."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from papeles import rechazos
from papeles.descarga import descarga
from papeles.subida import exceso_de, nombre_en_exceso
from tramites import consultas
from tramites.acciones.cargar import Carga, cargar
from tramites.acciones.imprimir import (
    imprimir_admision,
    imprimir_constancia,
    imprimir_formulario,
    imprimir_previo,
)
from tramites.acciones.retirar import retirar
from tramites.ciudadano.formularios import FichaForm
from tramites.consultas.tabla import Renglon, documento_de, renglones
from tramites.definicion import ClasePaso
from tramites.models import Documento, Gestion
from tramites.reglas.carga import ArchivoRechazado, exigir_abierto
from tramites.reglas.correccion import Correccion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import Conflicto

from .titular import de_titular


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def archivos(request: HttpRequest, gestion: Gestion, renglon: int) -> HttpResponse:
    """The files of a renglón, with their loading and their «Eliminar» (E2)."""
    gestion.definicion.requisito(renglon)
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
        "fila": _fila(gestion, renglon),
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
        paso = gestion.definicion.de_clase(ClasePaso.DOCUMENTOS)
        url = reverse("paso", args=[gestion.numero, paso.clave])
        return {"volver": url, "volver_dice": "Volver a los documentos"}
    return {"volver": reverse("gestion", args=[gestion.numero]), "volver_dice": "Volver a la Gestión"}


def _fila(gestion: Gestion, renglon: int) -> Renglon:
    return next(r for r in renglones(gestion) if r.requisito.numero == renglon)


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def sustituir(request: HttpRequest, gestion: Gestion, renglon: int) -> HttpResponse:
    """«¿Sustituye al archivo observado?», asked when one was added without removing it (E6)."""
    gestion.definicion.requisito(renglon)
    fila = _fila(gestion, renglon)
    observados = [d for d in fila.archivos if d.pk in fila.observados]
    if not observados or fila.falta:
        return redirect("archivos", gestion.numero, renglon)
    if request.method == "POST":
        sustituido = next((d for d in observados if str(d.pk) == request.POST.get("documento")), None)
        if sustituido is None:
            raise Http404
        return _retirar(request, gestion, sustituido)
    contexto = {"gestion": gestion, "fila": fila, "observados": observados}
    return render(request, "tramites/ciudadano/sustituir.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def eliminar(request: HttpRequest, gestion: Gestion, pk: UUID) -> HttpResponse:
    """«Eliminar», confirmed with «Sí, eliminar» / «No» (E4)."""
    exigir(gestion, request.user, "retirar")
    documento = documento_de(gestion, pk)
    if not Correccion.de(gestion).puede_eliminar(documento):
        raise Conflicto(str(rechazos.RECHAZOS["renglon_cerrado"]))
    if request.method == "POST":
        return _retirar(request, gestion, documento)
    return render(request, "tramites/ciudadano/eliminar.html", {"gestion": gestion, "documento": documento})


def _retirar(request: HttpRequest, gestion: Gestion, documento: Documento) -> HttpResponse:
    retirar(numero=gestion.numero, actor=request.user, documento_id=documento.pk, ahora=timezone.now())
    messages.success(request, f"Se eliminó {documento.nombre}.")
    return redirect("archivos", gestion.numero, documento.renglon)


@require_safe
@de_titular
def documento(request: HttpRequest, gestion: Gestion, pk: UUID) -> FileResponse:
    """A file as it was received, only for its owner here."""
    hallado = documento_de(gestion, pk)
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


@require_safe
@de_titular
def aviso_previo(request: HttpRequest, gestion: Gestion, ronda: int) -> FileResponse:
    """The notice of the previo of a round."""
    return descarga(imprimir_previo(gestion, ronda), f"Aviso de previo Gestion {gestion.numero}.pdf")


@require_safe
@de_titular
def admision(request: HttpRequest, gestion: Gestion) -> FileResponse:
    """The proof of «Expediente Admitido»."""
    return descarga(imprimir_admision(gestion), f"Constancia de admision Gestion {gestion.numero}.pdf")
