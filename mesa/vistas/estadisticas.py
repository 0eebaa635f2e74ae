"""The statistics of the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mesa.consultas.estadisticas import cifras
from tramites.reglas.permisos import exigir_papel

from ..filtros import PeriodoForm
from .personal import del_personal


@require_safe
@del_personal
def estadisticas(request: HttpRequest) -> HttpResponse:
    """What came in, what was decided and how long it waits; the counter's role has no use for it."""
    exigir_papel(request.user, "estadisticas")
    hoy = timezone.localdate()
    form = PeriodoForm(request.GET or None, hoy=hoy)
    desde, hasta = form.fechas() if form.is_bound else PeriodoForm({}, hoy=hoy).fechas()
    contexto = {
        "form": form if form.is_bound else PeriodoForm(initial={"desde": desde, "hasta": hasta}, hoy=hoy),
        "desde": desde,
        "hasta": hasta,
        "cifras": cifras(desde, hasta, hoy, form.tramite if form.is_bound else ""),
    }
    return render(request, "mesa/estadisticas.html", contexto)
