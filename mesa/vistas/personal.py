"""Who may open the desk's pages, and how a refusal of an action is answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cuentas.apartado import apartar
from cuentas.permisos import solo_personal
from papeles.almacen import ArchivoPerdido
from tramites.acciones.denunciar_perdido import denunciar_perdido
from tramites.consultas import expediente
from tramites.models import Documento, Gestion
from tramites.reglas.permisos import NoPermitido, SinCui, exigir, tiene_papel
from tramites.reglas.rechazos import CAMBIO, AccionRechazada, Conflicto

from ..formularios import (
    DesarchivarForm,
    InternosForm,
    MotivoDeExportacionForm,
    MotivoDeLecturaForm,
    NotaForm,
    NotificacionForm,
    PrevioForm,
    ReasignarForm,
    VeredictoForm,
    VersionForm,
)

Vista = Callable[..., HttpResponseBase]
# Whose labels name what was typed at each address.
FORMULARIOS: dict[str, Any] = {
    "juzgar_renglon": VeredictoForm,
    "juzgar_paso": VeredictoForm,
    "decidir": PrevioForm,
    "observar": PrevioForm,
    "reasignar": ReasignarForm,
    "desarchivar": DesarchivarForm,
    "registrar_notificacion": NotificacionForm,
    "internos": InternosForm,
    "anotar": NotaForm,
    "leer_con_motivo": MotivoDeLecturaForm,
    "exportar": MotivoDeExportacionForm,
}
# Their values are keys, which say nothing to a person.
SIN_PALABRAS = {"version", "ficha", "visto", "resultado", "a", "archivo", "archivos"}


def del_personal(vista: Vista) -> Vista:
    """`solo_personal`, and what the matrix refuses to a role is closed to it: 403 (matriz.md §1)."""

    @wraps(vista)
    def con_papel(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return vista(request, *args, **kwargs)
        except NoPermitido as negado:
            raise PermissionDenied from negado
        except SinCui:
            return _pedir_cui(request, reverse("mesa"))

    return solo_personal()(con_papel)


def de_onsec(vista: Vista) -> Vista:
    """Hand the view the whole Gestión; what an action refuses becomes a page or a sentence.

    The view and its action ask what the role may: here, nothing is known of it.
    """

    @wraps(vista)
    def con_gestion(request: HttpRequest, numero: int, **kwargs: Any) -> HttpResponseBase:
        try:
            gestion = expediente.abrir(numero)
            return vista(request, gestion, **kwargs)
        except (Gestion.DoesNotExist, Documento.DoesNotExist) as ausente:
            raise Http404 from ausente
        except ArchivoPerdido as perdido:
            denunciar_perdido(numero=numero, archivo=perdido.nombre, ahora=timezone.now())
            contexto = {"numero": numero, "vuelta": de_vuelta(request, numero)}
            return render(request, "tramites/archivo_perdido.html", contexto, status=404)
        except SinCui:
            return _pedir_cui(request, de_vuelta(request, numero))
        except Conflicto as conflicto:
            return _conflicto(request, gestion, conflicto)
        except AccionRechazada as rechazo:
            messages.error(request, rechazo.mensaje)
            return redirect(de_vuelta(request, numero))

    return del_personal(con_gestion)


def _pedir_cui(request: HttpRequest, vuelta: str) -> HttpResponse:
    """Its page, which returns to where they were; what was typed waits there."""
    if request.method == "POST":
        apartar(request)
    else:
        vuelta = request.get_full_path()
    return redirect(f"{reverse('declarar_cui')}?{urlencode({'next': vuelta})}")


def de_vuelta(request: HttpRequest, numero: int) -> str:
    """The Gestión's page; for who may not read it, as administración, the desk with its number."""
    if not tiene_papel(request.user, "leer"):
        return f"{reverse('mesa')}?q={numero}"
    return reverse("revision", args=[numero])


def _conflicto(request: HttpRequest, gestion: Gestion, conflicto: Conflicto) -> HttpResponse:
    """409: nothing was written, and what was typed is shown so that it can be copied (mensajes.md §4)."""
    contexto = {
        "vuelta": de_vuelta(request, gestion.numero),
        "causas": dict.fromkeys((conflicto.mensaje, CAMBIO)),
        "tecleado": _tecleado(request, gestion),
    }
    return render(request, "mesa/conflicto.html", contexto, status=409)


def _tecleado(request: HttpRequest, gestion: Gestion) -> list[tuple[str, str]]:
    """Each thing that was typed, by its label; a verdict's fields carry the prefix of their place."""
    coincide = request.resolver_match
    clase = FORMULARIOS.get(coincide.url_name or "") if coincide else None
    clase = clase.con_los_de(gestion.definicion) if clase is InternosForm else clase
    campos = clase.base_fields if clase else {}
    dichos = ((nombre.rpartition("-")[2], str(valor)) for nombre, valor in request.POST.items())
    return [(str(campos[c].label), v) for c, v in dichos if c in campos.keys() - SIN_PALABRAS and v.strip()]


def exigir_vista(request: HttpRequest, gestion: Gestion, accion: str, prefijo: str | None = None) -> None:
    """`exigir`, on the version that the page showed, if it came: who lost the Gestión since is told so."""
    vista = VersionForm(request.POST, prefix=prefijo)
    version = vista.cleaned_data["version"] if request.method == "POST" and vista.is_valid() else None
    exigir(gestion, request.user, accion, version)
