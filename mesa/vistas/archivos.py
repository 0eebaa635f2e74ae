"""The files: page by page as pictures, whole, or with a written reason; each reading is logged (F1, F3)."""

from http import HTTPStatus
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from papeles.almacen import ArchivoPerdido, abrir
from papeles.descarga import descarga
from papeles.paginas import LADO_GRANDE, Dibujo, PaginaNoDibujada, dibujar
from papeles.turnos import SinTurno
from tramites.acciones.denunciar_perdido import denunciar_perdido
from tramites.acciones.imprimir import imprimir_admision, imprimir_constancia, imprimir_previo
from tramites.consultas.expediente import Expediente
from tramites.models import Documento, Gestion
from tramites.reglas.permisos import exigir, puede
from tramites.reglas.rechazos import AccionRechazada

from .. import lectura
from ..formularios import MotivoDeLecturaForm
from .personal import de_onsec

SOLO_LA_IMAGEN = "default-src 'none'; frame-ancestors 'none'"
ESPERE_SEGUNDOS = 5


def _documento(request: HttpRequest, gestion: Gestion, pk: UUID, *, sigue: bool) -> Documento:
    """The file, its reading logged; what was never sent does not exist."""
    documento = Expediente(gestion, timezone.localdate()).documento(pk)
    lectura.leer_documento(request, gestion, pk, sigue=sigue)
    if documento is None:
        raise Documento.DoesNotExist
    return documento


@require_safe
@de_onsec
def pagina_de_archivo(request: HttpRequest, gestion: Gestion, pk: UUID, pagina: int) -> HttpResponse:
    """One page as a picture; `?grande` enlarges it. Turning pages is one reading."""
    documento = _documento(request, gestion, pk, sigue=True)
    if not 1 <= pagina <= documento.paginas:
        raise Http404
    dibujo = Dibujo(lado=LADO_GRANDE) if "grande" in request.GET else Dibujo()
    try:
        with abrir(documento.archivo) as abierto:
            imagen = dibujar(abierto, pagina, dibujo)
    except SinTurno:
        respuesta = _letrero(request, "espere", HTTPStatus.SERVICE_UNAVAILABLE)
        respuesta["Retry-After"] = str(ESPERE_SEGUNDOS)
        return respuesta
    except ArchivoPerdido as perdido:
        denunciar_perdido(numero=gestion.numero, archivo=perdido.nombre, ahora=timezone.now())
        return _letrero(request, "perdido", HTTPStatus.NOT_FOUND)
    except PaginaNoDibujada as falla:
        raise Http404 from falla
    respuesta = HttpResponse(imagen, content_type="image/jpeg")
    respuesta["Content-Security-Policy"] = SOLO_LA_IMAGEN
    return respuesta


def _letrero(request: HttpRequest, cual: str, status: HTTPStatus) -> HttpResponse:
    """A picture in words where the page would be: too many are being drawn, or its file is lost."""
    svg = f"mesa/{cual}.svg"
    respuesta = render(request, svg, content_type="image/svg+xml", status=status)
    respuesta["Content-Security-Policy"] = SOLO_LA_IMAGEN
    return respuesta


@require_safe
@de_onsec
def archivo(request: HttpRequest, gestion: Gestion, pk: UUID) -> FileResponse:
    """The file as it was received: each download is a reading."""
    documento = _documento(request, gestion, pk, sigue=False)
    return descarga(documento.archivo, documento.nombre)


@require_safe
@de_onsec
def constancia(request: HttpRequest, gestion: Gestion) -> FileResponse:
    """The receipt of the last sending."""
    exigir(gestion, request.user, "constancia")
    impreso = imprimir_constancia(Expediente(gestion, timezone.localdate()).envio)
    lectura.leer_impreso(request, gestion, "constancia")
    return descarga(impreso, f"Constancia Gestion {gestion.numero}.pdf")


@require_safe
@de_onsec
def aviso_previo(request: HttpRequest, gestion: Gestion, ronda: int) -> FileResponse:
    """The notice of the previo of a round; 409 if there was none."""
    exigir(gestion, request.user, "constancia")
    impreso = imprimir_previo(gestion, ronda)
    lectura.leer_impreso(request, gestion, "previo")
    return descarga(impreso, f"Aviso de previo Gestion {gestion.numero}.pdf")


@require_safe
@de_onsec
def admision(request: HttpRequest, gestion: Gestion) -> FileResponse:
    """The proof of «Expediente Admitido»; 409 before it."""
    exigir(gestion, request.user, "constancia")
    impreso = imprimir_admision(gestion)
    lectura.leer_impreso(request, gestion, "admision")
    return descarga(impreso, f"Constancia de admision Gestion {gestion.numero}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def leer_con_motivo(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Auditoría and administración read one file, saying why; then its pages open (matriz.md §3)."""
    exigir(gestion, request.user, "leer_archivo_con_motivo")
    exp = Expediente(gestion, timezone.localdate())
    opciones = [(str(d.pk), _rotulo(gestion, d, d in exp.cuentan)) for d in exp.enviados]
    form = MotivoDeLecturaForm(request.POST or None, opciones=opciones)
    if form.is_valid():
        try:
            pk = UUID(form.cleaned_data["archivo"])
            lectura.leer_documento(request, gestion, pk, motivo=form.cleaned_data["motivo"])
            return redirect("archivo_leido", gestion.numero, pk)
        except AccionRechazada as rechazo:
            form.add_error("motivo", rechazo.mensaje)
    contexto = {"gestion": gestion, "form": form, "legible": puede(gestion, request.user, "leer")}
    return render(request, "mesa/leer_con_motivo.html", contexto)


@require_safe
@de_onsec
def archivo_leido(request: HttpRequest, gestion: Gestion, pk: UUID) -> HttpResponse:
    """The pages of the file whose reading has its reason."""
    exigir(gestion, request.user, "leer_archivo_con_motivo")
    documento = _documento(request, gestion, pk, sigue=True)
    contexto = {
        "gestion": gestion,
        "documento": documento,
        "renglon": gestion.lugar(renglon=documento.renglon),
        "paginas": range(1, documento.paginas + 1),
    }
    return render(request, "mesa/archivo_leido.html", contexto)


def _rotulo(gestion: Gestion, documento: Documento, cuenta: bool) -> str:
    """The document's name and the day it was loaded; not the file's own name, which may say more."""
    renglon = gestion.definicion.renglon(documento.renglon, gestion.respuestas_enviadas)
    cuando = f"{timezone.localtime(documento.subido_en):%d-%m-%Y %H:%M}"
    return f"{renglon.etiqueta}. {renglon.nombre}, {cuando}{'' if cuenta else ' (versión anterior)'}"
