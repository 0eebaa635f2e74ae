"""Who may open a Gestión's pages, and how a refusal of an action is answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cuentas.permisos import solo_ciudadano
from papeles.almacen import ArchivoPerdido
from tramites.acciones.denunciar_perdido import denunciar_perdido
from tramites.ciudadano.formularios import DesistimientoForm, RectificacionForm
from tramites.definicion import ClasePaso, NoDefinido, Paso, Renglon
from tramites.models import Documento, Gestion
from tramites.reglas.rechazos import CAMBIO, AccionRechazada, Conflicto, PasoPendiente, RenglonPendiente

Vista = Callable[..., HttpResponseBase]


def de_titular(vista: Vista) -> Vista:
    """Hand the view the person's own Gestión; anybody else's does not exist (C9, S14).

    What an action refuses becomes a page: 409 with what was typed, or the step to complete.
    """

    @wraps(vista)
    def con_gestion(request: HttpRequest, numero: int, **kwargs: Any) -> HttpResponseBase:
        try:
            gestion = Gestion.de(request.user, numero)
            return vista(request, gestion, **kwargs)
        except (Gestion.DoesNotExist, Documento.DoesNotExist) as ausente:
            raise Http404 from ausente
        except ArchivoPerdido as perdido:
            return _perdido(request, gestion, perdido)
        except Conflicto as conflicto:
            return _conflicto(request, gestion, conflicto)
        except PasoPendiente as pendiente:
            messages.warning(request, pendiente.mensaje)
            return redirect("paso", numero, pendiente.paso.clave)
        except RenglonPendiente as pendiente:
            messages.error(request, pendiente.mensaje)
            return redirect("paso", numero, gestion.de_clase(ClasePaso.DOCUMENTOS).clave)
        except AccionRechazada as rechazo:
            messages.error(request, rechazo.mensaje)
            return redirect("gestion", numero)

    return solo_ciudadano(con_gestion)


def paso_o_404(gestion: Gestion, clave: str) -> Paso:
    """The step that an address names; a key that the procedure lacks is an address that does not exist."""
    try:
        return gestion.paso(clave)
    except NoDefinido as ausente:
        raise Http404 from ausente


def renglon_o_404(gestion: Gestion, renglon: int) -> Renglon:
    """The renglón that an address names, likewise."""
    try:
        return gestion.renglon(renglon)
    except NoDefinido as ausente:
        raise Http404 from ausente


def _perdido(request: HttpRequest, gestion: Gestion, perdido: ArchivoPerdido) -> HttpResponse:
    """404: what to do about a file that is not where it was kept; the office is told."""
    denunciar_perdido(numero=gestion.numero, archivo=perdido.nombre, ahora=timezone.now())
    suyo = any(d.archivo.name == perdido.nombre for d in gestion.documentos_vigentes)
    contexto = {
        "numero": gestion.numero,
        "recargable": suyo and gestion.editable,
        "vuelta": reverse("gestion", args=[gestion.numero]),
    }
    return render(request, "tramites/archivo_perdido.html", contexto, status=404)


def _conflicto(request: HttpRequest, gestion: Gestion, conflicto: Conflicto) -> HttpResponse:
    """409: nothing was written, and what was typed is shown by its label so that it can be copied."""
    formularios: list[type[Form]] = [
        DesistimientoForm,
        RectificacionForm,
        *(p.clase_formulario for p in gestion.formularios),
    ]
    campos = {n: c for f in formularios for n, c in f.base_fields.items() if c.label}
    contexto = {
        "numero": gestion.numero,
        "causas": dict.fromkeys((conflicto.mensaje, CAMBIO)),
        "tecleado": [(campos[n].label, valor) for n, valor in request.POST.items() if valor and n in campos],
    }
    return render(request, "tramites/ciudadano/conflicto.html", contexto, status=409)
