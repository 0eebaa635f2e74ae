"""The screen as its owner sees it, to read only (F8)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tramites.consultas.detalle import detalle
from tramites.consultas.expediente import Expediente
from tramites.models import Gestion
from tramites.reglas.permisos import exigir, puede

from .. import lectura
from .personal import de_onsec


@require_safe
@de_onsec
def como_la_persona(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The same page of the same template, without anything to press; auditoría reads no files' names."""
    exigir(gestion, request.user, "leer_archivo")
    lectura.leer(request, gestion)
    hoy = timezone.localdate()
    contexto = detalle(gestion, hoy, Expediente(gestion, hoy))
    contexto["puede_desistir"] = puede(gestion, gestion.solicitante, "desistir")
    return render(request, "mesa/como_la_persona.html", contexto)
