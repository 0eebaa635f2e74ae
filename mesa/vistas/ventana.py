"""What the windows of the desk share: the version that was on the screen, the act and its refusal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tramites.models import Gestion, Resultado
from tramites.reglas.permisos import puede
from tramites.reglas.rechazos import CAMBIO, AccionRechazada, Conflicto

from ..formularios import VersionForm


def version(request: HttpRequest) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Conflicto(CAMBIO)
    return form.cleaned_data["version"]


def observado(lugar: Any) -> bool:
    return bool(lugar.veredicto) and lugar.veredicto.resultado == Resultado.OBSERVADO


def hecho(form: Any, gestion: Gestion, request: HttpRequest, accion: Any) -> bool:
    """Do it with what was typed; a refusal that is no conflict is said in the form."""
    try:
        accion(numero=gestion.numero, actor=request.user, ahora=timezone.now(), **form.cleaned_data)
    except Conflicto:
        raise
    except AccionRechazada as rechazo:
        form.add_error(None, rechazo.mensaje)
        return False
    return True


def ventana(
    request: HttpRequest, plantilla: str, gestion: Gestion, form: Any, **contexto: Any
) -> HttpResponse:
    volver = puede(gestion, request.user, "leer")
    contexto |= {"gestion": gestion, "form": form, "legible": volver}
    return render(request, f"mesa/{plantilla}.html", contexto)
