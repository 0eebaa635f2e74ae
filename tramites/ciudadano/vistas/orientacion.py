"""«¿Me corresponde?»: a procedure's questions before beginning; what is answered is kept nowhere (MO10)."""

from typing import Any

from allauth.core.ratelimit import consume_or_429
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tramites import registro
from tramites.definicion import Consejo, Tramite

from .tramites import tramite_o_404


@csrf_exempt  # it writes nothing: without a token there is no cookie either
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def orientacion(request: HttpRequest, clave: str) -> HttpResponse:
    """The questions and, in the answer to the same POST, what they advise."""
    tramite = tramite_o_404(clave)
    if tramite.orientacion is None:
        raise Http404
    if request.method == "POST" and (muchos := consume_or_429(request, action="orientar")):
        return muchos
    form = tramite.orientacion.formulario(
        request.POST if request.method == "POST" else None, initial=_de_la_cuenta(request), label_suffix=""
    )
    consejos: list[tuple[Consejo, Tramite | None]] = []
    if form.is_valid():
        consejos = [
            (consejo, _publicado(consejo.tramite))
            for consejo in tramite.orientacion.aconsejar(form.cleaned_data, timezone.localdate())
        ]
    contexto = {"tramite": tramite, "form": form, "consejos": consejos}
    return render(request, "tramites/ciudadano/orientacion.html", contexto)


def _de_la_cuenta(request: HttpRequest) -> dict[str, Any]:
    """What a session already knows; nothing of whoever has none."""
    nacimiento = getattr(request.user, "fecha_nacimiento", None)
    return {"fecha_nacimiento": nacimiento} if nacimiento else {}


def _publicado(clave: str) -> Tramite | None:
    return next((t for t in registro.publicados() if t.clave == clave), None)
